"""What a morning's push cost, and whether ours is within its limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from benches.helpers.results import Figure

LEVELS_A_CALL = 2_000
BATCHES_OF_EVENTS = 2
"""The prices and the levels: each may end with one call that is not full."""

STAGES_S = 10.0
"""What bus, queues, functions and tables may take beside the calls, however many products there are: 2 s on a
quiet machine, 5 on a busy one. Who waits for a window of the quota more (30 s) is above it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run cost: calls, those of them refused with 429, seconds, and products left behind."""

    calls: int
    refused: int
    took: float
    lost: int

    def line(self, name: str) -> str:
        """Return a line of the table."""
        return (
            f"{name:38} calls {self.calls:5}  429 {self.refused:4}  {self.took:6.1f} s  "
            f"lost {self.lost}"
        )


def limits(quota: str, ours: Figures, others: Sequence[Figures], products: int) -> list[Figure]:
    """Return the figures of ours with their limits. `others` are compared where they lose nothing; time is
    compared only under a quota, for without one whoever sends all at once is first."""
    whole = [each for each in others if not each.lost]
    found = [
        Figure(f"quota {quota}: products left behind", ours.lost, 0),
        Figure(f"quota {quota}: calls that met a 429", ours.refused, 0),
        Figure(
            f"quota {quota}: others that lose something", len(others) - len(whole), len(others) - 1
        ),
    ]
    if whole:
        calls = (
            min(each.calls for each in whole) + ceil(products / LEVELS_A_CALL) + BATCHES_OF_EVENTS
        )
        found.append(Figure(f"quota {quota}: calls", ours.calls, calls))
    if whole and quota != "none":
        took = min(each.took for each in whole) + STAGES_S
        found.append(Figure(f"quota {quota}: time", ours.took, took, "s"))
    return found
