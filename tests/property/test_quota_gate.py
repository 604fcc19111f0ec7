"""The quota gate against a simulated store: never a 429 of our own, and never stuck."""

import heapq
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.quota import Quota, Reading

WINDOW = 30_000


@dataclass
class Simulation:
    """A store with a fixed grid of windows, and calls that travel there and back at any pace."""

    quota: int
    in_flight: int
    urgent: bool
    delays: list[tuple[int, int]]
    gate: Quota = field(default_factory=Quota)
    used: Counter[int] = field(default_factory=Counter)
    now: int = 12_345

    def run(self) -> None:
        """Sends every call as soon as the gate and the number in flight allow it."""
        events: list[tuple[int, int, str, int, Reading | None]] = []
        under_way, number, waiting = 0, 0, list(self.delays)
        while waiting or events:
            wait = self.gate.wait_needed(self.now, urgent=self.urgent)
            if waiting and under_way < self.in_flight and wait == 0:
                there, back = waiting.pop(0)
                self.gate = self.gate.sent()
                under_way, number = under_way + 1, number + 1
                heapq.heappush(events, (self.now + there, number, "there", self.now, None))
                self.delays[number - 1] = (there, back)
                continue
            opens = (
                self.now + round(wait * 1000) if waiting and under_way < self.in_flight else None
            )
            if opens is not None and (not events or opens <= events[0][0]):
                self.now = opens
                continue
            self.now, which, place, sent, reading = heapq.heappop(events)
            if place == "there":
                back = self.delays[which - 1][1]
                heapq.heappush(events, (self.now + back, which, "back", sent, self._handle()))
            else:
                self.gate = self.gate.answered(reading, sent_ms=sent, now_ms=self.now)
                under_way -= 1

    def _handle(self) -> Reading:
        window = self.now // WINDOW
        self.used[window] += 1
        left = max(0, self.quota - self.used[window])
        return Reading(self.quota, left, WINDOW - self.now % WINDOW, WINDOW)


delays = st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 3_000)), min_size=1, max_size=120)


@given(st.integers(20, 60), st.integers(1, 3), delays)
def test_a_fifth_of_every_window_is_left_to_others(
    quota: int, in_flight: int, delays: list[tuple[int, int]]
) -> None:
    simulation = Simulation(quota, in_flight, False, delays)
    simulation.run()
    assert sum(simulation.used.values()) == len(delays)
    assert max(simulation.used.values()) <= quota * 0.8 + in_flight


@given(st.integers(4, 40), st.integers(1, 3), delays)
def test_urgent_work_never_gets_a_429_either(
    quota: int, in_flight: int, delays: list[tuple[int, int]]
) -> None:
    simulation = Simulation(quota, in_flight, True, delays)
    simulation.run()
    assert max(simulation.used.values()) <= quota


@given(
    st.integers(20, 60),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=120, max_size=200),
)
def test_the_gate_uses_what_it_may_of_each_window(
    quota: int, delays: list[tuple[int, int]]
) -> None:
    simulation = Simulation(quota, 3, False, delays)
    simulation.run()
    whole_windows = sorted(simulation.used)[1:-1]
    assert all(simulation.used[window] >= quota * 0.8 - 3 for window in whole_windows)
