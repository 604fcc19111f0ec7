"""Product categories: a tree, of which only a leaf may be assigned (fact 14)."""

from typing import Any

from sandbox.lightspeed_x.calls.call import Answer, Call, fields_of
from sandbox.lightspeed_x.calls.refusal import Refusal, invalid
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.names import NamedRow
from sandbox.lightspeed_x.wire.json_text import Json
from sandbox.lightspeed_x.wire.names_json import path_json

MOST_ON_A_PAGE = 1000
FIELDS = ("id", "payload_id", "name", "parent_category_id", "payload_parent_category_id")


def list_categories(call: Call) -> Answer:
    """GET categories by their path; pages by the last id seen, not by version."""
    account = call.account
    account.names.take_in()
    rows = sorted(account.names.categories.every(), key=lambda row: _path(account, row))
    rows = _of_parent(call, rows)
    after = call.query.get("after")
    if after is not None:
        ids = [row.id for row in rows]
        if after not in ids:
            raise Refusal(400, "bad_request", "after is the id of a category.")
        rows = rows[ids.index(after) + 1 :]
    size = min(call.whole("page_size", MOST_ON_A_PAGE) or MOST_ON_A_PAGE, MOST_ON_A_PAGE)
    shown, more = rows[:size], len(rows) > size
    info: Json = {"has_next": more} | ({"last_seen": shown[-1].id} if more else {})
    data = {"categories": [_category_json(account, row) for row in shown]}
    return Answer({"data": data, "page_info": info})


def post_categories(call: Call) -> Answer:
    """POST several categories at once; all are made or none. A taken name is refused."""
    listed = call.json(("categories",)).get("categories")
    if not isinstance(listed, list) or not listed:
        raise invalid("categories is a list with at least one category.")
    wanted = [fields_of(each, FIELDS, "A category") for each in listed]
    for each in wanted:
        _check(call.account, each, wanted)
    made: dict[str, NamedRow] = {}
    shown: list[Json] = []
    for each in wanted:
        parent = each.get("parent_category_id") or ""
        if "payload_parent_category_id" in each:
            parent = made[each["payload_parent_category_id"]].id
        row = call.account.names.categories.add(each["name"].strip(), parent)
        if "payload_id" in each:
            made[each["payload_id"]] = row
        given = {"payload_id": each["payload_id"]} if "payload_id" in each else {}
        above = {"parent_category_id": parent} if parent else {}
        shown.append({"id": row.id, "name": row.name} | given | above)
    return Answer({"data": shown})


def _check(account: Account, each: dict[str, Any], wanted: list[dict[str, Any]]) -> None:
    name, categories = each.get("name"), account.names.categories
    account.names.take_in()
    if "id" in each:
        raise invalid("The sandbox makes categories, and renames none.")
    if not isinstance(name, str) or not name.strip():
        raise invalid("name is required.")
    parent = each.get("parent_category_id") or ""
    if parent and categories.find(parent) is None:
        raise invalid("parent_category_id is no category.")
    above = each.get("payload_parent_category_id")
    earlier = [one.get("payload_id") for one in wanted[: wanted.index(each)]]
    if above is not None and above not in earlier:
        raise invalid("payload_parent_category_id names no category before it.")
    if above is None and categories.called(name, parent):
        raise invalid(f"A category {name.strip()!r} already exists there.")


def _of_parent(call: Call, rows: list[NamedRow]) -> list[NamedRow]:
    parent, include = call.query.get("parent"), call.query.get("include", "family")
    if include not in ("family", "children"):
        raise Refusal(400, "bad_request", "include is family or children.")
    if parent is None:
        return rows
    if parent == "none":
        return [row for row in rows if not row.parent_id]
    categories = call.account.names.categories
    if include == "children":
        return [row for row in rows if row.parent_id == parent]
    return [row for row in rows if parent in [up.id for up in categories.path(row)[:-1]]]


def _path(account: Account, row: NamedRow) -> list[str]:
    return [each.name.casefold() for each in account.names.categories.path(row)]


def _category_json(account: Account, row: NamedRow) -> Json:
    path = path_json(account, row)
    shown: Json = {
        "id": row.id,
        "name": row.name,
        "root_category_id": path[0]["id"],
        "leaf_category": account.names.categories.is_leaf(row.id),
        "category_path": path,
    }
    return shown | ({"parent_category_id": row.parent_id} if row.parent_id else {})
