"""The pending rows of a slice's store: which lanes have work, and what is left of the rows that the
slice took in hand.

One request looks at all lanes. Its answer is used for HEADS_MS, and for one wave of calls: so stock is
looked at once a wave, and a sale waits for one wave at most. What the slice does to rows itself is
added to that answer, since all of it goes through here. The rows of a short lane come with the look, and are
used once, unless the slice wrote rows of that lane since or has others in hand.

So a drain needs no last look. It has ended when every lane that the look found has been read to its
end, and every row it read is cleared or postponed. A mark that another function made since the look
was followed by that function's own signal, which starts the next drain; a mark of the slice's own is
known here, and its lane is read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, PendingRow
from tillbridge.ports.clock import Clock
from tillbridge.ports.pending import PendingRows

HEADS_MS = 100
"""How long the answer of a look at all lanes is used: less than one call to BigCommerce takes. While a
window is read and planned nothing else bounds what a sale waits; a lone change needs no second look."""


@dataclass(slots=True)
class StoreRows:
    """The rows of one store. `wave`: how many calls may begin after one look. Tasks in flight share
    it. `ending`: what is written of rows before they are deleted."""

    store: StoreId
    pending: PendingRows
    clock: Clock
    wave: int
    ending: Callable[[Sequence[PendingRow]], None] = lambda _: None
    _heads: dict[Lane, int] = field(default_factory=dict)
    _looked_ms: int | None = None
    _seen_ms: int = 0
    _begun: int = 0
    _in_hand: dict[tuple[Lane, str], PendingRow] = field(default_factory=dict)
    _marked: dict[Lane, int] = field(default_factory=dict)
    _whole: dict[Lane, Sequence[PendingRow]] = field(default_factory=dict)
    _more: set[Lane] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def oldest(self, lane: Lane) -> int | None:
        """Return the order of arrival of a lane's oldest row that is due, None when it has none."""
        with self._lock:
            if not self._is_fresh():
                self._look()
            return self._heads.get(lane)

    def wait(self, lane: Lane) -> bool:
        """Return whether a lane has rows that are due."""
        return self.oldest(lane) is not None

    def call_begins(self) -> None:
        """Note that a call begins: after a wave of them the lanes are looked at again."""
        with self._lock:
            self._begun += 1

    def next_turn(self) -> bool:
        """Return whether anything may be left to do. Called between two turns, when no work is under
        way: rows that are still in hand then are due again."""
        with self._lock:
            if self._in_hand or self._more:
                self._in_hand.clear()
                self._more.clear()
                self._looked_ms = None
            return self._looked_ms is None or bool(self._heads)

    @property
    def settled_ms(self) -> int:
        """When the look began after which nothing was left to do (epoch ms); 0 when something is, or
        may be."""
        with self._lock:
            left = self._in_hand or self._more or self._heads
            return 0 if left or self._looked_ms is None else self._seen_ms

    def answered(self, *, left: bool) -> None:
        """Note that a request about links was looked for: whether others may be left."""
        with self._lock:
            if left:
                self._more.add(Lane.LINKS)
            else:
                self._heads.pop(Lane.LINKS, None)

    def due(self, lane: Lane, limit: int) -> Sequence[PendingRow]:
        """Take up to `limit` rows of a lane in hand that may be worked on now, in the lane's order."""
        with self._lock:
            rows = self._whole.pop(lane, None) if self._is_fresh() else None
            if rows is None or len(rows) >= limit:
                rows = self.pending.due(self.store, lane, self.clock.now_ms(), limit)
            self._in_hand.update({(lane, row.product): row for row in rows})
            if len(rows) < limit:
                self._heads.pop(lane, None)
                self._marked.pop(lane, None)
                self._more.discard(lane)
            else:
                self._more.add(lane)
            return rows

    def of(self, lanes: Sequence[Lane], products: Sequence[PosProductId]) -> Sequence[PendingRow]:
        """Return the rows of these products in these lanes, due or not, in one request for a hundred."""
        return self.pending.of_lanes(self.store, lanes, products) if lanes and products else ()

    def mark(self, changes: Iterable[Change]) -> None:
        """Mark products of this store; their lanes are read before the drain ends."""
        marked = list(changes)
        try:
            with self._writing(marked):
                self.pending.mark(marked)
        finally:
            # After the write: a look or a read that holds the lock meanwhile may not have seen it.
            with self._lock:
                for change in marked:
                    first = self._marked.get(change.lane, change.order)
                    self._marked[change.lane] = min(first, change.order)
                self._heads |= self._marked

    def clear(self, rows: Iterable[PendingRow]) -> None:
        """Delete rows whose work is done, but for those that were marked since."""
        done = list(rows)
        self.ending(done)
        with self._writing(done):
            self.pending.clear(done)
        self._let_go(done)

    def postpone(self, rows: Iterable[PendingRow]) -> None:
        """Write what rows wait for, and until when."""
        waiting = list(rows)
        with self._writing(waiting):
            self.pending.postpone(waiting)
        self._let_go(waiting)

    def doubt(self, rows: Iterable[PendingRow]) -> None:
        """Make rows unsure; they stay as due as they are."""
        doubted = list(rows)
        with self._writing(doubted):
            self.pending.doubt(doubted)

    def _let_go(self, rows: Iterable[PendingRow]) -> None:
        with self._lock:
            for row in rows:
                self._in_hand.pop((row.lane, row.product), None)

    @contextmanager
    def _writing(self, what: Iterable[PendingRow | Change]) -> Iterator[None]:
        # What a look saw of a lane before a write to it has ended is not what is there.
        lanes = {each.lane for each in what}
        self._forget(lanes)
        try:
            yield
        finally:
            self._forget(lanes)

    def _forget(self, lanes: Iterable[Lane]) -> None:
        with self._lock:
            for lane in lanes:
                self._whole.pop(lane, None)

    def _is_fresh(self) -> bool:
        if self._looked_ms is None or self._begun >= self.wave:
            return False
        return self.clock.now_ms() - self._looked_ms < HEADS_MS

    def _look(self) -> None:
        began_ms = self.clock.now_ms()
        # While a window is under way most looks would bring rows of its own long lane, to no use.
        look = self.pending.look(self.store, began_ms, with_rows=not self._in_hand)
        heads, self._whole = dict(look.oldest), dict(look.whole)
        if self._in_hand:
            # A lane of which rows are in hand shows those. It was read to its end, or is read again.
            for lane, _ in self._in_hand:
                heads.pop(lane, None)
                self._whole.pop(lane, None)
            heads |= self._marked
        else:
            self._marked.clear()
            self._seen_ms = began_ms
        self._heads, self._looked_ms, self._begun = heads, began_ms, 0
