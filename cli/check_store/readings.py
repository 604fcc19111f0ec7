"""The readings that several checks share; each costs one call, however often it is used."""

from __future__ import annotations

from cli.check_store.client import StoreUnderTest, records_of

type Record = dict[str, object]

PAGE = 250
"""The most records that a page of BigCommerce holds."""


def order_page(store: StoreUnderTest) -> list[Record]:
    """Return the newest orders with their lines. Raise Untold."""
    answer = store.get(
        "/orders",
        version="v2",
        sort="id:desc",
        limit=PAGE,
        include="consignments.line_items",
        consignment_structure="object",
    )
    return records_of(answer)


def items_at_our_location(store: StoreUnderTest) -> list[Record]:
    """Return the first stock items at the location whose levels we write. Raise Untold."""
    return records_of(store.get("/inventory/locations/{location_id}/items", limit=PAGE))


def products_page(store: StoreUnderTest, page: int) -> list[Record]:
    """Return a page of products, how their stock is tracked. Raise Untold."""
    fields = "name,type,inventory_tracking"
    return records_of(store.get("/catalog/products", limit=PAGE, page=page, include_fields=fields))
