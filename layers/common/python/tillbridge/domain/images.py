"""A POS product's images: which of them BigCommerce can fetch, the payload that asks it to, and the
notes about the others."""

from collections.abc import Iterable

from tillbridge.domain.link import Link
from tillbridge.domain.names import trimmed
from tillbridge.domain.product import Product
from tillbridge.domain.validation import image_problem, shown_address


def sendable_images(product: Product) -> list[str]:
    """Return the addresses that BigCommerce can fetch, each once, in the POS's order."""
    return [url for url in dict.fromkeys(map(trimmed, product.images)) if not image_problem(url)]


def image(url: str, place: int) -> dict[str, object]:
    """Return the payload of the image at `place`, from 0; the first is the thumbnail."""
    return {"image_url": url, "sort_order": place, "is_thumbnail": place == 0}


def image_notes(product: Product) -> list[str]:
    """Return why each of the other images is not online, for a person to read."""
    return [problem for url in map(trimmed, product.images) if (problem := image_problem(url))]


def missing_images(wanted: Iterable[str], link: Link) -> list[str]:
    """Return which of these addresses BigCommerce could not fetch when they were last sent."""
    without_id = {image.url for image in link.images if image.id is None}
    return [url for url in wanted if url in without_id and notes_about([url], link.notes)]


def notes_about(images: Iterable[str], notes: Iterable[str]) -> list[str]:
    """Return the notes that are about these images."""
    named = {name for url in images for name in _named(url)}
    return [note for note in notes if any(name in note for name in named)]


def _named(url: str) -> tuple[str, str]:
    """Return how notes name an image, whose address may be the beginning of another's."""
    shown = shown_address(url)
    return f" {shown} ", f"'{shown}'"
