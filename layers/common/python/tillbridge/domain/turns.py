"""Whose turn it is: which lane goes next, beside stock, which is looked at before every wave. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tillbridge.domain.lanes import ENTRY, IN_WINDOWS, INTERRUPTING, Lane

WAVES_IN_A_ROW = 3
"""After this many waves that people asked for, one of a window goes."""


@dataclass(slots=True)
class Turns:
    """The turns of one slice. `wave`: how many calls are under way at a time. `oldest_next`: the
    next window goes to the lane whose oldest row is oldest; it alternates from slice to slice."""

    wave: int
    oldest_next: bool = False
    _asked: int = 0
    _last: Lane | None = None
    _window_went: bool = False

    @property
    def window_is_owed(self) -> bool:
        """Return whether people have had so many waves that a window's wave goes first."""
        return self._asked >= WAVES_IN_A_ROW * self.wave

    def went(self, lane: Lane, calls: int = 1) -> None:
        """Note that work of a lane went out."""
        self._asked = self._asked + calls if ENTRY[lane].interrupts else 0
        self._last = lane
        self._window_went = self._window_went or ENTRY[lane].in_windows

    def forgive(self) -> None:
        """Note that no window can go now: what is owed to them is forgotten."""
        self._asked = 0

    def window_ended(self) -> None:
        """Note that a window ended. One of which nothing went out has not had its turn."""
        self.oldest_next = self.oldest_next != self._window_went
        self._window_went = False

    def lanes(self, oldest: Callable[[Lane], int | None]) -> Iterator[Lane]:
        """Yield the lanes in the order in which they are to be tried: the first that has work goes.
        `oldest` returns the order of arrival of a lane's oldest row that is due, or None; it is
        asked only when it decides."""
        people = self._people()
        if self.window_is_owed:
            yield from self._windows(oldest)
            self.forgive()  # whoever asks on found no window
            yield from people
        else:
            yield from people
            yield from self._windows(oldest)

    def _people(self) -> Sequence[Lane]:
        # In turn: hundreds of requests about links must not hold up a push. What one product asks
        # for keeps its order, since a push leaves out the products that requests name.
        if self._last not in INTERRUPTING:
            return INTERRUPTING
        after = INTERRUPTING.index(self._last) + 1
        return INTERRUPTING[after:] + INTERRUPTING[:after]

    def _windows(self, oldest: Callable[[Lane], int | None]) -> Sequence[Lane]:
        # One lane first because a long import must not hold up people's changes, the oldest every
        # second time because a stream of changes must not hold up the import for ever.
        if not self.oldest_next:
            return IN_WINDOWS
        arrived = {lane: order for lane in IN_WINDOWS if (order := oldest(lane)) is not None}
        return sorted(arrived, key=lambda lane: arrived[lane])
