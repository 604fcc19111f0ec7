"""When a look is believed, and when to look for a write that may come late. Pure; all times are epoch
milliseconds."""

from tillbridge.domain.waiting import LATE_MS, LOOK_AGAIN_MS, SECOND_LOOK_MS


def second_look_ms(first_ms: int) -> int:
    """Return from when on a look confirms what the one at `first_ms` saw: that something is wrong,
    or gone. One look alone is never believed, since a push may be under way and lists lag."""
    return first_ms + SECOND_LOOK_MS


def confirmed(first_ms: int, now_ms: int) -> bool:
    """Return whether a look now confirms what was first seen at `first_ms` (0: never before)."""
    return first_ms > 0 and now_ms >= second_look_ms(first_ms)


def next_look_ms(lost_ms: int, now_ms: int) -> int | None:
    """Return when to look for a write whose answer was lost at `lost_ms`: a minute later, and again
    when it can come no more; None once both are over."""
    return next((at for at in (lost_ms + LOOK_AGAIN_MS, lost_ms + LATE_MS) if at > now_ms), None)


def busy_again_ms(lost_ms: int, now_ms: int) -> int:
    """Return when to look again at a product that other work still waits for: later each time, after
    a minute at least and 15 at most."""
    return now_ms + min(LATE_MS, max(LOOK_AGAIN_MS, (now_ms - lost_ms) // 2))
