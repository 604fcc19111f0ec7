"""Stock, and the storefront a product is on."""

from collections.abc import Sequence
from itertools import batched

from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.mapping import Json
from tillbridge.ports.store_api import StockItem

ASSIGNMENTS_A_CALL = 250
"""No limit is documented; 250 is the most the catalogue takes or gives elsewhere."""

_REASON = "Stock level from the point of sale"


def set_absolute(transport: Transport, items: Sequence[StockItem]) -> None:
    """PUT: up to 2,000 absolute levels; the same levels again do no harm. BigCommerce answers
    with a transaction and applies it later. Items of one location stand together, as advised."""
    ordered = sorted(items, key=lambda item: item.location)
    body = {"reason": _REASON, "items": [_item(item) for item in ordered]}
    transport.send(Call("PUT", "/inventory/adjustments/absolute", body=body), lambda _: None)


def assign_channel(transport: Transport, products: Sequence[StoreProductId], channel: int) -> None:
    """PUT: shows products on a storefront; twice is once."""
    for some in batched(products, ASSIGNMENTS_A_CALL, strict=False):
        body = [{"product_id": product, "channel_id": channel} for product in some]
        call = Call("PUT", "/catalog/products/channel-assignments", body=body)
        transport.send(call, lambda _: None)


def _item(item: StockItem) -> Json:
    identity: Json = (
        {"variant_id": item.variant} if item.variant is not None else {"product_id": item.product}
    )
    return {"location_id": item.location, **identity, "quantity": item.level}
