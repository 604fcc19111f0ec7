"""/inventory/items, /inventory/locations, and the items of one location."""

from sandbox.bigcommerce.calls.call import PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.paging import paged
from sandbox.bigcommerce.inventory.items import item_page, location_item_page, location_views

IDENTIFIED = frozenset({"sku:in", "variant_id:in", "product_id:in"})


def list_items(call: Call) -> Answer:
    """GET every item with its level at every location."""
    call.only(PAGED | IDENTIFIED | {"location_id:in", "location_code:in"})
    return found(*item_page(call))


def list_location_items(call: Call) -> Answer:
    """GET the items of one location."""
    call.only(PAGED | IDENTIFIED)
    return found(*location_item_page(call, call.params["location_id"]))


def list_locations(call: Call) -> Answer:
    """GET the locations."""
    call.only(PAGED | {"location_id:in"})
    return paged(call, location_views(call))


OPERATIONS = (
    Operation("GET", "/inventory/items", "store_inventory", list_items),
    Operation(
        "GET", "/inventory/locations/{location_id}/items", "store_inventory", list_location_items
    ),
    Operation("GET", "/inventory/locations", "store_locations", list_locations),
)
