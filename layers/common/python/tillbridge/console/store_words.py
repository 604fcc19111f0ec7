"""What the pages say of a store as a whole: how it is, what waits, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillbridge.console.words import Status
from tillbridge.domain.backlog import Backlog, LaneBacklog, is_paused_long
from tillbridge.domain.causes import Cause, Whose
from tillbridge.domain.connection import Connection, Pause
from tillbridge.domain.health import STALE_MS, Freshness, Health, HourTold, oldest_ms
from tillbridge.domain.lag_histogram import HOUR_MS
from tillbridge.domain.lag_words import in_words
from tillbridge.domain.lanes import ENTRY, TOLD_ALWAYS, Lane
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import RowState
from tillbridge.usecases.console.overview import Card, Overview

_LOOKS: Mapping[Health, tuple[str, str]] = {
    Health.UNREADABLE: ("triangle", "bad"),
    Health.NEEDS_ATTENTION: ("triangle", "warn"),
    Health.PAUSED: ("pause", "warn"),
    Health.HELD: ("clock", "warn"),
    Health.BEHIND: ("clock", "warn"),
    Health.NEW: ("ring", "soft"),
    Health.UNKNOWN: ("info", "soft"),
    Health.QUIET: ("tick", "ok"),
    Health.HEALTHY: ("tick", "ok"),
}

WHOSE: Mapping[Whose, tuple[str, str]] = {
    Whose.YOURS: ("Yours to decide", "Each waits until somebody does something about it"),
    Whose.OURS: ("Tillbridge is on it", "Nobody has to do anything; it is tried again and again"),
    Whose.NOBODYS: ("Left alone on purpose", "Nothing is wrong; they can be had all the same"),
}


_VENDORS: Mapping[PosKind, str] = {PosKind.LIGHTSPEED_X: "Lightspeed Retail (X-Series)"}
"""What a vendor's POS is called; one that keeps our contract is known by its address."""


def pos_words(account: PosAccount) -> str:
    """Return a POS as people read it: what it is, whose, and where; its address alone where it keeps our contract."""
    named = (
        _VENDORS.get(account.kind, ""),
        account.facts.get("name", "") if account.kind in _VENDORS else "",
    )
    return ", ".join([*filter(None, named), account.address])


_WEB_STANDS_STILL = "The web shop still has the prices and levels of then; nothing is sent until a person resumes it."


@dataclass(frozen=True, slots=True)
class Told:
    """How a store is: its status, a sentence with the one part of it that counts, and what stands below."""

    status: Status
    before: str
    strong: str = ""
    after: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button: what it says, its icon, and what is asked for."""

    words: str
    icon: str
    do: Do


def told_of(seen: Overview | Card, now_ms: int, swept_ms: int = 0) -> Told:
    """Return how a store is, in words. Of a card `freshness` is that of the running hour."""
    status = status_of(seen.health)
    fresh = seen.freshness
    when = "this hour" if isinstance(seen, Card) else "in the last 24 hours"
    connection = seen.figures.connection if seen.figures else None
    if seen.health is Health.HEALTHY and fresh is not None:
        strong = in_words(fresh.half_ms / 1_000)
        detail = arrived(fresh, when, now_ms)
        return Told(status, "The web shows what the till knew ", strong, " ago.", detail)
    if seen.health is Health.BEHIND and seen.figures and seen.figures.entry:
        waited = swept_ms - oldest_ms(seen.figures.entry.backlog or {})
        detail = arrived(fresh, when, now_ms) if fresh else ""
        return Told(status, "The oldest change has waited ", in_words(waited / 1_000), ".", detail)
    detail = arrived(fresh, when, now_ms) if fresh else ""
    return Told(status, _sentence(seen.health, connection, now_ms, when), detail=detail)


def status_of(health: Health) -> Status:
    """Return a health with its icon and look."""
    icon, look = _LOOKS[health]
    return Status(health.words, icon, look)


def _sentence(health: Health, connection: Connection | None, now_ms: int, when: str) -> str:
    match health:
        case Health.NEEDS_ATTENTION:
            return connection.attention_words if connection else ""
        case Health.PAUSED if connection is not None and is_paused_long(connection, now_ms):
            return f"{paused_for(connection.pause, now_ms)} {_WEB_STANDS_STILL}"
        case Health.PAUSED:
            return "Nothing is sent until a person resumes it; what changes meanwhile waits."
        case Health.HELD if connection is not None:
            wait = in_words((connection.not_before_ms - now_ms) / 1_000)
            times = "once" if connection.failures == 1 else f"{connection.failures} times in a row"
            return f"Calls failed {times}. Nothing is lost; Tillbridge tries again in {wait}."
        case Health.NEW:
            return "Nothing was compared yet, and nothing has gone to the web."
        case Health.QUIET:
            return f"Nothing went to the web {when}: nothing changed."
        case Health.UNKNOWN:
            return "How fresh the web is cannot be read just now. Open the page again in a minute."
        case _:
            return "What is stored of this store cannot be read. Connect it again with the command line."


def paused_for(pause: Pause, now_ms: int) -> str:
    """Return how long a store has been paused, as a sentence."""
    if not pause.since_ms:
        return "It has been paused since nobody knows when."
    return f"It has been paused for {in_words((now_ms - pause.since_ms) / 1_000)}."


def arrived(fresh: Freshness, when: str, now_ms: int) -> str:
    """Return how long changes took, in a sentence or two."""
    if fresh.count == 1:
        return f"One change arrived {when}, within {in_words(fresh.slowest_ms / 1_000)}."
    ago = now_ms // HOUR_MS - fresh.slowest_hour
    at = "within this hour" if not ago else "an hour ago" if ago == 1 else f"{ago} hours ago"
    return (
        f"95 of 100 changes arrived within {in_words(fresh.most_ms / 1_000)}"
        f" {when}. Slowest: {in_words(fresh.slowest_ms / 1_000)}, {at}."
    )


def lane_title(lane: str) -> str:
    """Return a lane as a row names it, also one that this release does not know."""
    known = next((each for each in Lane if each == lane), None)
    if known is None:
        return lane
    return ENTRY[known].words.capitalize()


def lanes_told(backlog: Backlog) -> Sequence[tuple[str, LaneBacklog]]:
    """Return the lanes with what waits in each, in the order of urgency: the usual ones, and any other in which
    something waits."""
    known = [lane for lane in Lane if lane in TOLD_ALWAYS or lane in backlog]
    odd = sorted(lane for lane in backlog if lane not in set(Lane))
    return [(lane_title(lane), backlog.get(lane, LaneBacklog())) for lane in (*known, *odd)]


def sweep_stands(swept_ms: int, now_ms: int) -> bool:
    """Return whether the sweep seems not to run."""
    return now_ms - swept_ms > STALE_MS


def finding_of(hours: Sequence[HourTold], now_ms: int) -> tuple[str, str]:
    """Return what the charts of the delay and of the amounts show, in words."""
    now = now_ms // HOUR_MS

    def at(hour: HourTold) -> str:
        ago = now - hour.hour
        return "in this hour" if not ago else "an hour ago" if ago == 1 else f"{ago} hours ago"

    slow = max(hours, key=lambda hour: hour.most_ms)
    busy = max(hours, key=lambda hour: hour.count)
    total = sum(hour.count for hour in hours)
    delay = f"95 of 100 changes within {in_words(slow.most_ms / 1_000)} at most, {at(slow)}"
    return (
        f"Delay of the last 24 hours: {delay}",
        f"Changes sent in the last 24 hours: {total:,}, most of them {at(busy)}: {busy.count:,}",
    )


def title_of(cause: Cause) -> str:
    """Return a cause as a title: what is wrong, without what follows from it."""
    return _capital(cause.wrong.partition("; ")[0])


def remedy_of(cause: Cause) -> str:
    """Return what follows from a cause and what to do about it, as sentences."""
    told = (cause.wrong.partition("; ")[2], cause.remedy.replace("`", ""))
    return " ".join(f"{_capital(each)}." for each in told if each)


def actions_of(cause: Cause, count: int, *, more: bool) -> Sequence[Action]:
    """Return the buttons for all products of a cause; none where a list cannot tell them from others."""
    many = "all" if more else "it" if count == 1 else f"{count:,}"
    made = {
        Do.RETRY: Action(f"Refresh and push {many} again", "refresh", Do.RETRY),
        Do.PUSH: Action(f"Push {many} now", "push", Do.PUSH),
        Do.UNLINK: Action(f"Unlink {many}", "torn", Do.UNLINK),
        Do.IMPORT: Action(f"Import {many} again", "import", Do.IMPORT),
    }
    if cause.state is RowState.BROKEN:
        made[Do.PUSH] = Action(f"Make {many} again", "plus", Do.PUSH)
    return [made[do] for do in cause.does] if cause.code else ()


def looked_at(words: Sequence[RowState]) -> str:
    """Return states as the end of a sentence names their products."""
    names = {
        RowState.FAILED: "failed",
        RowState.BROKEN: "broken",
        RowState.LEFT_OUT: "not imported",
    }
    return " and ".join(names[each] for each in words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
