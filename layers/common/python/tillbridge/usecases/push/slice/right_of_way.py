"""Who may call the store now: stock alone, all other calls side by side.

Every call that is not stock's passes here, whatever it is a part of: one of a hundred for one product,
a page of a walk, a look after a lost reply. Stock is asked about before it begins (`store_rows.py` says
for how long an answer is good: one wave), and waits only for the calls under way. So a sale waits for one wave of calls at most. What waited for stock then goes
without another look, so that sales, however many, take half of the calls at most
(docs/architecture.md, Lanes)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, get_ident

from tillbridge.domain.errors import ChangeOfCourse


class StockStopped(ChangeOfCourse):
    """A stock call ran into what stops the slice or the store. It has an exception of its own: the
    product whose call let the stock go first is not at fault."""

    def __init__(self, trouble: Exception) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


@dataclass(slots=True)
class RightOfWay:
    """The right of way of one slice. `wave`: how many calls may be under way side by side.
    `is_due` and `push` look at stock and send it; without them nothing waits. `begins` is told of
    each call that begins."""

    wave: int
    is_due: Callable[[], bool] = lambda: False
    push: Callable[[], None] = lambda: None
    begins: Callable[[], None] = lambda: None
    _stock: int | None = None
    _calling: set[int] = field(default_factory=set)
    _owed: int = 0
    _changed: Condition = field(default_factory=Condition)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Hold the right of way for one call, after stock that is due. Raise StockStopped."""
        me = get_ident()
        if self.is_mine() or me in self._calling:
            yield  # a part of stock's work, or of a call that has the right of way already
            return
        if not self._passes(me):
            self._serve(me, begins=True)
        try:
            yield
        finally:
            with self._changed:
                self._calling.discard(me)
                self._owed = 0  # the wave that stock let go has begun to end
                self._changed.notify_all()

    def let_stock_go(self) -> bool:
        """Send stock that is due, between two pages of reading, say. Return whether any was. Raise
        StockStopped."""
        me = get_ident()
        if self.is_mine() or me in self._calling:
            return False
        with self._changed:
            self._changed.wait_for(lambda: self._stock is None)
            self._stock = me
        return self._serve(me, begins=False)

    def is_mine(self) -> bool:
        """Return whether the caller is stock's work."""
        return self._stock == get_ident()

    def _passes(self, me: int) -> bool:
        with self._changed:
            waited = self._stock is not None
            self._changed.wait_for(lambda: self._stock is None)
            if waited or self._owed:
                self._owed = max(0, self._owed - 1)
                self._let_begin(me)
                return True
            self._stock = me
            return False

    def _serve(self, me: int, *, begins: bool) -> bool:
        """Look at stock and send it, as its owner. `begins`: a call of the caller's begins then."""
        went = done = False
        try:
            if self.is_due():
                with self._changed:
                    self._changed.wait_for(lambda: not self._calling)
                self.push()
                went = True
            done = True
        except StockStopped:
            raise
        except Exception as trouble:  # whatever it is, the caller's product is not at fault
            raise StockStopped(trouble) from trouble
        finally:
            with self._changed:
                self._stock = None
                if done and begins:
                    self._let_begin(me)
                elif went:
                    self._owed = self.wave
                self._changed.notify_all()
        return went

    def _let_begin(self, me: int) -> None:
        # Told before anybody else may ask about stock: so no more than a wave goes by one answer.
        self._calling.add(me)
        self.begins()
