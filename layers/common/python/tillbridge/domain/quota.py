"""The quota gate: when the next call to a store may go out. Pure; times are epoch milliseconds.

BigCommerce gives a store a number of calls per window, which all its apps share, and says in every
answer how many are left and when the window ends.
"""

from dataclasses import dataclass, replace

RESERVE_PERCENT = 20
"""The part of the quota that work nobody waits for leaves to other apps
(docs/architecture.md, One writer a store)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer says: calls per window, calls left in this one, milliseconds until it ends,
    and a window's length in milliseconds."""

    quota: int
    left: int
    reset_ms: int
    window_ms: int


@dataclass(frozen=True, slots=True)
class Quota:
    """What is known of the window under way.

    Its end is known only to lie between `ends_from` and `ends_by`: the server looked at its clock
    somewhere between our sending and our reading. `read_from` is when its first answer was read:
    no call that was sent later can belong to an earlier window. Until `closed_until` a 429 keeps
    the gate closed.
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
        """Return the seconds until the next call may go out; 0 when it may go at once.

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
        return known  # a late answer, from before this window
    # The same window: the calls left never rise in it, in whatever order the answers arrive.
    same = replace(known, quota=reading.quota, left=min(known.left, reading.left))
    if earlier or later:
        # A window's end does not move: our clock was set, and the known end is in the old time.
        return replace(same, ends_from=ends_from, ends_by=ends_by)
    return replace(
        same, ends_from=max(known.ends_from, ends_from), ends_by=min(known.ends_by, ends_by)
    )


def _end(reading: Reading, sent_ms: int, now_ms: int) -> tuple[int, int]:
    """Return the earliest and the latest time (epoch ms) at which the window of a reading ends.

    The bounds allow for rounding: our clock drops up to a millisecond, and the server may drop or
    add up to one.
    """
    return sent_ms + reading.reset_ms - 1, now_ms + reading.reset_ms + 2
