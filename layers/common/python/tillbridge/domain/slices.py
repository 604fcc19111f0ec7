"""One slice of a drain: its turn to write, and what it did: the record that metrics, lists and alarms
read."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tillbridge.domain.call_made import CallMade
from tillbridge.domain.lag_histogram import Histogram, HourLags, LagPath, histogram_of
from tillbridge.domain.order_cursor import OrdersRead

CLOCKS_DIFFER_MS = 250
"""How far the clocks of two hosts of the queue may be apart. Where they differ by more, a signal may
be taken for spent that is not: the sweep finds its store within five minutes."""


@dataclass(frozen=True, slots=True)
class Signal:
    """The message that starts a slice: when it was sent and first received, by the clock of the queue
    (epoch ms); 0 where that is not known."""

    sent_ms: int = 0
    received_ms: int = 0

    def at(self, passed_ms: int) -> int:
        """Return the time of the queue so long after the slice began, or a little earlier: 0 where it is
        not known. No two functions' clocks are compared."""
        return self.received_ms + passed_ms if self.received_ms else 0


def is_spent(sent_ms: int, settled_ms: int) -> bool:
    """Return whether a signal sent then has nothing to tell: the look at all lanes that began at
    `settled_ms`, and after which nothing was left to do, has seen what was marked before the signal.
    Both by the clock of the queue (epoch ms); 0 where not known."""
    return 0 < sent_ms < settled_ms - CLOCKS_DIFFER_MS


@dataclass(frozen=True, slots=True)
class Turn:
    """A slice's turn to write to its store. `busy_until_ms`: another slice has it until then (epoch
    ms); 0 when the turn is ours. `spent`: there is no turn, because the signal has nothing to tell.
    `unsure`: an earlier slice may have sent what it never
    recorded. `killed_ms`: until when one that never ended may have sent it (epoch ms; 0: none).
    `oldest_next`: whose window is next (see `domain/turns.py`). `settled_ms`: when the look began after
    which the slice left nothing to do, by the clock of the queue (epoch ms; 0: it left something).
    `after_ms`: when a slice last began with the lane `after`, of those that gave way one after the other
    (epoch ms; 0: the last did not give way). `hooks_checked_ms`: when the store's webhooks were checked
    last (epoch ms; 0: none is known to be there), `hooks_rearmed_ms`: when some last told nothing. `orders`: how far the web orders are read. `hour`: the lags
    of the running hour. One that was killed leaves these four as the slice before it left them."""

    busy_until_ms: int = 0
    spent: bool = False
    unsure: bool = False
    killed_ms: int = 0
    oldest_next: bool = False
    settled_ms: int = 0
    after_ms: int = 0
    hooks_checked_ms: int = 0
    hooks_rearmed_ms: int = 0
    orders: OrdersRead = field(default_factory=OrdersRead)
    hour: HourLags = field(default_factory=HourLags)


def _unheard(_: CallMade) -> None: ...


@dataclass(slots=True)
class SliceRecord:
    """What a slice did. `heard` is told of each call when it was answered. `calls` counts them by 'METHOD /path/template'; `lags` say how long
    changes took; the other figures count products, `throttled` 429s, `hooks_rearmed` checks that
    found webhooks which told nothing, `hooks_rearmed_again` those within a day of another, `oversold` units that were noticed to be sold twice, `untold`
    events of web orders that the bus did not take."""

    started_ms: int = 0
    ended_ms: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    created: int = 0
    updated: int = 0
    stocked: int = 0
    failed: int = 0
    oversold: int = 0
    untold: int = 0
    lags: dict[LagPath, Histogram] = field(default_factory=dict)
    hooks_rearmed: int = 0
    hooks_rearmed_again: int = 0
    heard: Callable[[CallMade], None] = field(default=_unheard, compare=False, repr=False)

    def add_lag(self, path: LagPath, lag_ms: int) -> None:
        """Add a lag."""
        before = self.lags.get(path, Histogram())
        self.lags[path] = before.plus(histogram_of([lag_ms]))

    @property
    def did_something(self) -> bool:
        """Return whether the slice made calls or got any product further."""
        return bool(self.calls or self.wrote_something)

    @property
    def wrote_something(self) -> bool:
        """Return whether any product got further, if only to a refusal."""
        return bool(self.created or self.updated or self.stocked or self.failed)
