"""A POS product's images: which of them BigCommerce can fetch, the payload that asks it to, and the
notes about the others."""

from collections.abc import Iterable

from tillbridge.domain.link import Link
from tillbridge.domain.names import trimmed
from tillbridge.domain.picture_address import picture_of
from tillbridge.domain.product import Product
from tillbridge.domain.validation import image_problem, shown_address


def sendable_images(product: Product) -> list[str]:
    """Return the addresses that BigCommerce can fetch, each picture once, in the POS's order."""
    by_picture: dict[str, str] = {}
    for url in map(trimmed, product.images):
        if not image_problem(url):
            by_picture.setdefault(picture_of(url), url)
    return list(by_picture.values())


def image(url: str, place: int) -> dict[str, object]:
    """Return the payload of the image at `place`, from 0; the first is the thumbnail."""
    return {"image_url": url, "sort_order": place, "is_thumbnail": place == 0}


def image_notes(product: Product) -> list[str]:
    """Return why each of the other images is not online, for a person to read."""
    return [problem for url in map(trimmed, product.images) if (problem := image_problem(url))]


def notes_that_hold(product: Product, link: Link) -> list[str]:
    """Return the link's notes about images that the product still has, also under an address that was
    signed anew."""
    pictures = {picture_of(trimmed(url)) for url in product.images}
    sent = [image.url for image in link.images if image.picture in pictures]
    return notes_about([*product.images, *sent], link.notes)


def missing_images(wanted: Iterable[str], link: Link) -> list[str]:
    """Return which of these addresses BigCommerce could not fetch when they were last sent."""
    failed = {
        image.picture
        for image in link.images
        if image.id is None and notes_about([image.url], link.notes)
    }
    return [url for url in wanted if picture_of(url) in failed]


def notes_about(images: Iterable[str], notes: Iterable[str]) -> list[str]:
    """Return the notes that are about these images."""
    named = {name for url in images for name in _named(url)}
    return [note for note in notes if any(name in note for name in named)]


def _named(url: str) -> tuple[str, str]:
    """Return how notes name an image, whose address may be the beginning of another's."""
    shown = shown_address(url)
    return f" {shown} ", f"'{shown}'"
