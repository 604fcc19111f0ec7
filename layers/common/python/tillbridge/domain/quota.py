"""The quota gate: when the next call to a store may go out. Pure; times are epoch milliseconds.

BigCommerce gives a store so many calls per window, shared by every app of the store, and says on
every answer how many are left and when the window ends.
"""

from dataclasses import dataclass, replace

RESERVE_PERCENT = 20
"""Left to other apps by work nobody waits for (docs/architecture.md, One writer a store)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer says: calls a window, calls left in it, milliseconds until it ends."""

    quota: int
    left: int
    reset_ms: int
    window_ms: int


@dataclass(frozen=True, slots=True)
class Quota:
    """What is known of the window under way.

    Its end is known only to lie between `ends_from` and `ends_by`: the server looked at its clock
    somewhere between our sending and our reading. `read_from` is when its first answer was read:
    no call that was sent later can belong to a window before. `closed_until` is where a 429 sent
    us.
    """

    quota: int = 0
    left: int = 0
    ends_from: int = 0
    ends_by: int = 0
    read_from: int = 0
    in_flight: int = 0
    closed_until: int = 0

    def sent(self) -> "Quota":
        """Return the gate after a call went out; until its answer nobody knows whether `left`
        counts it."""
        return replace(self, in_flight=self.in_flight + 1)

    def answered(self, reading: Reading | None, *, sent_ms: int, now_ms: int) -> "Quota":
        """Return the gate after a call that was sent at `sent_ms` ended at `now_ms`. `reading` is
        None when its answer was lost or had no quota headers: the store may have counted it all
        the same."""
        done = replace(self, in_flight=max(0, self.in_flight - 1))
        if reading is None:
            return replace(done, left=max(0, self.left - 1))
        return _read(done, reading, sent_ms, now_ms)

    def throttled(self, wait: float, now_ms: int) -> "Quota":
        """Return the gate after a 429: closed for everybody until `wait` seconds from now."""
        return replace(self, closed_until=max(self.closed_until, now_ms + round(wait * 1000)))

    def wait_needed(self, now_ms: int, *, urgent: bool) -> float:
        """Return the seconds until the next call may go out; 0 when nothing is known against it.

        Work that is not urgent leaves the reserve to other apps.
        """
        opens = self.closed_until
        if now_ms < self.ends_by and self._spent(urgent=urgent):
            opens = max(opens, self.ends_by)
        return max(0, opens - now_ms) / 1000

    def _spent(self, *, urgent: bool) -> bool:
        free = self.left - self.in_flight
        return free * 100 <= (0 if urgent else self.quota * RESERVE_PERCENT)


def _read(known: Quota, reading: Reading, sent_ms: int, now_ms: int) -> Quota:
    ends_from, ends_by = _end(reading, sent_ms, now_ms)
    earlier, later = ends_by < known.ends_from, ends_from > known.ends_by
    if now_ms >= known.ends_by or (later and now_ms >= known.ends_from):
        return replace(
            known,
            quota=reading.quota,
            left=reading.left,
            ends_from=ends_from,
            ends_by=ends_by,
            read_from=now_ms,
        )
    if earlier and sent_ms <= known.read_from <= now_ms:
        return known  # an answer from before this window, late
    # The same window: what is left never rises in it, however answers overtake each other.
    same = replace(known, quota=reading.quota, left=min(known.left, reading.left))
    if earlier or later:
        # A window's end does not move: our clock was set, and the known end is in the old time.
        return replace(same, ends_from=ends_from, ends_by=ends_by)
    return replace(
        same, ends_from=max(known.ends_from, ends_from), ends_by=min(known.ends_by, ends_by)
    )


def _end(reading: Reading, sent_ms: int, now_ms: int) -> tuple[int, int]:
    """Return the epoch milliseconds between which the window of a reading ends.

    The bounds hold for what whole milliseconds hide: our clock drops up to one, and so may the
    server, or it may add up to one.
    """
    return sent_ms + reading.reset_ms - 1, now_ms + reading.reset_ms + 2
