"""Stock levels, and the storefronts that products are on."""

from collections.abc import Sequence
from itertools import batched

from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.mapping import Json
from tillbridge.ports.store_api import StockItem

ASSIGNMENTS_A_CALL = 250
"""BigCommerce documents no limit; 250 is the largest in the rest of its catalogue API."""

_REASON = "Stock level from the point of sale"


def set_absolute(transport: Transport, items: Sequence[StockItem]) -> None:
    """Set up to 2,000 absolute levels by PUT; a repeat does no harm. BigCommerce answers with a
    transaction and applies it later. Items are grouped by location, as BigCommerce recommends."""
    ordered = sorted(items, key=lambda item: item.location)
    body = {"reason": _REASON, "items": [_item(item) for item in ordered]}
    transport.send(Call("PUT", "/inventory/adjustments/absolute", body=body), lambda _: None)


def assign_channel(transport: Transport, products: Sequence[StoreProductId], channel: int) -> None:
    """Assign products to a storefront's channel by PUT; a repeat does no harm."""
    for some in batched(products, ASSIGNMENTS_A_CALL, strict=False):
        body = [{"product_id": product, "channel_id": channel} for product in some]
        call = Call("PUT", "/catalog/products/channel-assignments", body=body)
        transport.send(call, lambda _: None)


def _item(item: StockItem) -> Json:
    identity: Json = (
        {"variant_id": item.variant} if item.variant is not None else {"product_id": item.product}
    )
    return {"location_id": item.location, **identity, "quantity": item.level}
