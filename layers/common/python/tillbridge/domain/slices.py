"""What one slice of a drain did: the ledger that figures, lists and alarms read."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class SliceRecord:
    """Calls by 'METHOD /path/template'; lags in milliseconds from event to write."""

    started_ms: int = 0
    ended_ms: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    created: int = 0
    updated: int = 0
    stocked: int = 0
    failed: int = 0
    lags_ms: list[int] = field(default_factory=list)

    @property
    def did_something(self) -> bool:
        """Whether it is worth keeping."""
        return bool(self.calls or self.wrote_something)

    @property
    def wrote_something(self) -> bool:
        """Whether any product got further."""
        return bool(self.created or self.updated or self.stocked or self.failed)
