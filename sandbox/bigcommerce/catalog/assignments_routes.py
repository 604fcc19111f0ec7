"""/catalog/products/channel-assignments and /catalog/products/category-assignments."""

from sandbox.bigcommerce.calls.call import PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.catalog.assignments import (
    CATEGORIES,
    CHANNELS,
    MOST_ASSIGNMENTS,
    Pairing,
    assign_to_categories,
    assign_to_channels,
    assignment_page,
    delete_assignments,
)


def list_channel_assignments(call: Call) -> Answer:
    """GET pairs of product and channel."""
    return _list(call, CHANNELS)


def put_channel_assignments(call: Call) -> Answer:
    """PUT an array of pairs: 204; assigning twice is no error."""
    assign_to_channels(call, call.array(MOST_ASSIGNMENTS))
    return Answer(204)


def remove_channel_assignments(call: Call) -> Answer:
    """DELETE by filter: 204."""
    return _remove(call, CHANNELS)


def list_category_assignments(call: Call) -> Answer:
    """GET pairs of product and category."""
    return _list(call, CATEGORIES)


def put_category_assignments(call: Call) -> Answer:
    """PUT an array of pairs: 204; a product stays in its other categories."""
    assign_to_categories(call, call.array(MOST_ASSIGNMENTS))
    return Answer(204)


def remove_category_assignments(call: Call) -> Answer:
    """DELETE by filter: 204."""
    return _remove(call, CATEGORIES)


def _list(call: Call, pairing: Pairing) -> Answer:
    call.only(PAGED | {"product_id:in", f"{pairing.column}:in"})
    return found(*assignment_page(call, pairing))


def _remove(call: Call, pairing: Pairing) -> Answer:
    call.only({"product_id:in", f"{pairing.column}:in"})
    delete_assignments(call, pairing)
    return Answer(204)


SCOPE = "store_v2_products"
BY_CHANNEL = "/catalog/products/channel-assignments"
BY_CATEGORY = "/catalog/products/category-assignments"
OPERATIONS = (
    Operation("GET", BY_CHANNEL, SCOPE, list_channel_assignments),
    Operation("PUT", BY_CHANNEL, SCOPE, put_channel_assignments),
    Operation("DELETE", BY_CHANNEL, SCOPE, remove_channel_assignments),
    Operation("GET", BY_CATEGORY, SCOPE, list_category_assignments),
    Operation("PUT", BY_CATEGORY, SCOPE, put_category_assignments),
    Operation("DELETE", BY_CATEGORY, SCOPE, remove_category_assignments),
)
