"""What X-Series says of itself, and the names that products refer to."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from tillbridge.adapters.borders.currency import currency_of
from tillbridge.adapters.borders.values import complaint
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.errors import expired
from tillbridge.adapters.lightspeed_x.pages import every, read
from tillbridge.adapters.lightspeed_x.wire import NamedRow, OutletRow, RetailerRow
from tillbridge.domain.errors import PosDown
from tillbridge.ports.pos_source import Outlet

log = logging.getLogger(__name__)

MOST_PAGES = 100
"""Of categories, 1,000 each: a list that never ends is none."""


def retailer(calls: LightspeedCalls) -> RetailerRow:
    """Return what the retailer says of itself."""
    body = read(calls, Ask("GET", "/retailer"))
    try:
        found = RetailerRow.model_validate(body.get("data") if isinstance(body, dict) else None)
    except ValidationError as error:
        raise expired("/retailer", f"of the retailer {complaint(error)}") from error
    code = currency_of({"currency": found.currency.code})
    if not code:
        raise expired("/retailer", "the retailer has no currency")
    return found.model_copy(update={"currency": found.currency.model_copy(update={"code": code})})


def registers(calls: LightspeedCalls) -> int:
    """Return how many registers the retailer has, at least one."""
    rows = (each for each in every(calls, "/registers") if isinstance(each, dict))
    return max(1, sum(1 for each in rows if not each.get("deleted_at")))


def outlets(calls: LightspeedCalls) -> list[Outlet]:
    """Return every outlet; one that cannot be read is logged and left out."""
    found = _readable(OutletRow, every(calls, "/outlets", {"deleted": "true"}))
    return [Outlet(each.id, each.name, active=not each.deleted_at) for each in found]


def names(calls: LightspeedCalls) -> dict[str, str]:
    """Return the names of brands, suppliers and categories, by id."""
    rows = [*every(calls, "/brands"), *every(calls, "/suppliers"), *categories(calls)]
    return {each.id: each.name for each in _readable(NamedRow, rows) if each.id and each.name}


def categories(calls: LightspeedCalls) -> Iterator[Any]:
    """Yield the categories, whose list is paged by id."""
    query = {"page_size": "1000"}
    for _ in range(MOST_PAGES):
        body = read(calls, Ask("GET", "/product_categories", query=query))
        data = body.get("data") if isinstance(body, dict) else None
        rows = data.get("categories") if isinstance(data, dict) else None
        if not isinstance(rows, list):
            raise PosDown("The POS's answer has no list of categories.")
        yield from rows
        end = body.get("page_info")
        last = (
            end.get("last_seen") if isinstance(end, dict) and end.get("has_next") is True else None
        )
        if not rows or not isinstance(last, str) or last == query.get("after"):
            return
        query = {**query, "after": last}


def _readable[R: (OutletRow, NamedRow)](kind: type[R], rows: Iterable[Any]) -> Iterator[R]:
    for row in rows:
        try:
            yield kind.model_validate(row)
        except ValidationError as error:
            why = complaint(error)
            told = {"kind": kind.__name__, "why": why}
            log.error("a record of the POS cannot be read", extra=told)  # noqa: TRY400 - a traceback would quote the record
