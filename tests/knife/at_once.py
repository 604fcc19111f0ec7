"""Drains that run at the same time."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.knife.end_state import end_state
from tests.knife.loop import Outcome, Story, difference, settle
from tests.world import World
from tillbridge.usecases.store_work import work_on_store

SWITCHES_S = (0.005, 0.00001)
"""How long a thread runs before the next one may: as usual, and as on a loaded machine."""


def at_once(*worlds: World, latency: float = 0.003) -> None:
    """Run one drain for each world named, side by side; one that is named twice is drained
    twice."""
    for world in worlds:
        world.web.script.latency = latency
    with ThreadPoolExecutor(len(worlds)) as pool:
        drains = [pool.submit(work_on_store, w.connection.store, w.deps) for w in worlds]
    for drain in drains:
        drain.result()
    for world in worlds:
        world.web.script.latency = 0


def play_at_once(story: Story, rounds: int = 50) -> Outcome:
    """Drain one store with two real threads, `rounds` times for each of SWITCHES_S. Each round must
    end as one drain does, and no calls may have run side by side that BigCommerce does not allow
    to."""
    calm = story()
    settle(calm)
    expected = end_state(calm)
    outcome = Outcome(rounds * len(SWITCHES_S))
    for seconds in SWITCHES_S:
        with _switching(seconds):
            for number in range(rounds):
                world = story()
                at_once(world, world, latency=0.0005)
                settle(world)
                outcome.ended += 1
                found = end_state(world)
                wrong = [difference(found, expected)] if found != expected else []
                for words in [*wrong, *world.web.violations[:1]]:
                    outcome.differing.append(f"round {number}, {seconds} s: {words}")
                    break
    return outcome


@contextmanager
def _switching(seconds: float) -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
