"""Lists of BigCommerce's records, read page by page to the end."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.transport import Transport

PAGE = 250
"""The most records of one page; BigCommerce's default is 50."""


def every[T](
    transport: Transport,
    template: str,
    read: Callable[[Any], T],
    *,
    ids: Mapping[str, int] | None = None,
    query: Mapping[str, str] | None = None,
) -> list[T]:
    """Return every record of a list. The list ends when the stated total has been read, or with an
    empty page; a short page does not end it (pages shrink when an answer grows too large)."""
    found: list[T] = []
    page = 1
    while True:
        asked = {**(query or {}), "limit": str(PAGE), "page": str(page)}
        call = Call("GET", template, ids or {}, asked)
        records, total = transport.send(call, lambda answer: _records(answer, read))
        found += records
        page += 1
        if not records or (total is not None and len(found) >= total):
            return found


def by_id[T](
    transport: Transport,
    template: str,
    read: Callable[[Any], T],
    id_of: Callable[[T], int],
    query: Mapping[str, str],
    *,
    after: int = 0,
) -> Iterator[T]:
    """Yield every record with an id above `after`, by ascending id. Each page is requested by the
    last id seen, so that records added or deleted meanwhile shift no page."""
    last = after
    while True:
        asked = {
            **query,
            "limit": str(PAGE),
            "sort": "id",
            "direction": "asc",
            "id:greater": str(last),
        }
        call = Call("GET", template, query=asked)
        records, total = transport.send(call, lambda answer: _records(answer, read))
        fresh = [record for record in records if id_of(record) > last]
        yield from fresh
        if not fresh or (total is not None and len(records) >= total):
            return
        last = max(map(id_of, fresh))


def _records[T](answer: Answer, read: Callable[[Any], T]) -> tuple[list[T], int | None]:
    if answer.status == 204:
        return [], 0  # what a product without images answers
    return [read(item) for item in answer.many], answer.total
