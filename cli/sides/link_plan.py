"""What a file of links would do to a store, worked out without doing it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched

from cli.sides.link_file import NUMBER, PRODUCT, Row, Unusable
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link, LinkStatus
from tillbridge.domain.link_requests import being_created
from tillbridge.domain.product import Product
from tillbridge.domain.shapes import shape_differences
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.links import Links

AT_ONCE = 200
"""Rows that are looked up together: both sides are read by id, so a file of any size needs the same memory."""


@dataclass(frozen=True, slots=True)
class BothSides:
    """What reads the products of either side by id; what is not there is left out."""

    records: Callable[[Sequence[PosProductId]], Mapping[PosProductId, Product]]
    webs: Callable[[Sequence[StoreProductId]], Mapping[StoreProductId, WebProduct]]


@dataclass(slots=True)
class LinkPlan:
    """What is to be linked, how many rows are linked already or come twice, and what cannot be: because it contradicts
    a link or another row, because a side has no such product (any more), or because the row cannot be used."""

    to_link: list[Row] = field(default_factory=list)
    already: int = 0
    twice: int = 0
    contradicts: list[Unusable] = field(default_factory=list)
    gone: list[Unusable] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)

    @property
    def left_out(self) -> list[Unusable]:
        """Return every row that is left out, by line."""
        every = (*self.contradicts, *self.gone, *self.unusable)
        return sorted(every, key=lambda each: each.line)


def plan_links(
    rows: Iterable[Row | Unusable], store: StoreId, links: Links, sides: BothSides
) -> LinkPlan:
    """Return what the rows of a file would do. Raise what reading the file or a side raises."""
    plan = LinkPlan()
    for some in batched(_agreeing(rows, plan), AT_ONCE, strict=False):
        left = list(_not_linked(some, store, links, plan))
        if left:
            _compared(left, sides, plan)
    return plan


def _agreeing(rows: Iterable[Row | Unusable], plan: LinkPlan) -> Iterator[Row]:
    """Yield the rows that no other row contradicts: of two that do, neither is to be trusted."""
    kept: dict[PosProductId, Row] = {}
    holders: dict[StoreProductId, PosProductId] = {}
    doubted: dict[int, Unusable] = {}
    for row in rows:
        if isinstance(row, Unusable):
            plan.unusable.append(row)
            continue
        before = kept.setdefault(row.product, row)
        holder = kept[holders.setdefault(row.number, row.product)]
        if before is not row and before.number == row.number:
            plan.twice += 1
            continue
        for other, what in ((before, PRODUCT), (holder, NUMBER)):
            if other is not row and (other.product, other.number) != (row.product, row.number):
                doubted[row.line] = _other_row(row, what, other)
                doubted.setdefault(other.line, _other_row(other, what, row))
    plan.contradicts += doubted.values()
    yield from (row for row in kept.values() if row.line not in doubted)


def _other_row(row: Row, what: str, other: Row) -> Unusable:
    words = f"Line {other.line} links it to another. Keep the right one of the two."
    return Unusable(row.line, what, words)


def _not_linked(rows: Sequence[Row], store: StoreId, links: Links, plan: LinkPlan) -> Iterator[Row]:
    there = links.get(store, [row.product for row in rows])
    holders = links.holders(store, [row.number for row in rows])
    for row in rows:
        link = there.get(row.product)
        if link is not None and link.is_linked and link.id == row.number:
            # One whose first push is still owed, because somebody died between, is asked for again.
            if link.content_version >= 0:
                plan.already += 1
                continue
        elif refused := _taken(row, link, holders.get(row.number)):
            plan.contradicts.append(refused)
            continue
        yield row


def _taken(row: Row, link: Link | None, holder: PosProductId | None) -> Unusable | None:
    if link is not None and link.is_linked:
        words = f"It is linked to #{link.id}. Unlink it first: tillbridge unlink {row.product}"
        return Unusable(row.line, PRODUCT, words)
    if link is not None and link.status is LinkStatus.CREATING:
        return Unusable(row.line, PRODUCT, being_created(row.product))
    if holder == IMPORTING:
        words = f"#{row.number} is being imported: tillbridge import --id {row.number}"
        return Unusable(row.line, NUMBER, words)
    if holder is not None and holder != row.product:
        words = (
            f"#{row.number} is linked to {holder}. Unlink that first: tillbridge unlink {holder}"
        )
        return Unusable(row.line, NUMBER, words)
    return None


def _compared(rows: Sequence[Row], sides: BothSides, plan: LinkPlan) -> None:
    records = sides.records([row.product for row in rows])
    webs = sides.webs([row.number for row in rows])
    for row in rows:
        record, web = records.get(row.product), webs.get(row.number)
        if record is None or record.deleted:
            words = f"The POS has no product {row.product} any more. Leave the row out."
            plan.gone.append(Unusable(row.line, PRODUCT, words))
        elif web is None:
            words = f"BigCommerce has no product #{row.number} any more. Leave the row out."
            plan.gone.append(Unusable(row.line, NUMBER, words))
        elif why := record.unreadable or web.unreadable:
            plan.unusable.append(Unusable(row.line, "row", f"A side cannot be read: {why}."))
        elif difference := shape_differences(record, web):
            words = f"Their variants differ. {difference} Change one of them."
            plan.contradicts.append(Unusable(row.line, NUMBER, words))
        else:
            plan.to_link.append(row)
