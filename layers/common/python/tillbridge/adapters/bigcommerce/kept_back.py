"""Whether BigCommerce keeps back units by a safety stock of its own."""

from typing import Annotated

from pydantic import BeforeValidator

from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import PAGE, part_of
from tillbridge.adapters.bigcommerce.store_client import StoreClient
from tillbridge.adapters.bigcommerce.wire import Count, reader
from tillbridge.adapters.wire_record import Record


class _OfItem(Record):
    safety_stock: Count = 0


class _Item(Record):
    settings: Annotated[_OfItem, BeforeValidator(lambda value: value or {})] = _OfItem()


_read_item = reader(_Item)


class BigCommerceKeptBack(StoreClient):
    """The store `store_hash` at `api_url`, readable until `deadline_ms` (epoch ms)."""

    def items(self, location: int) -> int:
        """Return how many of the first 250 items of a location have a safety stock of BigCommerce's own.
        Raise StoreThrottled, StoreDown, NeedsAttention, OutOfTime or Refused."""
        template = "/inventory/locations/{location_id}/items"
        call = Call("GET", template, {"location_id": location}, {"limit": str(PAGE)})
        found = self._transport.send(call, lambda answer: part_of(answer, _read_item))
        return sum(1 for item in found.records if item.settings.safety_stock)
