"""How a store is, printed for people and as JSON."""

from rich.table import Table

from cli.screen.console import console, counted, table
from cli.screen.freshness_report import freshness_json, print_freshness
from cli.shapes.health import Attention, LaneWaits, LastRun, Paused, Status, Waiting
from cli.shapes.moment import moment_or_never
from tillbridge.console.store_words import lanes_told, told_of
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.health import DAY_HOURS
from tillbridge.domain.lag_words import in_words
from tillbridge.usecases.console.overview import Overview


def show_status(seen: Overview, dead_letters: int) -> None:
    """Print how a store is. `dead_letters`: those of all stores."""
    told = told_of(seen, seen.now_ms, seen.swept_ms)
    connection = seen.figures.connection
    titled = f"{connection.title} ({seen.figures.store})" if connection and connection.title else ""
    console.print(f"{titled or seen.figures.store}: {told.status.word}")
    console.print(f"{told.before}{told.strong}{told.after}")
    if seen.lags is not None:
        print_freshness(seen.figures.store, DAY_HOURS, seen.lags)
    for line in (
        *_waiting(seen),
        _quota(seen),
        _compared(seen),
        _failed(seen),
        _oversold(seen),
        f"Dead letters of all stores: {dead_letters:,}.",
        *_missing(seen),
    ):
        console.print(line)


def status_json(seen: Overview, dead_letters: int) -> Status:
    """Return how a store is as JSON: null where something was not there or could not be read, and `missing`
    names the parts that could not."""
    figures, connection = seen.figures, seen.figures.connection
    entry = figures.entry
    return {
        "store": figures.store,
        "title": connection.title if connection else "",
        "health": seen.health.value,
        "state": connection.state.value if connection else None,
        "attention": attention_json(connection),
        "paused": _paused(seen),
        "lags": None
        if seen.lags is None
        else freshness_json(figures.store, DAY_HOURS, seen.lags)["paths"],
        "waiting": _waiting_json(seen),
        "quota": None
        if seen.quota is None
        else {
            "left": seen.quota.left if seen.quota.left >= 0 else None,
            "at": moment_or_never(seen.quota.at_ms),
            "spent": seen.quota.spent,
        },
        "last_run": run_json(entry.last_run) if entry and entry.last_run else None,
        "last_full_run": run_json(entry.last_full) if entry and entry.last_full else None,
        "failed": None
        if seen.failed is None
        else [
            {"cause": each.cause.code, "count": each.count, "more": each.more}
            for each in seen.failed
        ],
        "oversold_last_week": None if seen.oversold is None else len(seen.oversold),
        "dead_letters_of_all_stores": dead_letters,
        "missing": _unread(seen),
    }


def run_json(run: EndedRun) -> LastRun:
    """Return what is told of a run of reconcile as JSON."""
    return {
        "id": run.id,
        "ended_at": moment_or_never(run.ended_ms),
        "full": run.full,
        "waits_for_approval": run.waits,
        "compared": run.compared,
        "drift": run.drift,
        "repaired": run.repaired,
    }


def attention_json(connection: Connection | None) -> Attention | None:
    """Return why a store needs attention; None of one that does not."""
    if connection is None or not connection.attention_code:
        return None
    return {"code": connection.attention_code, "words": connection.attention_words}


def _paused(seen: Overview) -> Paused | None:
    connection = seen.figures.connection
    if connection is None or connection.state is not StoreState.PAUSED:
        return None
    pause = connection.pause
    return {"by": pause.by, "why": pause.why, "since": moment_or_never(pause.since_ms)}


def _waiting_json(seen: Overview) -> Waiting | None:
    entry = seen.figures.entry
    if entry is None or entry.backlog is None or not seen.swept_ms:
        return None
    lanes: dict[str, LaneWaits] = {
        lane: {
            "count": of.count,
            "oldest_seconds": max(0, seen.swept_ms - of.oldest_ms) // 1_000,
            "tries": of.tries,
        }
        for lane, of in entry.backlog.items()
    }
    return {"as_of": moment_or_never(seen.swept_ms), "lanes": lanes}


def _waiting(seen: Overview) -> list[str | Table]:
    entry = seen.figures.entry
    if entry is None or entry.backlog is None or not seen.swept_ms:
        never = not seen.swept_ms
        return [f"What waits {'was never counted' if never else 'cannot be read'}."]
    rows = [
        (
            name,
            of.count,
            in_words(max(0, seen.swept_ms - of.oldest_ms) / 1_000) if of.count else "",
            of.tries,
        )
        for name, of in lanes_told(entry.backlog)
    ]
    ago = in_words((seen.now_ms - seen.swept_ms) / 1_000)
    columns = ("lane", "waiting", "oldest", "tries")
    return [table(f"What waits, as of {ago} ago", columns, rows)]


def _quota(seen: Overview) -> str:
    if seen.quota is None:
        return "Quota: not known."
    ago = in_words((seen.now_ms - seen.quota.at_ms) / 1_000)
    if seen.quota.spent:
        return f"Quota: spent {ago} ago; calls go on when its window is over."
    return f"Quota: {counted(seen.quota.left, 'call')} left, {ago} ago."


def _compared(seen: Overview) -> str:
    entry = seen.figures.entry
    if entry is None or entry.last_full is None:
        return "Last full compare: none has ended."
    run = entry.last_full
    ago = in_words((seen.now_ms - run.ended_ms) / 1_000)
    waits = " A person must let its repairs go: `tillbridge drift`." if run.waits else ""
    found = f"{run.compared:,} compared, {run.drift:,} different, {run.repaired:,} repaired"
    return f"Last full compare: {ago} ago; {found}.{waits}"


def _failed(seen: Overview) -> str:
    if seen.failed is None:
        return "Failed products cannot be read."
    count = sum(each.count for each in seen.failed)
    more = " or more" if any(each.more for each in seen.failed) else ""
    return f"Failed products: {count:,}{more}. `tillbridge problems` says why."


def _oversold(seen: Overview) -> str:
    if seen.oversold is None:
        return "What was sold twice cannot be read."
    return f"Sold more than in stock in the last week: {len(seen.oversold):,}."


def _unread(seen: Overview) -> list[str]:
    parts = (("lags", seen.hours), ("quota", seen.calls))
    more = (("failed", seen.failed), ("oversold", seen.oversold))
    return [name for name, read in (*parts, *more) if read is None]


def _missing(seen: Overview) -> list[str]:
    names = _unread(seen)
    return [f"Not read just now: {', '.join(names)}. Try again in a minute."] if names else []
