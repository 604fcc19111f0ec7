"""Images we placed follow the POS's set; other people's stay (docs/settings.md, Fields)."""

from collections.abc import Sequence
from functools import partial

from tillbridge.domain.errors import Refused
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.images import image, image_notes, notes_about, sendable_images
from tillbridge.domain.link import Link, SentImage
from tillbridge.domain.plan import LinkedItem
from tillbridge.domain.remembered.images import (
    after_images,
    amid_images,
    before_images,
    found_images,
)
from tillbridge.usecases.push.due import Interrupted, people_wait
from tillbridge.usecases.push.sending import with_throttling
from tillbridge.usecases.push.session import Session


class ImagesGo(Exception):
    """Another drain is sending images of this product, or died while sending: a second one could
    place them twice."""


def push_images(
    session: Session, work: LinkedItem, *, waited: bool
) -> tuple[tuple[SentImage, ...], tuple[str, ...]]:
    """Remove our images that the POS dropped, and add its new ones. Return the images placed now,
    and notes in words about those that could not be: an image never holds back a price.

    The ids of the images online and the addresses to be sent are noted first, so that any new one
    after a kill or a lost reply is known to be ours, and by which address it came. Raise ImagesGo
    when they are noted already, unless the row `waited` a minute since."""
    record, product = work.record, work.id
    if work.link.images_seen is not None and not waited:
        raise ImagesGo
    wanted = sendable_images(record)
    link = _begun(session, product, work.link, wanted)
    placed = {sent.url: sent for sent in link.images}
    for url, sent in placed.items():
        if url not in wanted and sent.id is not None:
            with_throttling(session, partial(session.api.delete_image, product, sent.id))
    notes = image_notes(record)
    kept: list[SentImage] = []
    added = 0
    for place, url in enumerate(wanted):
        if url not in placed:
            if added:
                _let_people_go(session, link, [placed[u] for u in wanted if u in placed], notes)
            added += 1
            placed[url], note = _add(session, product, url, place)
            if note:
                notes.append(note)
                # Saved at once: after a lost reply, new images online are matched by their order.
                link = amid_images(link, placed.values(), notes)
                session.deps.links.note_images(session.store, link)
        kept.append(placed[url])
    notes += notes_about([url for url in wanted if placed[url].id is None], link.notes)
    return tuple(kept), tuple(dict.fromkeys(notes))


def _let_people_go(
    session: Session, link: Link, placed: Sequence[SentImage], notes: Sequence[str]
) -> None:
    # We know which images are placed, so the next drain need not look before it adds the rest.
    if people_wait(session):
        session.deps.links.note_images(session.store, after_images(link, placed, notes))
        raise Interrupted


def _begun(session: Session, product: StoreProductId, link: Link, wanted: Sequence[str]) -> Link:
    """Return the link with what is online of our images, and with a note, which is stored, of what
    is about to change."""
    links, store = session.deps.links, session.store
    if link.images_seen is None:
        missing = _missing(link, wanted)
        # An image that is only deleted can be told by its id: nothing need be read.
        there = _there(session, product) if missing else [s.id for s in link.images if s.id]
        link = before_images(link, there, missing)
        if not links.begin_images(store, link):
            raise ImagesGo
        return link
    there = _there(session, product)
    link = amid_images(link, found_images(link, there), link.notes)
    link = before_images(link, there, _missing(link, wanted))
    links.note_images(store, link)
    return link


def _there(session: Session, product: StoreProductId) -> Sequence[int]:
    return with_throttling(session, partial(session.api.images, product))


def _missing(link: Link, wanted: Sequence[str]) -> list[str]:
    placed = {sent.url for sent in link.images}
    return [url for url in wanted if url not in placed]


def _add(session: Session, product: StoreProductId, url: str, place: int) -> tuple[SentImage, str]:
    payload = image(url, place)
    try:
        added = with_throttling(session, lambda: session.api.add_image(product, payload))
        return SentImage(url, added), ""
    except Refused as refusal:
        # Noted as placed: it is tried again when the set changes, not at every sale.
        why = f"BigCommerce could not fetch the image {url} ({refusal.title}). Check it in the POS."
        return SentImage(url), why
