"""The quota gate against a simulated store: we never cause a 429, and never get stuck."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.quota import Quota, Reading

WINDOW_MS = 30_000
WINDOW_US = WINDOW_MS * 1_000
type Delays = list[tuple[int, int]]


@dataclass
class Simulation:
    """A store with a fixed grid of windows, and calls that travel there and back at any pace.

    Time and `delays` (there, back) are microseconds, but the gate sees whole milliseconds: our
    clock is cut, and the time in the header is cut or, with `rounds_up`, rounded up. Windows turn
    `phase` microseconds before whole milliseconds of our clock.
    """

    quota: int
    in_flight: int
    urgent: bool
    delays: Delays
    rounds_up: bool
    phase: int
    now: int
    gate: Quota = field(default_factory=Quota)
    used: Counter[int] = field(default_factory=Counter)

    def run(self) -> None:
        """Send every call as soon as the gate and the number in flight allow it."""
        events: list[tuple[int, int, str, int, Reading | None]] = []
        under_way, number, waiting = 0, 0, list(self.delays)
        while waiting or events:
            wait = self.gate.wait_needed(self._now_ms(), urgent=self.urgent)
            if waiting and under_way < self.in_flight and wait == 0:
                there, _ = waiting.pop(0)
                self.gate = self.gate.sent()
                under_way, number = under_way + 1, number + 1
                heapq.heappush(events, (self.now + there, number, "there", self._now_ms(), None))
                continue
            opens = None
            if waiting and under_way < self.in_flight:
                opens = (self._now_ms() + round(wait * 1_000)) * 1_000
            if opens is not None and (not events or opens <= events[0][0]):
                self.now = opens
                continue
            self.now, which, place, sent, reading = heapq.heappop(events)
            if place == "there":
                back = self.delays[which - 1][1]
                heapq.heappush(events, (self.now + back, which, "back", sent, self._handle()))
            else:
                self.gate = self.gate.answered(reading, sent_ms=sent, now_ms=self._now_ms())
                under_way -= 1
                assert self._a_window_ends(self.gate.ends_from, self.gate.ends_by)

    def _now_ms(self) -> int:
        return self.now // 1_000

    def _a_window_ends(self, from_ms: int, by_ms: int) -> bool:
        first, last = (self._window(ms * 1_000)[0] for ms in (from_ms, by_ms))
        return first < last

    def _window(self, at_us: int) -> tuple[int, int]:
        """Return the window's number, and how long it has been under way."""
        return divmod(at_us + self.phase, WINDOW_US)

    def _handle(self) -> Reading:
        window, gone = self._window(self.now)
        self.used[window] += 1
        left = max(0, self.quota - self.used[window])
        reset_us = WINDOW_US - gone
        reset_ms = ceil(reset_us / 1_000) if self.rounds_up else reset_us // 1_000
        return Reading(self.quota, left, reset_ms, WINDOW_MS)


def simulations(
    quotas: st.SearchStrategy[int], delays: st.SearchStrategy[Delays], *, urgent: bool
) -> st.SearchStrategy[Simulation]:
    """Return simulations of any number in flight, in step with the store's clock or not."""
    return st.builds(
        Simulation,
        quota=quotas,
        in_flight=st.integers(1, 3),
        urgent=st.just(urgent),
        delays=delays,
        rounds_up=st.booleans(),
        phase=st.integers(0, 999),
        now=st.integers(0, WINDOW_US),
    )


def delays(most_us: int, *, at_least: int = 1, at_most: int = 120) -> st.SearchStrategy[Delays]:
    """Return the delays of calls that take up to `most_us` each way."""
    way = st.integers(0, most_us)
    return st.lists(st.tuples(way, way), min_size=at_least, max_size=at_most)


FAR = delays(3_000_000)
NEAR = delays(1_500, at_least=20)
"""Generate calls that take about as long as our clock's tick."""


@given(simulations(st.integers(20, 60), FAR | NEAR, urgent=False))
def test_a_fifth_of_every_window_is_left_to_others(simulation: Simulation) -> None:
    simulation.run()
    assert sum(simulation.used.values()) == len(simulation.delays)
    assert max(simulation.used.values()) <= ceil(simulation.quota * 0.8)


@given(simulations(st.integers(4, 40), FAR | NEAR, urgent=True))
def test_urgent_work_never_gets_a_429_either(simulation: Simulation) -> None:
    simulation.run()
    assert max(simulation.used.values()) <= simulation.quota


@given(simulations(st.integers(20, 60), delays(50_000, at_least=120, at_most=200), urgent=False))
def test_the_gate_uses_what_it_may_of_each_window(simulation: Simulation) -> None:
    simulation.run()
    whole_windows = sorted(simulation.used)[1:-1]
    least = simulation.quota * 0.8 - simulation.in_flight
    assert all(simulation.used[window] >= least for window in whole_windows)
