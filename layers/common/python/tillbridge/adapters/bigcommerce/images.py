"""Images: each call makes BigCommerce fetch one address."""

from contextlib import suppress

from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import every
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.wire_product import ImageRecord, read_image
from tillbridge.domain.errors import Gone
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.mapping import Json

_IMAGES = "/catalog/products/{product_id}/images"


def of(transport: Transport, product: int) -> tuple[ImageRecord, ...]:
    """Return every image of a product. Raise Gone."""
    return tuple(every(transport, _IMAGES, read_image, ids={"product_id": product}))


def add(transport: Transport, product: StoreProductId, image: Json) -> int:
    """Add an image by POST, and return its id; a repeat adds a second one. Raise Refused when
    BigCommerce cannot fetch it."""
    call = Call("POST", _IMAGES, {"product_id": product}, body=image, creates=True)
    return transport.send(call, lambda answer: read_image(answer.one).id)


def delete(transport: Transport, product: StoreProductId, image: int) -> None:
    """Delete an image; return when it is gone already."""
    ids = {"product_id": product, "image_id": image}
    with suppress(Gone):
        transport.send(Call("DELETE", _IMAGES + "/{image_id}", ids), lambda _: None)
