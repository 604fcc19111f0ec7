"""/catalog/products: one, many at once, lists and deletions."""

from typing import Any

from sandbox.bigcommerce.calls.call import SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import (
    Refusal,
    duplicate_name,
    duplicate_product_sku,
    error_body,
    invalid_fields,
    missing_fields,
    refuse,
)
from sandbox.bigcommerce.calls.projection import project
from sandbox.bigcommerce.calls.validate import is_integer, key_of
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.partial import partial_answer, without_the_failing_part
from sandbox.bigcommerce.catalog.product_list import conditions, includes, list_products
from sandbox.bigcommerce.catalog.product_views import product_views
from sandbox.bigcommerce.catalog.products import (
    NEEDED,
    create_product,
    delete_product,
    update_product,
)
from sandbox.bigcommerce.catalog.variants import delete_variant
from sandbox.bigcommerce.state.transaction import all_or_nothing

MOST_IN_BATCH = 10
MOST_DELETED = 250
# Fewer than a list takes (products_catalog.v3.yml).
DELETE_FILTERS = frozenset(
    {"name", "sku", "price", "brand_id", "date_modified", "is_visible", "id:in",
     "inventory_level", "type", "categories", "keyword"}
)  # fmt: skip
# What a POST made is in its answer: ids are to be taken from there, not from a list read after it.
CREATED_WITH = ("variants", "options", "images", "custom_fields")


def _view(call: Call, product_id: int, include: tuple[str, ...] = ()) -> dict[str, Any]:
    row = product_row(call, product_id)
    wanted = dict.fromkeys([*include, *includes(call)])
    view = product_views(call.store.db, [row], wanted)[0]
    keep = {name: view[name] for name in include}
    return {**project(call, view), **keep}


def get_product(call: Call) -> Answer:
    """GET one product."""
    call.only(SHOWN | {"include"})
    return found(_view(call, call.params["product_id"]))


def post_product(call: Call) -> Answer:
    """POST one product: 200, or 207 when a part of it could not be saved."""
    payload, failed = without_the_failing_part(call, call.json())
    product_id = create_product(call, payload)
    view = _view(call, product_id, CREATED_WITH)
    return partial_answer([view], failed) if failed else found(view)


def put_product(call: Call) -> Answer:
    """PUT one product: only what is sent changes."""
    payload, failed = without_the_failing_part(call, call.json())
    product_id = call.params["product_id"]
    update_product(call, product_id, payload)
    _clobber_variants(call, product_id, payload)
    view = _view(call, product_id)
    return partial_answer([view], failed) if failed else found(view)


def put_products(call: Call) -> Answer:
    """PUT at most 10 products: all or none, and a refusal does not say which one it was."""
    items = call.array(MOST_IN_BATCH)
    hazards = call.store.hazards
    if hazards.strikes("batch-422", call.method, call.path, call.agent):
        raise refuse(422, "Invalid field(s): name", {"name": "name is invalid"})
    items, failed = without_the_failing_part(call, items)
    if hazards.get("batch-partial") is not None:
        _some_then_refuse(call, items)
    _each_once(items)
    _nothing_held_before(call, items)
    ids = []
    for item in items:
        try:
            ids.append(_put_one(call, item))
        except Refusal as refusal:
            raise anonymous(refusal) from refusal
    views = [_view(call, product_id) for product_id in ids]
    return partial_answer(views, failed) if failed else found(views)


def _each_once(items: list[Any]) -> None:
    """Refuse a batch that holds a product twice: which one wins is not documented."""
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    known = [number for number in ids if is_integer(number)]
    if len(known) > len(set(known)):
        raise anonymous(invalid_fields({"id": "a product may be in a batch once"}))


def _nothing_held_before(call: Call, items: list[Any]) -> None:
    """Refuse a name or SKU that another product holds as the batch begins.

    Whether an item may take what another gives up in the same call is not documented.
    """
    db = call.store.db
    for item in items:
        given = item if isinstance(item, dict) else {}
        name, sku = given.get("name"), given.get("sku")
        if isinstance(name, str):
            holder = db.value("SELECT id FROM products WHERE name_key=?", key_of(name))
            if holder not in (None, given.get("id")):
                raise duplicate_name()
        if isinstance(sku, str):
            holder = db.value("SELECT product_id FROM skus WHERE sku_key=?", key_of(sku))
            if holder not in (None, given.get("id")):
                raise duplicate_product_sku()


def _put_one(call: Call, item: Any) -> int:
    if not isinstance(item, dict) or not is_integer(item.get("id")):
        # An item without an id is taken for a create, and so lacks what a create needs.
        given = item if isinstance(item, dict) else {}
        raise missing_fields({name: words for name, words in NEEDED.items() if name not in given})
    update_product(call, item["id"], item)
    _clobber_variants(call, item["id"], item)
    return int(item["id"])


def _clobber_variants(call: Call, product_id: int, item: Any) -> None:
    """Let variants inside a product's PUT cost it all others (hazard variants-clobbered)."""
    listed = item.get("variants")
    if not listed:
        return
    if call.store.hazards.strikes("variants-clobbered", call.method, call.path, call.agent):
        kept = [variant.get("id") for variant in listed if isinstance(variant, dict)]
        rows = call.store.db.all(
            "SELECT id FROM variants WHERE product_id=? AND NOT is_base", (product_id,)
        )
        for row in rows:
            if row["id"] not in kept:
                delete_variant(call, product_id, row["id"])


def _some_then_refuse(call: Call, items: list[Any]) -> None:
    """Keep what could be saved and answer the first refusal, if there is one."""
    first: Refusal | None = None
    for item in items:
        try:
            all_or_nothing(call.store, lambda item=item: _put_one(call, item))  # type: ignore[misc]
        except Refusal as refusal:
            first = first or refusal
    if first is not None and call.store.hazards.strikes(
        "batch-partial", call.method, call.path, call.agent
    ):
        kept = anonymous(first)
        kept.keeps = True
        raise kept


def anonymous(refusal: Refusal) -> Refusal:
    """Return a refusal that keeps its kind and says nothing of which item it was."""
    known = {words.body["title"]: words for words in (duplicate_name(), duplicate_product_sku())}
    same = known.get(refusal.body.get("title", ""))
    if same is not None:
        return same
    title = refusal.body.get("title", "")
    if refusal.status == 404:
        title = "The resource was not found."
    body = error_body(refusal.status, title, refusal.body.get("errors"))
    return Refusal(refusal.status, body)


def delete_products(call: Call) -> Answer:
    """DELETE by filter; without one nothing is deleted, and at most 250 go at once."""
    call.only(DELETE_FILTERS)
    where, values = conditions(call)
    if not values:
        raise refuse(422, "A filter is required to delete products")
    rows = call.store.db.all(f"SELECT id FROM products WHERE {where}", values)  # noqa: S608
    if len(rows) > MOST_DELETED:
        raise refuse(422, f"At most {MOST_DELETED} products can be deleted at one time")
    for row in rows:
        delete_product(call, row["id"])
    return Answer(204)


def delete_one_product(call: Call) -> Answer:
    """DELETE one product."""
    delete_product(call, product_row(call, call.params["product_id"])["id"])
    return Answer(204)


def summary(call: Call) -> Answer:
    """GET /catalog/summary."""
    db = call.store.db
    row = db.one(
        "SELECT COUNT(*) AS variants, COALESCE(SUM(v.level), 0) AS stock, MAX(p.price) AS high,"
        " MIN(p.price) AS low, AVG(p.price) AS average, COALESCE(SUM(v.level * p.price), 0) AS worth"
        " FROM variants v JOIN products p ON p.id = v.product_id"
    )
    assert row is not None
    return found(
        {
            "inventory_count": row["stock"],
            "inventory_value": row["worth"],
            "variant_count": row["variants"],
            "highest_variant_price": row["high"] or 0,
            "average_variant_price": row["average"] or 0,
            "lowest_variant_price": str(row["low"] or 0),
        }
    )


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
    Operation("GET", "/catalog/summary", SCOPE, summary),
)
