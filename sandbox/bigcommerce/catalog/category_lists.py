"""Reading categories: whole trees, and lists by the documented filters."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import Refusal, error_body, not_found
from sandbox.bigcommerce.calls.paging import page_of_rows
from sandbox.bigcommerce.calls.validate import key_of
from sandbox.bigcommerce.state.db import placeholders

ID_FILTERS = {"category_id": "id", "tree_id": "tree_id", "parent_id": "parent_id"}


def trees_found(call: Call) -> list[dict[str, Any]]:
    """Return the trees a query asks for by id:in or channel_id:in, with their channels."""
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
    return trees


def nested_tree(call: Call, tree_id: int) -> list[dict[str, Any]]:
    """Return the top categories of a tree, each with its children. Raises Refusal 404."""
    db = call.store.db
    if not db.has("trees", tree_id):
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
    return roots


def _place(node: dict[str, Any], depth: int, path: list[int]) -> None:
    node["depth"], node["path"] = depth, path
    for child in node["children"]:
        _place(child, depth + 1, [*path, node["id"]])


def category_page(call: Call) -> tuple[list[sqlite3.Row], dict[str, Any]]:
    """Return the rows of the categories a query asks for, and meta."""
    return page_of_rows(call, "SELECT * FROM categories", "categories", _condition(call), "id")


def category_ids_found(call: Call) -> list[int]:
    """Return the ids of the categories a query asks for. Raises Refusal 400 without a filter."""
    where, values = _condition(call)
    if not values:
        raise Refusal(400, {"errors": [error_body(400, "A filter is required")]})
    rows = call.store.db.select("id", "categories", where, values)
    return [row["id"] for row in rows]


def _condition(call: Call) -> tuple[str, list[Any]]:
    where, values = ["1"], list[Any]()
    for name, column in ID_FILTERS.items():
        for suffix, operator in ((":in", "IN"), (":not_in", "NOT IN")):
            ids = call.integers(name + suffix)
            if ids is not None:
                where.append(f"{column} {operator} ({placeholders(ids)})")
                values += ids
    if "name" in call.query:
        where.append("name_key = ?")
        values.append(key_of(call.query["name"]))
    for name in ("name:like", "keyword"):
        if name in call.query:
            where.append("INSTR(name_key, ?)")
            values.append(key_of(call.query[name]))
    return " AND ".join(where), values
