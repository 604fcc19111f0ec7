"""Pages as BigCommerce counts them: page and limit, with links to the neighbours."""

from typing import Any
from urllib.parse import urlencode

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import refuse

MAX_OFFSET_PAGE = 10_000_000


def page_of(call: Call, default: int = 50, most: int = 250) -> tuple[int, int]:
    """Return page (from 1) and limit; a limit over the most is cut, not refused.

    Raises Refusal 422 if either is no positive number.
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
