"""How many products are in memory at once: counted in variants, because a product of a hundred weighs
as much as a hundred others. Sized for 256 MB, half of what push has."""

from collections.abc import Iterator, Sequence

from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import WorkItem
from tillbridge.usecases.push.outcomes.fenced import fence_rows
from tillbridge.usecases.push.slice.due import between_pages
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.taking.work_items import read_work_items, with_other_lanes

MOST_WEIGHT = 10_000
"""Products and variants that are planned together (benches/push_memory.py)."""

READ_FIRST = 20
"""Products whose records are read first, to see how heavy they are; after them LIGHT times as many if
they weigh no more than that, else twice as many each time, up to READ_AT_ONCE."""

LIGHT = 5

READ_AT_ONCE = 100


def weight(work: WorkItem) -> int:
    """Return what a product weighs: one, and one for each variant of its record or, if there are
    more, of its link."""
    linked = len(work.link.variants) if work.link is not None else 0
    return 1 + max(len(work.record.variants), linked)


def weighs(*parts: Sequence[WorkItem]) -> int:
    """Return what these products weigh together."""
    return sum(weight(work) for part in parts for work in part)


def by_weight(
    session: Session, rows: Sequence[PendingRow], *, all_lanes: bool = False
) -> Iterator[list[WorkItem]]:
    """Yield the work items of the rows in parts that weigh MOST_WEIGHT at most, unless a single
    product weighs more, in the order of the rows; each part is read when it is asked for.
    `all_lanes`: with the rows of the same products in the other content lanes. Raise whatever reading
    raises."""

    def read(some: Sequence[PendingRow]) -> list[WorkItem]:
        taken = with_other_lanes(session, some) if all_lanes else some
        return read_work_items(session, taken)

    products = _by_product(rows)
    part: list[WorkItem] = []
    at, size = 0, READ_FIRST
    while at < len(products):
        if at:  # before the first, the turn has just looked at the other lanes
            between_pages(session)
        its_rows = [row for of_one in products[at : at + size] for row in of_one]
        found = fence_rows(session, its_rows, read)
        at, more = at + size, LIGHT if weighs(found) <= LIGHT * size else 2
        size = min(READ_AT_ONCE, size * more)
        *full, part = _cut([*part, *found])
        if full:
            size = READ_FIRST  # these are heavy
        yield from full
    if part:
        yield part


def _cut(work_items: Sequence[WorkItem]) -> list[list[WorkItem]]:
    parts: list[list[WorkItem]] = [[]]
    left = MOST_WEIGHT
    for work in work_items:
        left -= weight(work)
        if left < 0 and parts[-1]:
            parts.append([])
            left = MOST_WEIGHT - weight(work)
        parts[-1].append(work)
    return parts


def _by_product(rows: Sequence[PendingRow]) -> list[list[PendingRow]]:
    grouped: dict[str, list[PendingRow]] = {}
    for row in rows:
        grouped.setdefault(row.product, []).append(row)
    return list(grouped.values())
