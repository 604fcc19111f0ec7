"""The canary's product in a store: made, found again, deleted."""

from collections.abc import Sequence
from contextlib import suppress

from tillbridge.adapters.bigcommerce import products
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.store_client import StoreClient
from tillbridge.domain.canary import CANARY_NAME, SKU
from tillbridge.domain.errors import Gone
from tillbridge.domain.ids import StoreProductId


class BigCommerceCanary(StoreClient):
    """The store `store_hash` at `api_url`, callable until `deadline_ms` (epoch ms)."""

    def find(self) -> Sequence[StoreProductId]:
        """Return every product that is a canary; more than one after lost replies."""
        return products.by_sku(self._transport, SKU)

    def create(self) -> StoreProductId:
        """Make it: hidden, for nobody to buy, its stock tracked. Raise also LostReply."""
        payload = {
            "name": CANARY_NAME,
            "sku": SKU,
            "type": "physical",
            "weight": 0,
            "price": 0,
            "is_visible": False,
            "availability": "disabled",
            "inventory_tracking": "product",
            "inventory_level": 0,
            "description": "Made by Tillbridge (tillbridge canary on) to measure how long a change of "
            "stock takes. `tillbridge canary off` deletes it.",
        }
        return products.create(self._transport, payload).id

    def delete(self, product: StoreProductId) -> None:
        """Delete it; return when it is gone already."""
        call = Call("DELETE", products.PRODUCT, {"product_id": product})
        with suppress(Gone):
            self._transport.send(call, lambda _: None)
