"""Images we placed follow the POS's set; other people's stay (docs/settings.md, Fields)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import Refused
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, SentImage
from tillbridge.domain.mapping import image, sendable_images
from tillbridge.domain.product import Product
from tillbridge.domain.validation import image_problem
from tillbridge.usecases.push.due import Interrupted, is_due
from tillbridge.usecases.push.sending import with_throttling
from tillbridge.usecases.push.session import Session

NAMED_BY = 60
"""How many characters of its address a note about an image is known by."""


class ImagesGo(Exception):
    """Another drain sends images of this product, or died while it did: two would double them."""


def push_images(
    session: Session, record: Product, link: Link, *, waited: bool
) -> tuple[tuple[SentImage, ...], tuple[str, ...]]:
    """Remove our images that the POS dropped, and add its new ones. Return what is placed now, and
    words for what could not be: an image never holds back a price.

    Which images there were is noted first: what is new after a kill or a lost reply is ours.
    Raise ImagesGo when that is noted already, unless a minute was waited since."""
    product = link.id
    assert product is not None
    if link.images_seen is not None and not waited:
        raise ImagesGo
    wanted = sendable_images(record)
    placed = {sent.url: sent for sent in link.images}
    missing = [url for url in wanted if url not in placed]
    if missing:
        link, landed = _already_landed(session, link, missing)
        placed |= {sent.url: sent for sent in landed}
    for url, sent in placed.items():
        if url not in wanted and sent.id is not None:
            with_throttling(session, partial(session.api.delete_image, product, sent.id))
    notes = [problem for url in record.images if (problem := image_problem(url))]
    kept: list[SentImage] = []
    added = 0
    for place, url in enumerate(wanted):
        if url not in placed:
            if added:
                _let_stock_go(session, link, [placed[u] for u in wanted if u in placed], notes)
            added += 1
            placed[url], note = _add(session, link, url, place)
            if note:
                notes.append(note)
                # Kept at once: after a lost reply, what is new online is told apart by order.
                link = replace(link, images=tuple(placed.values()), notes=tuple(notes))
                session.deps.links.note_images(session.store, link)
        kept.append(placed[url])
    notes += still_true(link.notes, [url for url in wanted if placed[url].id is None])
    return tuple(kept), tuple(dict.fromkeys(notes))


def _let_stock_go(
    session: Session, link: Link, placed: Sequence[SentImage], notes: Sequence[str]
) -> None:
    # We know which images are placed, so the next drain need not look before it adds the rest.
    if is_due(session, Lane.STOCK):
        done = replace(link, images=tuple(placed), images_seen=None, notes=tuple(notes))
        session.deps.links.note_images(session.store, done)
        raise Interrupted


def still_true(notes: Iterable[str], images: Iterable[str]) -> list[str]:
    """Return the notes about these images."""
    return [note for note in notes if any(url[:NAMED_BY] in note for url in images)]


def _already_landed(
    session: Session, link: Link, missing: Sequence[str]
) -> tuple[Link, list[SentImage]]:
    assert link.id is not None
    product = link.id
    there = with_throttling(session, lambda: session.api.images(product))
    if link.images_seen is None:
        link = replace(link, images_seen=tuple(there))
        if not session.deps.links.begin_images(session.store, link):
            raise ImagesGo
        return link, []
    known = {*link.images_seen, *(sent.id for sent in link.images)}
    fresh = [number for number in there if number not in known]
    # They went one at a time, in this order, so the first new ones are the first missing.
    return link, [SentImage(url, number) for url, number in zip(missing, fresh, strict=False)]


def _add(session: Session, link: Link, url: str, place: int) -> tuple[SentImage, str]:
    assert link.id is not None
    product, payload = link.id, image(url, place)
    try:
        added = with_throttling(session, lambda: session.api.add_image(product, payload))
        return SentImage(url, added), ""
    except Refused as refusal:
        # Noted as placed: it is tried again when the set changes, not at every sale.
        return SentImage(url), f"BigCommerce could not fetch the image {url} ({refusal.title})."
