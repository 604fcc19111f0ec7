"""Lists of BigCommerce's records, read page by page to the end."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tillbridge.adapters.bigcommerce.answer import Answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.wire import each_readable

PAGE = 250
"""The most records of one page; BigCommerce's default is 50."""


@dataclass(frozen=True, slots=True)
class Part[T]:
    """What an answer holds of a list: the records that can be read, all of them as they came, and how
    many match, when it says so."""

    records: list[T]
    raw: list[Any]
    total: int | None

    @property
    def seen(self) -> int:
        """Return how many records the answer has, readable or not."""
        return len(self.raw)

    def ends(self, seen: int) -> bool:
        """Return whether the list ends here, `seen` records of it having been seen."""
        return not self.seen or (self.total is not None and seen >= self.total)


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
    last: list[Any] = []
    seen = 0
    page = 1
    while True:
        asked = {**(query or {}), "limit": str(PAGE), "page": str(page)}
        call = Call("GET", template, ids or {}, asked)
        some = transport.send(call, lambda answer: part_of(answer, read))
        if page > 1 and some.raw == last:
            return found  # the same page once more: there would be no end
        found += some.records
        last = some.raw
        seen += some.seen
        page += 1
        if some.ends(seen):
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
        some = transport.send(call, lambda answer: part_of(answer, read))
        fresh = [record for record in some.records if id_of(record) > last]
        yield from fresh
        if not fresh or some.ends(some.seen):
            return
        last = max(map(id_of, fresh))


def part_of[T](answer: Answer, read: Callable[[Any], T]) -> Part[T]:
    """Return what an answer holds of a list."""
    if answer.status == 204:
        return Part([], [], 0)  # what a product without images answers
    return Part(each_readable(answer.many, read), answer.many, answer.total)
