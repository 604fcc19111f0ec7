"""What the list of stores tells of a run of reconcile that ended, so that nobody reads the run for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run that ended: when (epoch ms), whether it was of every product, whether its repairs wait for a person,
    how many products it compared, how many findings are drift and how many products were pushed anew."""

    id: str
    ended_ms: int
    full: bool = False
    waits: bool = False
    compared: int = 0
    drift: int = 0
    repaired: int = 0
