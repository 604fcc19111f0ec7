"""The POS view and the Web view as commands show them: pages of the lists that the console shows, too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cli.cannot_run import CannotRun
from cli.deployment.target import Target
from cli.shapes.products import ListedProduct
from cli.sides.promised import open_orders, promised
from cli.sides.view_choices import Side, Status
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.ports.order_book import OpenOrder
from tillbridge.usecases.console.list_products import LISTED, Listed, Shown, list_products

A_READ = 100
"""The most rows that one page of a list reads."""


@dataclass(frozen=True, slots=True)
class Page:
    """Products in the order of their names, and the place that the next page follows; "" at the end. `compared`:
    whether both sides were ever compared; before that a list has only what was pushed or told of."""

    rows: list[ListedProduct]
    after: str = ""
    compared: bool = True


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a list is asked for."""

    target: Target
    store: StoreId
    side: Side
    text: str
    status: Status | None

    @property
    def stores(self) -> Any:
        return self.target.stores

    @property
    def listing(self) -> Any:
        return self.target.listing

    @property
    def views(self) -> Any:
        return self.target.read_model

    @property
    def pending(self) -> Any:
        return self.target.pending

    def read(self, after: str, limit: int, lane: Lane | None) -> Listed:
        """Return a page of a list. Raise CannotRun for a place that is not in it."""
        state = RowState(self.status.value.replace("-", "_")) if self.status and not lane else None
        question = Question(self.text, state)
        try:
            return list_products(
                self, self.store, self.side, question, after=after, limit=limit, lane=lane
            )
        except BadCursor as bad:
            raise CannotRun(
                "--after takes what the page before said, with the same side, status and text."
            ) from bad


def page(
    target: Target,
    store: StoreId,
    side: Side,
    *,
    text: str = "",
    status: Status | None = None,
    limit: int | None = None,
    after: str = "",
) -> Page:
    """Return a page of matching products: `limit` of them, or as many as are left. Raise CannotRun for a place
    that is not in this list."""
    asked = _Asked(target, store, side, text, status)
    opened = open_orders(target, store)
    rows: list[ListedProduct] = []
    while True:
        left = A_READ if limit is None else min(A_READ, limit - len(rows))
        found, after, compared = _read(asked, after, left)
        rows += _told(asked, found, opened)
        if not after or len(rows) == limit:
            return Page(rows, after, compared)


def row_of(shown: Shown, promised: str = "") -> ListedProduct:
    """Return a product as both views show it. `promised`: what the web has been promised of it, in words."""
    row = shown.row
    web = row.side == Side.WEB
    linked = row.other if web else row.state not in (RowState.NOT_LINKED, RowState.LEFT_OUT)
    number, product = (row.id, row.other) if web else (row.other, row.id)
    return {
        "id": row.id,
        "name": row.name,
        "sku": row.sku,
        "product_number": row.product_number,
        "price": row.price,
        "stock": row.stock,
        "image": row.image,
        "status": _status(shown).value,
        "bigcommerce_id": int(number) if number and (web or linked) else None,
        "pos_id": product if product and (linked or not web) else None,
        "code": row.code,
        "words": list(filter(None, (row.words, _way_out(row), *row.notes, promised))),
    }


def _way_out(row: ViewRow) -> str:
    """Return the command for a product whose name or SKU another one online has; '' for any other."""
    return (
        f"`tillbridge link {row.id}` links it to #{row.holder}."
        if row.holder and row.side == Side.POS
        else ""
    )


def _read(asked: _Asked, after: str, limit: int) -> tuple[list[Shown], str, bool]:
    """Return products of one read, where to read on, and whether both sides were ever compared. What waits lies in
    lanes, one after the other."""
    if asked.status is not Status.PENDING:
        found = asked.read(after, limit, None)
        # Of what waits, neither view says how it stood before.
        shown = [e for e in found.rows if asked.status in (None, _status(e))]
        return shown, found.after, found.compared_ms > 0
    name, _, place = after.partition(".")
    lanes = [lane.value for lane in LISTED]
    if name and name not in lanes:
        raise CannotRun("--after takes what the page before said.")
    lane = Lane(name or lanes[0])
    found = asked.read(place, limit, lane)
    later = lanes[lanes.index(lane.value) + 1 :]
    behind = f"{lane.value}.{found.after}" if found.after else f"{later[0]}." if later else ""
    return list(_once(asked, lane, found)), behind, found.compared_ms > 0


def _once(asked: _Asked, lane: Lane, found: Listed) -> Iterator[Shown]:
    # One that waits in a lane that was read before was shown with it.
    earlier = LISTED[: LISTED.index(lane)]
    ids = [_product(shown.row) for shown in found.rows]
    rows = asked.pending.of_lanes(asked.store, earlier, ids) if earlier and ids else ()
    before = {row.product for row in rows}
    return (each for each in found.rows if _product(each.row) not in before)


def _told(
    asked: _Asked, found: Sequence[Shown], opened: Sequence[OpenOrder]
) -> Iterator[ListedProduct]:
    words: Mapping[PosProductId, str] = {}
    if opened and found:
        ids = [_product(shown.row) for shown in found]
        words = promised(
            asked.target, asked.store, opened, asked.target.links.get(asked.store, ids)
        )
    return (row_of(shown, words.get(_product(shown.row), "")) for shown in found)


def _product(row: ViewRow) -> PosProductId:
    return PosProductId(row.other if row.side == Side.WEB else row.id)


def _status(shown: Shown) -> Status:
    if shown.waiting is not None:
        return Status.PENDING
    return Status(shown.row.state.value.replace("_", "-"))
