"""Pages as BigCommerce counts them: page and limit, with links to the neighbours."""

import sqlite3
from typing import Any
from urllib.parse import urlencode

from sandbox.bigcommerce.calls.call import Answer, Call, found
from sandbox.bigcommerce.calls.errors import refuse

MAX_OFFSET_PAGE = 10_000_000


def page_of(call: Call, default: int = 50, most: int = 250) -> tuple[int, int]:
    """Return page (from 1) and limit; a limit over `most` is reduced to it, not refused.

    Raises Refusal 422 if either is not a positive number.
    """
    try:
        page = int(call.query.get("page", "1"))
        limit = int(call.query.get("limit", str(default)))
    except ValueError as error:
        raise refuse(422, "The filter(s): page, limit are invalid.") from error
    if page < 1 or limit < 1 or page > MAX_OFFSET_PAGE:
        raise refuse(422, "The filter(s): page, limit are invalid.")
    return page, min(limit, most)


def pagination(call: Call, page: int, limit: int, count: int, total: int) -> dict[str, Any]:
    """Return the meta object of a list."""
    pages = max(1, -(-total // limit)) if total else 0

    def link(number: int) -> str:
        return "?" + urlencode({**call.query, "page": number, "limit": limit})

    links = {"current": link(page)}
    if page > 1:
        links["previous"] = link(page - 1)
    if page < pages:
        links["next"] = link(page + 1)
    return {
        "pagination": {
            "total": total,
            "count": count,
            "per_page": limit,
            "current_page": page,
            "total_pages": pages,
            "links": links,
        }
    }


def paged(call: Call, records: list[dict[str, Any]]) -> Answer:
    """Return the requested page of a complete list of records."""
    page, limit = page_of(call)
    shown = records[(page - 1) * limit : page * limit]
    return found(shown, pagination(call, page, limit, len(shown), len(records)))


def page_of_rows(
    call: Call,
    select: str,
    counted: str,
    condition: tuple[str, list[Any]],
    order: str,
    most: int = 250,
) -> tuple[list[sqlite3.Row], dict[str, Any]]:
    """Return the rows of the requested page, and the meta object of the list.

    select: a statement up to its WHERE; counted: the table whose rows are counted;
    condition: what comes after WHERE, and its values.
    """
    page, limit = page_of(call, most=most)
    where, values = condition
    db = call.store.db
    total = db.count(counted, where, values)
    rows = db.all(
        f"{select} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, limit, (page - 1) * limit),
    )
    return rows, pagination(call, page, limit, len(rows), total)
