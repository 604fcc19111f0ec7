"""Whatever the web, the till and the killer do in whatever order: no level is ever written above what may be
sold, and when it is quiet both sides agree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import STORE
from tests.examples import examples
from tests.knife.knife import Kill, Knife, under
from tests.knife.loop import settle
from tests.knife.orders import MUG, VASE, Sold, a_mug, a_vase
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.web_orders.shown import OrderStatus, WebOrder
from tillbridge.ports.store_api import StockItem
from tillbridge.usecases.store_work import work_on_store

MADE = {MUG: a_mug, VASE: a_vase}
PRODUCTS = st.sampled_from([MUG, VASE])
FEW = st.integers(1, 3)

ORDERED = st.tuples(st.just("order"), PRODUCTS, FEW, st.booleans(), st.booleans())
CANCELLED = st.tuples(st.just("cancel"), st.integers(0, 3))
EDITED = st.tuples(st.just("edit"), st.integers(0, 3), st.integers(0, 4))
MOVED = st.tuples(st.just("till"), PRODUCTS, st.integers(-3, 5))
DRAINED = st.tuples(st.just("drain"), st.none() | st.integers(1, 60))
WAITED = st.tuples(st.just("wait"), st.sampled_from([3, 11, 31, 300]))


class Day:
    """A day, and a referee that counts for itself."""

    def __init__(self) -> None:
        self.world = Sold(WebOrderMode.LEDGER)
        self.on_hand = {MUG: 10, VASE: 5}
        self.versions = dict.fromkeys(MADE, 1)
        self.placed: list[WebOrder] = []
        self.reoffered: list[tuple[StockItem, int]] = []
        set_stock = self.world.web.set_stock

        def judged(items: Sequence[StockItem]) -> None:
            most = {self.world.number(each): units for each, units in self.may_sell.items()}
            # Told afterwards: raised here, it would be a fault of its product, and be tried again.
            self.reoffered += [
                (item, most[item.product])
                for item in items
                if item.product is not None and item.level > most[item.product]
            ]
            set_stock(items)

        self.world.web.set_stock = judged  # type: ignore[method-assign]

    @property
    def may_sell(self) -> Mapping[PosProductId, int]:
        """Return what is left of each product: no order is booked in the POS today."""
        sold = dict.fromkeys(MADE, 0)
        for number in range(1, len(self.placed) + 1):
            order = self.world.web.web_orders.orders[self.placed[number - 1].id]
            if order.status != OrderStatus.CANCELLED:
                for line in order.lines:
                    product = next(p for p in MADE if self.world.number(p) == line.product)
                    sold[product] += line.quantity
        return {each: max(0, self.on_hand[each] - sold[each]) for each in MADE}

    def happens(self, what: str, *how: Any) -> None:
        """Play one thing."""
        getattr(self, f"_{what}")(*how)

    def _order(self, product: PosProductId, units: int, taken: bool, hooked: bool) -> None:
        number = len(self.placed) + 1
        self.placed.append(self.world.orders(number, {product: units}, taken=taken))
        if not hooked:
            self.world.pending.clear(
                row for row in self.world.pending.rows if row.product == str(number)
            )

    def _cancel(self, place: int) -> None:
        if place < len(self.placed):
            self.world.changes_order(place + 1, status=OrderStatus.CANCELLED)

    def _edit(self, place: int, units: int) -> None:
        if place < len(self.placed):
            order = self.world.web.web_orders.orders[self.placed[place].id]
            lines = tuple(replace(line, quantity=units) for line in order.lines)
            self.world.changes_order(place + 1, lines=lines)

    def _till(self, product: PosProductId, units: int) -> None:
        self.on_hand[product] += units
        self.versions[product] += 1
        record = MADE[product](self.on_hand[product], self.versions[product])
        self.world.happens("stock_adjustment.completed", record)

    def _drain(self, point: int | None) -> None:
        # What happened since the last reading is more than two seconds ago.
        self.world.clock.advance(3)
        try:
            work_on_store(STORE, under(Knife(point), self.world.deps))
        except Kill:
            self.world.clock.advance(66)

    def _wait(self, seconds: int) -> None:
        self.world.clock.advance(seconds)


@given(st.lists(ORDERED | CANCELLED | EDITED | MOVED | DRAINED | WAITED, min_size=8, max_size=20))
@settings(max_examples=examples(100), deadline=None)
def test_nothing_is_offered_again_and_at_rest_both_sides_agree(
    steps: list[tuple[Any, ...]],
) -> None:
    day = Day()
    for step in steps:
        day.happens(*step)
    day.world.clock.advance(300)
    settle(day.world)
    assert day.reoffered == [], "units that the web has sold"
    for product, units in day.may_sell.items():
        shown = day.world.web.records.products[day.world.number(product)].levels[1]
        assert shown == units
