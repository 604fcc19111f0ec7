"""/catalog/trees, and the batch endpoints of their categories."""

from collections.abc import Callable
from typing import Any

from sandbox.bigcommerce.calls.batches import each_alone
from sandbox.bigcommerce.calls.call import LISTED, PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import Refusal, error_body
from sandbox.bigcommerce.calls.paging import paged
from sandbox.bigcommerce.calls.projection import project
from sandbox.bigcommerce.catalog.categories import (
    category_view,
    create_category,
    delete_categories,
    update_category,
)
from sandbox.bigcommerce.catalog.category_lists import (
    ID_FILTERS,
    category_ids_found,
    category_page,
    nested_tree,
    trees_found,
)

# The size of a batch is not documented; that of the tree batch is the harsher guess.
MOST_IN_BATCH = 50
FILTERS = frozenset(f"{name}:{which}" for name in ID_FILTERS for which in ("in", "not_in"))


def list_trees(call: Call) -> Answer:
    """GET /catalog/trees, by id:in or channel_id:in."""
    call.only(PAGED | {"id:in", "channel_id:in"})
    return paged(call, trees_found(call))


def tree_of_categories(call: Call) -> Answer:
    """GET /catalog/trees/{tree_id}/categories: the whole tree, nested."""
    call.only(())
    return found(nested_tree(call, call.params["tree_id"]))


def list_categories(call: Call) -> Answer:
    """GET /catalog/trees/categories with the documented filters."""
    call.only(LISTED | FILTERS | {"name", "name:like", "keyword"})
    rows, meta = category_page(call)
    return found([project(call, category_view(row), "category_id") for row in rows], meta)


def post_categories(call: Call) -> Answer:
    """POST an array: 201, 207 if some items failed, 422 if all did."""
    data, refusals, total = _each(call, create_category)
    if not refusals:
        return Answer(201, {"data": data, "meta": _meta(total, 0)})
    body = {"errors": _errors(refusals), "meta": _meta(total, len(refusals))}
    return Answer(207, {"data": data, **body}) if data else Answer(422, body)


def put_categories(call: Call) -> Answer:
    """PUT an array of changes by category_id: 200, 207 or 422, and no data."""
    data, refusals, total = _each(call, update_category)
    meta = _meta(total, len(refusals))
    if not refusals:
        return Answer(200, {"meta": meta})
    return Answer(207 if data else 422, {"errors": _errors(refusals), "meta": meta})


def remove_categories(call: Call) -> Answer:
    """DELETE by filter: 202; without a filter nothing is deleted."""
    call.only({f"{name}:in" for name in ID_FILTERS})
    ids = category_ids_found(call)
    try:
        return Answer(202, {"meta": _meta(delete_categories(call, ids), 0)})
    except Refusal as refusal:
        body = {"errors": refusal.body, "meta": _meta(len(ids), len(ids))}
        raise Refusal(refusal.status, body) from refusal


def _each(
    call: Call, work: Callable[[Call, Any], Any]
) -> tuple[list[Any], dict[int, Refusal], int]:
    """Return the results, the refusals by position, and the number of items."""
    if not isinstance(call.json(), list):
        raise Refusal(400, {"errors": [error_body(400, "The body must be an array")]})
    items = call.array(MOST_IN_BATCH)
    return *each_alone(call, items, work), len(items)


def _errors(refusals: dict[int, Refusal]) -> dict[str, Any]:
    errors = {str(position): refusal.body["title"] for position, refusal in refusals.items()}
    return error_body(422, "Some categories could not be saved", errors)


def _meta(total: int, failed: int) -> dict[str, int]:
    return {"total": total, "success": total - failed, "failed": failed}


SCOPE = "store_v2_products"
CATEGORIES = "/catalog/trees/categories"
OPERATIONS = (
    Operation("GET", "/catalog/trees", SCOPE, list_trees),
    Operation("GET", CATEGORIES, SCOPE, list_categories),
    Operation("POST", CATEGORIES, SCOPE, post_categories),
    Operation("PUT", CATEGORIES, SCOPE, put_categories),
    Operation("DELETE", CATEGORIES, SCOPE, remove_categories),
    Operation("GET", "/catalog/trees/{tree_id}/categories", SCOPE, tree_of_categories),
)
