"""Images we placed follow the POS's set; other people's stay (docs/settings.md, Fields)."""

from collections.abc import Sequence
from functools import partial

from tillbridge.domain.errors import ChangeOfCourse, Gone, Refused
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.images import (
    image,
    image_notes,
    missing_images,
    notes_about,
    sendable_images,
)
from tillbridge.domain.link import Link, Part, SentImage
from tillbridge.domain.picture_address import picture_of
from tillbridge.domain.plan import LinkedItem
from tillbridge.domain.remembered.images import (
    after_images,
    amid_images,
    before_images,
    found_images,
    images_wait,
)
from tillbridge.usecases.push.slice.calls import with_throttling, write
from tillbridge.usecases.push.slice.due import Interrupted, people_wait
from tillbridge.usecases.push.slice.session import Session

MOST_IMAGES = 1_000
"""BigCommerce's most images of a product."""


class ImagesGo(ChangeOfCourse):
    """Another drain is sending images of this product, or died while sending: a second one could
    place them twice."""


class ImagesLate(ChangeOfCourse):
    """An image that was sent may still come late: until then none is sent."""


def push_images(
    session: Session, work: LinkedItem, *, waited: bool
) -> tuple[tuple[SentImage, ...], tuple[str, ...]]:
    """Add the POS's new images, and then remove ours that it dropped. Return the images placed now,
    and notes in words about those that could not be: an image never holds back a price.

    The ids of the images online and the addresses to be sent are noted first, so that any new one
    after a kill or a lost reply is known to be ours, and by which address it came. Raise ImagesGo
    when they are noted already, unless the row `waited` a minute since; ImagesLate while one of
    them may come late."""
    record, product = work.record, work.id
    if work.link.images_seen is not None and not waited and Part.IMAGES not in work.link.doubts:
        raise ImagesGo
    wanted = sendable_images(record)
    link = _begun(session, product, _with_retries(session, work, wanted), wanted)
    placed = {sent.picture: sent for sent in link.images}
    notes = image_notes(record)
    pictures = [picture_of(url) for url in wanted]
    old = [sent for picture, sent in placed.items() if picture not in pictures]
    if len(link.images_seen or ()) + len(wanted) > MOST_IMAGES:
        old = _delete(session, link, product, old)  # there is no room for both
    added = 0
    for place, (picture, url) in enumerate(zip(pictures, wanted, strict=True)):
        if picture not in placed:
            if added:
                there = [*(placed[p] for p in pictures if p in placed), *old]
                _let_people_go(session, link, there, notes)
            added += 1
            placed[picture], note = _add(session, product, url, place)
            if note:
                notes.append(note)
                # Saved at once: after a lost reply, new images online are matched by their order.
                link = amid_images(link, placed.values(), notes)
                session.deps.links.note_images(session.store, link)
    kept = [placed[picture] for picture in pictures]
    notes += notes_about([sent.url for sent in kept if sent.id is None], link.notes)
    told = tuple(dict.fromkeys(notes))
    if missing_images(wanted, after_images(link, kept, told)):
        return (*kept, *old), told  # an old picture is better than none
    return (*kept, *_delete(session, link, product, old)), told


def _delete(
    session: Session, link: Link, product: StoreProductId, old: Sequence[SentImage]
) -> list[SentImage]:
    """Delete these images, and return those that are left: none."""
    for sent in old:
        if sent.id is not None:
            delete = partial(session.api.delete_image, product, sent.id)
            write(session, [link], [Part.IMAGES], delete)
    return []


def _let_people_go(
    session: Session, link: Link, placed: Sequence[SentImage], notes: Sequence[str]
) -> None:
    # We know which images are placed, so the next drain need not look before it adds the rest.
    if people_wait(session):
        session.deps.links.note_images(session.store, after_images(link, placed, notes))
        raise Interrupted


def _with_retries(session: Session, work: LinkedItem, wanted: Sequence[str]) -> Link:
    """Return the link without the images that could not be fetched and are due again. Stored at once:
    after a lost reply they count as sent, and not as refused."""
    link = work.link
    retried = missing_images(wanted, link)
    if not work.tries_images or not retried or link.images_seen is not None:
        return link
    again = {picture_of(url) for url in retried}
    images = [sent for sent in link.images if sent.picture not in again]
    about = notes_about([s.url for s in link.images if s.picture in again], link.notes)
    link = amid_images(link, images, [note for note in link.notes if note not in about])
    session.deps.links.note_images(session.store, link)
    return link


def _begun(session: Session, product: StoreProductId, link: Link, wanted: Sequence[str]) -> Link:
    """Return the link with what is online of our images, and with a note, which is stored, of what
    is about to change."""
    links, store = session.deps.links, session.store
    if link.images_seen is None and not link.images_may_be_missing:
        missing = _missing(link, wanted)
        # An image that is only deleted can be told by its id: nothing need be read.
        there = _there(session, product) if missing else [s.id for s in link.images if s.id]
        link = before_images(link, there, missing)
        if not links.begin_images(store, link):
            raise ImagesGo
        return link
    there = _there(session, product)
    if images_wait(link, there):
        raise ImagesLate
    link = amid_images(link, found_images(link, there), link.notes)
    link = before_images(link, there, _missing(link, wanted))
    links.note_images(store, link)
    return link


def _there(session: Session, product: StoreProductId) -> Sequence[int]:
    return with_throttling(session, partial(session.api.images, product))


def _missing(link: Link, wanted: Sequence[str]) -> list[str]:
    placed = {sent.picture for sent in link.images}
    return [url for url in wanted if picture_of(url) not in placed]


def _add(session: Session, product: StoreProductId, url: str, place: int) -> tuple[SentImage, str]:
    payload = image(url, place)
    try:
        added = with_throttling(session, lambda: session.api.add_image(product, payload))
        return SentImage(url, added), ""
    except Gone:
        raise
    except Refused as refusal:
        # Noted without an id: it is tried again later, not at every sale (`missing_images.py`).
        why = (
            f"BigCommerce could not fetch the image {url} ({refusal.title}). It is tried again; push "
            "the product to try at once, or check the address in the POS."
        )
        return SentImage(url), why
