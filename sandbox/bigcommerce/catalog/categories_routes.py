"""Category trees: /catalog/trees and the batch endpoints of their categories."""

import json
from collections.abc import Callable
from typing import Any

from sandbox.bigcommerce.calls.call import LISTED, PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import Refusal, error_body, not_found
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.calls.projection import project
from sandbox.bigcommerce.calls.validate import key_of
from sandbox.bigcommerce.catalog.categories import (
    category_view,
    create_category,
    delete_categories,
    update_category,
)
from sandbox.bigcommerce.state.db import marks
from sandbox.bigcommerce.state.transaction import all_or_nothing

# How many a batch may hold is not documented; the number of the tree batch is the harsher guess.
MOST_IN_BATCH = 50
ID_FILTERS = {"category_id": "id", "tree_id": "tree_id", "parent_id": "parent_id"}
FILTERS = frozenset(f"{name}:{which}" for name in ID_FILTERS for which in ("in", "not_in"))


def list_trees(call: Call) -> Answer:
    """GET /catalog/trees, by id:in or channel_id:in."""
    call.only(PAGED | {"id:in", "channel_id:in"})
    db = call.store.db
    trees = [
        {
            "id": row["id"],
            "name": row["name"],
            "channels": [
                channel["channel_id"]
                for channel in db.all(
                    "SELECT channel_id FROM tree_channels WHERE tree_id=?", (row["id"],)
                )
            ],
        }
        for row in db.all("SELECT * FROM trees ORDER BY id")
    ]
    ids, channels = call.integers("id:in"), call.integers("channel_id:in")
    if ids is not None:
        trees = [tree for tree in trees if tree["id"] in ids]
    if channels is not None:
        trees = [tree for tree in trees if set(tree["channels"]) & set(channels)]
    page, limit = page_of(call)
    shown = trees[(page - 1) * limit : page * limit]
    return found(shown, pagination(call, page, limit, len(shown), len(trees)))


def tree_of_categories(call: Call) -> Answer:
    """GET /catalog/trees/{tree_id}/categories: the whole tree, nested."""
    call.only(())
    db, tree_id = call.store.db, call.params["tree_id"]
    if db.one("SELECT 1 FROM trees WHERE id=?", tree_id) is None:
        raise not_found("The requested category tree was not found", call.path)
    nodes: dict[int, dict[str, Any]] = {}
    for row in db.all("SELECT * FROM categories WHERE tree_id=? ORDER BY id", (tree_id,)):
        body = json.loads(row["body"])
        nodes[row["id"]] = {
            "id": row["id"],
            "parent_id": row["parent_id"],
            "depth": 0,
            "path": [],
            "name": row["name"],
            "is_visible": body["is_visible"],
            "url": body["url"]["path"],
            "children": [],
        }
    for node in nodes.values():
        if node["parent_id"] in nodes:
            nodes[node["parent_id"]]["children"].append(node)
    roots = [node for node in nodes.values() if node["parent_id"] == 0]
    for root in roots:
        _place(root, 0, [])
    return found(roots)


def _place(node: dict[str, Any], depth: int, path: list[int]) -> None:
    node["depth"], node["path"] = depth, path
    for child in node["children"]:
        _place(child, depth + 1, [*path, node["id"]])


def list_categories(call: Call) -> Answer:
    """GET /catalog/trees/categories with the documented filters."""
    call.only(LISTED | FILTERS | {"name", "name:like", "keyword"})
    where, values = _filters(call)
    db = call.store.db
    page, limit = page_of(call)
    total = db.value(f"SELECT COUNT(*) FROM categories WHERE {where}", *values)  # noqa: S608
    rows = db.all(
        f"SELECT * FROM categories WHERE {where} ORDER BY id LIMIT ? OFFSET ?",  # noqa: S608
        (*values, limit, (page - 1) * limit),
    )
    data = [project(call, category_view(row), "category_id") for row in rows]
    return found(data, pagination(call, page, limit, len(data), total))


def _filters(call: Call) -> tuple[str, list[Any]]:
    where, values = ["1"], list[Any]()
    for name, column in ID_FILTERS.items():
        for suffix, operator in ((":in", "IN"), (":not_in", "NOT IN")):
            ids = call.integers(name + suffix)
            if ids is not None:
                where.append(f"{column} {operator} ({marks(ids)})")
                values += ids
    if "name" in call.query:
        where.append("name_key = ?")
        values.append(key_of(call.query["name"]))
    for name in ("name:like", "keyword"):
        if name in call.query:
            where.append("INSTR(name_key, ?)")
            values.append(key_of(call.query[name]))
    return " AND ".join(where), values


def post_categories(call: Call) -> Answer:
    """POST an array: 201, 207 when some failed, 422 when all did."""
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
    where, values = _filters(call)
    if not values:
        raise Refusal(400, {"errors": [error_body(400, "A filter is required")]})
    db = call.store.db
    ids = [row["id"] for row in db.all(f"SELECT id FROM categories WHERE {where}", values)]  # noqa: S608
    try:
        return Answer(202, {"meta": _meta(delete_categories(db, ids), 0)})
    except Refusal as refusal:
        body = {"errors": refusal.body, "meta": _meta(len(ids), len(ids))}
        raise Refusal(refusal.status, body) from refusal


def _each(
    call: Call, work: Callable[[Call, Any], Any]
) -> tuple[list[Any], dict[int, Refusal], int]:
    if not isinstance(call.json(), list):
        raise Refusal(400, {"errors": [error_body(400, "The body must be an array")]})
    items = call.array(MOST_IN_BATCH)
    done: list[Any] = []
    refusals: dict[int, Refusal] = {}
    for position, item in enumerate(items):
        try:
            done.append(all_or_nothing(call.store, lambda item=item: work(call, item)))  # type: ignore[misc]
        except Refusal as refusal:
            refusals[position] = refusal
    return done, refusals, len(items)


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
