"""/catalog/products: one, many at once, lists and deletions; and /catalog/summary."""

from typing import Any

from sandbox.bigcommerce.calls.call import SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.projection import project
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.partial import partial_answer, without_the_failing_part
from sandbox.bigcommerce.catalog.product_batches import update_alone, update_products
from sandbox.bigcommerce.catalog.product_lists import one_product, product_ids_found, product_page
from sandbox.bigcommerce.catalog.products import create_product, delete_product
from sandbox.bigcommerce.catalog.summary import catalog_summary

MOST_IN_BATCH = 10
MOST_DELETED = 250
# Fewer filters than those of a list (products_catalog.v3.yml).
DELETE_FILTERS = frozenset(
    {"name", "sku", "price", "brand_id", "date_modified", "is_visible", "id:in",
     "inventory_level", "type", "categories", "keyword"}
)  # fmt: skip
# A POST answers with what it created, because a list may not have it yet.
CREATED_WITH = ("variants", "options", "images", "custom_fields")


def _view(call: Call, product_id: int, include: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a product as the query asks for it, and always with `include`."""
    view = one_product(call, product_id, include)
    return {**project(call, view), **{name: view[name] for name in include}}


def list_products(call: Call) -> Answer:
    """GET /catalog/products; include=options or modifiers caps the page at 10."""
    views, meta = product_page(call)
    return found([project(call, view) for view in views], meta)


def get_product(call: Call) -> Answer:
    """GET one product."""
    call.only(SHOWN | {"include"})
    return found(_view(call, call.params["product_id"]))


def post_product(call: Call) -> Answer:
    """POST one product: 200, or 207 if a part of it could not be saved."""
    payload, failed = without_the_failing_part(call, call.json())
    product_id = create_product(call, payload)
    view = _view(call, product_id, CREATED_WITH)
    return partial_answer([view], failed) if failed else found(view)


def put_product(call: Call) -> Answer:
    """PUT one product: only what is sent changes."""
    payload, failed = without_the_failing_part(call, call.json())
    product_id = call.params["product_id"]
    update_alone(call, product_id, payload)
    view = _view(call, product_id)
    return partial_answer([view], failed) if failed else found(view)


def put_products(call: Call) -> Answer:
    """PUT at most 10 products: all or none."""
    items = call.array(MOST_IN_BATCH)
    if call.strikes("batch-422"):
        raise refuse(422, "Invalid field(s): name", {"name": "name is invalid"})
    items, failed = without_the_failing_part(call, items)
    views = [_view(call, product_id) for product_id in update_products(call, items)]
    return partial_answer(views, failed) if failed else found(views)


def delete_products(call: Call) -> Answer:
    """DELETE by filter, which is required; at most 250 at once."""
    call.only(DELETE_FILTERS)
    ids = product_ids_found(call)
    if len(ids) > MOST_DELETED:
        raise refuse(422, f"At most {MOST_DELETED} products can be deleted at one time")
    for product_id in ids:
        delete_product(call, product_id)
    return Answer(204)


def delete_one_product(call: Call) -> Answer:
    """DELETE one product."""
    delete_product(call, product_row(call, call.params["product_id"])["id"])
    return Answer(204)


def get_summary(call: Call) -> Answer:
    """GET /catalog/summary."""
    return found(catalog_summary(call))


SCOPE = "store_v2_products"
LIST = "/catalog/products"
ONE = "/catalog/products/{product_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_products),
    Operation("POST", LIST, SCOPE, post_product),
    Operation("PUT", LIST, SCOPE, put_products),
    Operation("DELETE", LIST, SCOPE, delete_products),
    Operation("GET", ONE, SCOPE, get_product),
    Operation("PUT", ONE, SCOPE, put_product),
    Operation("DELETE", ONE, SCOPE, delete_one_product),
    Operation("GET", "/catalog/summary", SCOPE, get_summary),
)
