"""Channels, and which products are assigned to channels and categories."""

import json
from typing import Any

from sandbox.bigcommerce.calls.call import PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import not_found, refuse
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.calls.validate import is_integer
from sandbox.bigcommerce.catalog.categories import add_to_category
from sandbox.bigcommerce.state.db import Database, marks

# The values documented for a filter; none where any text is taken (channels.v3.yml).
CHOICES: dict[str, frozenset[str]] = {
    "type": frozenset({"marketplace", "marketing", "pos", "storefront"}),
    "platform": frozenset(),
    "status": frozenset(
        {"prelaunch", "active", "inactive", "connected", "disconnected", "archived", "deleted",
         "terminated"}
    ),
}  # fmt: skip
# No number is documented for these arrays; none is enforced but the payload's sanity.
MOST_ASSIGNMENTS = 1000
MOST_CATEGORIES = 1000


def list_channels(call: Call) -> Answer:
    """GET /channels, by type:in, platform:in and status:in."""
    call.only(PAGED | {f"{name}:in" for name in CHOICES})
    channels = [
        {"id": row["id"], **json.loads(row["body"])}
        for row in call.store.db.all("SELECT * FROM channels ORDER BY id")
    ]
    for name, choices in CHOICES.items():
        wanted = call.strings(f"{name}:in")
        if wanted is not None and choices and not choices.issuperset(wanted):
            raise refuse(422, f"The filter '{name}:in' is invalid.")
        if wanted is not None:
            channels = [channel for channel in channels if channel[name] in wanted]
    page, limit = page_of(call)
    shown = channels[(page - 1) * limit : page * limit]
    return found(shown, pagination(call, page, limit, len(shown), len(channels)))


def get_channel(call: Call) -> Answer:
    """GET one channel."""
    call.only(())
    row = call.store.db.one("SELECT * FROM channels WHERE id=?", call.params["channel_id"])
    if row is None:
        raise not_found("The requested channel was not found", call.path)
    return found({"id": row["id"], **json.loads(row["body"])})


def _list(call: Call, table: str, column: str) -> Answer:
    call.only(PAGED | {"product_id:in", f"{column}:in"})
    where, values = _filter(call, column)
    page, limit = page_of(call)
    db = call.store.db
    total = db.value(f"SELECT COUNT(*) FROM {table} WHERE {where}", *values)  # noqa: S608
    rows = db.all(
        f"SELECT product_id, {column} FROM {table} WHERE {where}"  # noqa: S608
        f" ORDER BY product_id, {column} LIMIT ? OFFSET ?",
        (*values, limit, (page - 1) * limit),
    )
    data = [{"product_id": row["product_id"], column: row[column]} for row in rows]
    return found(data, pagination(call, page, limit, len(data), total))


def _filter(call: Call, column: str) -> tuple[str, list[int]]:
    where, values = ["1"], list[int]()
    for name in ("product_id", column):
        ids = call.integers(f"{name}:in")
        if ids is not None:
            where.append(f"{name} IN ({marks(ids)})")
            values += ids
    return " AND ".join(where), values


def _pairs(call: Call, column: str, table: str) -> list[tuple[int, int]]:
    """Return the pairs of an assignment batch; raises Refusal 422 naming each bad one."""
    pairs: list[tuple[int, int]] = []
    errors: dict[str, str] = {}
    for position, item in enumerate(call.array(MOST_ASSIGNMENTS)):
        ids = (item.get("product_id"), item.get(column)) if isinstance(item, dict) else (None, None)
        if not all(is_integer(part) for part in ids):
            errors[str(position)] = f"product_id and {column} are required"
        elif not _exists(call.store.db, "products", ids[0]):
            errors[str(position)] = f"Product {ids[0]} does not exist"
        elif not _exists(call.store.db, table, ids[1]):
            errors[str(position)] = f"{column} {ids[1]} does not exist"
        else:
            pairs.append((int(ids[0] or 0), int(ids[1] or 0)))
    if errors:
        raise refuse(422, "Some assignments are invalid", errors)
    return pairs


def _exists(db: Database, table: str, row_id: Any) -> bool:
    return db.one(f"SELECT 1 FROM {table} WHERE id=?", row_id) is not None  # noqa: S608


def list_channel_assignments(call: Call) -> Answer:
    """GET /catalog/products/channel-assignments."""
    return _list(call, "product_channels", "channel_id")


def put_channel_assignments(call: Call) -> Answer:
    """PUT an array of pairs: 204; assigning twice is no error."""
    for product_id, channel_id in _pairs(call, "channel_id", "channels"):
        call.store.db.run(
            "INSERT OR IGNORE INTO product_channels(product_id, channel_id) VALUES (?,?)",
            product_id,
            channel_id,
        )
        call.store.touch(call.agent, "update", product_id, None, ["channels"], ["channels"])
    return Answer(204)


def delete_channel_assignments(call: Call) -> Answer:
    """DELETE by filter: 204."""
    return _delete(call, "product_channels", "channel_id")


def list_category_assignments(call: Call) -> Answer:
    """GET /catalog/products/category-assignments."""
    return _list(call, "product_categories", "category_id")


def put_category_assignments(call: Call) -> Answer:
    """PUT an array of pairs: 204; additive."""
    db = call.store.db
    for product_id, category_id in _pairs(call, "category_id", "categories"):
        position = db.value(
            "SELECT COUNT(*) FROM product_categories WHERE product_id=?", product_id
        )
        if position >= MOST_CATEGORIES and not _is_in(db, product_id, category_id):
            words = f"A product may be in at most {MOST_CATEGORIES} categories"
            raise refuse(422, words, {str(product_id): words})
        add_to_category(db, product_id, category_id, position)
        show_categories(db, product_id)
        call.store.touch(call.agent, "update", product_id, None, ["categories"], ["categories"])
    return Answer(204)


def _is_in(db: Database, product_id: int, category_id: int) -> bool:
    sql = "SELECT 1 FROM product_categories WHERE product_id=? AND category_id=?"
    return db.one(sql, product_id, category_id) is not None


def delete_category_assignments(call: Call) -> Answer:
    """DELETE by filter: 204."""
    return _delete(call, "product_categories", "category_id")


def _delete(call: Call, table: str, column: str) -> Answer:
    call.only({"product_id:in", f"{column}:in"})
    where, values = _filter(call, column)
    if not values:
        raise refuse(422, "A filter is required")
    db = call.store.db
    products = db.all(f"SELECT DISTINCT product_id FROM {table} WHERE {where}", values)  # noqa: S608
    db.all(f"DELETE FROM {table} WHERE {where}", values)  # noqa: S608
    if table == "product_categories":
        for row in products:
            show_categories(db, row["product_id"])
    return Answer(204)


def show_categories(db: Database, product_id: int) -> None:
    """Make a product's body list the categories it is in."""
    rows = db.all(
        "SELECT category_id FROM product_categories WHERE product_id=? ORDER BY position",
        (product_id,),
    )
    listed = json.dumps([row["category_id"] for row in rows])
    db.run(
        "UPDATE products SET body=json_set(body, '$.categories', json(?)) WHERE id=?",
        listed,
        product_id,
    )


PRODUCTS = "store_v2_products"
CHANNELS = "store_channel_settings_read_only"
BY_CHANNEL = "/catalog/products/channel-assignments"
BY_CATEGORY = "/catalog/products/category-assignments"
OPERATIONS = (
    Operation("GET", "/channels", CHANNELS, list_channels),
    Operation("GET", "/channels/{channel_id}", CHANNELS, get_channel),
    Operation("GET", BY_CHANNEL, PRODUCTS, list_channel_assignments),
    Operation("PUT", BY_CHANNEL, PRODUCTS, put_channel_assignments),
    Operation("DELETE", BY_CHANNEL, PRODUCTS, delete_channel_assignments),
    Operation("GET", BY_CATEGORY, PRODUCTS, list_category_assignments),
    Operation("PUT", BY_CATEGORY, PRODUCTS, put_category_assignments),
    Operation("DELETE", BY_CATEGORY, PRODUCTS, delete_category_assignments),
)
