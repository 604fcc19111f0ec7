"""Lists by version: ascending, cut to the vendor's page size, at their end empty (fact 1)."""

from collections.abc import Sequence
from typing import Any

from sandbox.lightspeed_x.calls.call import Call
from sandbox.lightspeed_x.state.account import UNDATED

PAGED = frozenset({"after", "before", "page_size", "deleted"})
MOST_ON_A_PAGE = 200


def page_size(call: Call, most: int = MOST_ON_A_PAGE) -> int:
    """Return how many a page has: what is asked, cut without a word. Raises Refusal 400."""
    return capped(call, min(call.whole("page_size", most) or most, most))


def capped(call: Call, size: int) -> int:
    """Return a page size within the cap that is in force: a page that is not full is no end."""
    cap = call.account.hazards.plan.page_cap
    return size if cap is None else min(size, cap)


def page_of(call: Call, data: list[Any], versions: Sequence[int]) -> dict[str, Any]:
    """Return a page with the lowest and highest version on it.

    An empty one has null for both, or in 2.0, whose file knows no null here, nothing.
    """
    page: dict[str, Any] = {"data": data}
    if versions or call.wire not in UNDATED:
        page["version"] = {
            "min": min(versions, default=None),
            "max": max(versions, default=None),
        }
    return page


def paged(call: Call, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a page of records that carry their version, tombstones only if asked for."""
    after, before = call.whole("after", 0) or 0, call.whole("before")
    wanted = [
        row
        for row in sorted(rows, key=lambda row: int(row["version"]))
        if row["version"] > after
        and (before is None or row["version"] < before)
        and ("deleted_at" not in row or call.flag("deleted"))
    ][: page_size(call)]
    return page_of(call, wanted, [row["version"] for row in wanted])
