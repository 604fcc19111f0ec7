"""The order in which what happens reaches intake."""

from collections.abc import Iterator
from itertools import count

from tillbridge.domain.pending import arrival
from tillbridge.ports.clock import Clock


def arrivals(clock: Clock) -> Iterator[int]:
    """Yield the orders of what arrives now, one after the other."""
    now = clock.now_ms()
    return (arrival(now, number) for number in count())
