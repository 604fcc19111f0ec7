"""Images we placed follow the POS's set; other people's stay (DESIGN 1, Push 3)."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import Refused
from tillbridge.domain.link import Link, SentImage
from tillbridge.domain.mapping import image, sendable_images
from tillbridge.domain.product import Product
from tillbridge.domain.validation import image_problem
from tillbridge.usecases.push.sending import patiently
from tillbridge.usecases.push.session import Session


def push_images(
    session: Session, record: Product, link: Link
) -> tuple[tuple[SentImage, ...], tuple[str, ...]]:
    """Removes our images that the POS dropped, adds its new ones. Answers what is placed now, and
    words for what could not be: an image never holds back a price.

    Which images there were is noted first: what is new after a kill or a lost reply is ours."""
    product = link.id
    assert product is not None
    wanted = sendable_images(record)
    placed = {sent.url: sent for sent in link.images}
    missing = [url for url in wanted if url not in placed]
    if missing:
        link, landed = _already_landed(session, link, missing)
        placed |= {sent.url: sent for sent in landed}
    for url, sent in placed.items():
        if url not in wanted and sent.id is not None:
            patiently(session, partial(session.api.delete_image, product, sent.id))
    notes = [problem for url in record.images if (problem := image_problem(url))]
    kept: list[SentImage] = []
    for place, url in enumerate(wanted):
        sent, note = (placed[url], "") if url in placed else _add(session, link, url, place)
        kept.append(sent)
        notes += [note] if note else []
    return tuple(kept), tuple(notes)


def _already_landed(
    session: Session, link: Link, missing: Sequence[str]
) -> tuple[Link, list[SentImage]]:
    assert link.id is not None
    product = link.id
    there = patiently(session, lambda: session.api.images(product))
    if link.images_seen is None:
        link = replace(link, images_seen=tuple(there))
        session.deps.links.pushed(session.store, [link])
        return link, []
    fresh = [number for number in there if number not in link.images_seen]
    # They went one at a time, in this order, so the first new ones are the first missing.
    return link, [SentImage(url, number) for url, number in zip(missing, fresh, strict=False)]


def _add(session: Session, link: Link, url: str, place: int) -> tuple[SentImage, str]:
    assert link.id is not None
    product, payload = link.id, image(url, place)
    try:
        added = patiently(session, lambda: session.api.add_image(product, payload))
        return SentImage(url, added), ""
    except Refused as refusal:
        # Noted as placed: it is tried again when the set changes, not at every sale.
        return SentImage(url), f"BigCommerce could not fetch the image {url} ({refusal.title})."
