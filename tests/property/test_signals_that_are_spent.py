"""Whatever is marked, signalled, delivered, delayed and doubled in whatever order: nothing that is due
stays when every signal was delivered."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import a_product, some_stock
from tests.signal_queue import SignalQueue
from tests.unit.usecases.meanwhile import BusyStore
from tests.world import World
from tillbridge.domain.slices import CLOCKS_DIFFER_MS

OFF_MS = CLOCKS_DIFFER_MS // 2
STEPS = st.one_of(
    st.tuples(st.just("mark"), st.integers(0, 2)),
    st.tuples(st.just("send"), st.integers(-OFF_MS, OFF_MS)),
    st.tuples(st.just("wait"), st.integers(1, 3 * CLOCKS_DIFFER_MS)),
    st.tuples(st.just("deliver"), st.integers(0, 9)),
)
PRODUCTS = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(3)]


class Bus:
    """Plays steps: marks, and the signals that follow them."""

    def __init__(self, ahead_ms: int) -> None:
        self.web = BusyStore()
        self.world = World(web=self.web)
        self.world.linked(*PRODUCTS)
        self.queue = SignalQueue(self.world, ahead_ms)
        self.version = 10
        self.unsent = 0

    def play_all(self, steps: list[tuple[str, int]]) -> None:
        """Do steps, one after the other."""
        for step in steps:
            self.play(step)

    def play(self, step: tuple[str, int]) -> None:
        """Do one step; a delivery takes time, like a function that starts."""
        what, how = step
        if what == "mark":
            self.version += 1
            changed: dict[str, Any] = {"version": self.version}
            if self.version % 2:
                sold = replace(PRODUCTS[how], stock=(some_stock(self.version),), **changed)
                self.world.happens("sale.completed", sold)
            else:
                saved = replace(PRODUCTS[how], price=Decimal(self.version), **changed)
                self.world.happens("product.saved", saved)
            self.unsent += 1
        elif what == "send" and self.unsent:
            self.unsent -= 1
            self.queue.send(how)
        elif what == "wait":
            self.world.clock.advance(how / 1_000)
        elif what == "deliver" and self.queue.sent:
            place = how % len(self.queue.sent)
            self.queue.deliver(place, lambda: self.world.clock.advance(0.02))


@given(
    st.lists(STEPS, max_size=25),
    st.lists(STEPS.filter(lambda step: step[0] != "deliver"), max_size=6),
    st.integers(-(10**7), 10**7),
)
@example(
    [("mark", 1), ("send", 0), ("deliver", 0)], [("mark", 2), ("send", -OFF_MS)], 0
)  # stamped by a slow clock
def test_nothing_that_is_due_stays_when_every_signal_was_delivered(
    steps: list[tuple[str, int]], meanwhile: list[tuple[str, int]], ahead_ms: int
) -> None:
    bus = Bus(ahead_ms)
    bus.web.during("update_products", lambda: bus.play_all(meanwhile))
    bus.play_all(steps)
    while True:
        while bus.unsent:
            bus.play(("send", OFF_MS))
        left = [p for p in range(len(bus.queue.sent)) if p not in bus.queue.received]
        if not left:
            break
        bus.play(("wait", 50))
        bus.play(("deliver", left[0]))
    now = bus.world.clock.now_ms()
    assert [row for row in bus.world.pending.rows if row.not_before_ms <= now] == []
