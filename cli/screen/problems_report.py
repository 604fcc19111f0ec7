"""What is wrong in a store, printed for people and as JSON."""

from collections.abc import Iterable

from cli.screen.console import console, counted, short, table
from cli.screen.status_report import attention_json, run_json
from cli.shapes import health as shapes
from cli.shapes.moment import moment_or_never
from tillbridge.console.store_words import WHOSE, lane_title, looked_at, remedy_of, title_of
from tillbridge.domain.causes import Whose
from tillbridge.domain.lag_words import in_words
from tillbridge.usecases.console.problems import Group, Problems, TriedAgain

COLUMNS = ("cause", "how many", "", "what to do", "products")


def show_problems(found: Problems, cause: str = "") -> None:
    """Print what is wrong, by whose turn it is; of one `cause` that alone."""
    connection = found.figures.connection
    if connection is not None and connection.title:
        console.print(f"{connection.title} ({found.figures.store})")
    for whose in Whose:
        if groups := found.of(whose):
            rows = [_row(each) for each in groups]
            console.print(table(WHOSE[whose][0], COLUMNS, rows, whole=COLUMNS[:2]))
    if cause and not found.groups:
        console.print(f"No product has the problem {cause[:80]}.")
    if not cause and found.attention is not None:
        console.print(f"The store needs attention. {found.attention.attention_words}")
    for line in () if cause else _beside(found):
        console.print(line)
    if found.unread:
        console.print(f"Products that are {looked_at(found.unread)} cannot be read just now.")
    if found.cut:
        words = "than are counted here, 500 of each: other causes may be behind these"
        console.print(f"More products are {looked_at(found.cut)} {words}.")
    if found.nothing and not cause:
        console.print("Nothing is wrong.")


def problems_json(found: Problems, cause: str = "") -> shapes.Problems:
    """Return what is wrong as JSON; of one `cause` its groups alone. What could not be read is null, or named in
    `unread`."""
    told: shapes.Problems = {
        "store": found.figures.store,
        "groups": [_json(each) for each in found.groups],
        "unread": [state.value for state in found.unread],
        "more_than_counted": [state.value for state in found.cut],
    }
    if not cause:
        told["attention"] = attention_json(found.attention)
        told["tried_again"] = None if found.tried is None else list(map(_tried_json, found.tried))
        told["tried_again_as_of"] = moment_or_never(found.swept_ms)
        told["drift"] = [run_json(run) for run in found.drift]
        told["oversold_last_week"] = None if found.oversold is None else len(found.oversold)
    return told


def _tried_json(each: TriedAgain) -> shapes.TriedAgain:
    return {
        "lane": each.lane,
        "count": each.count,
        "tries": each.tries,
        "oldest_at": moment_or_never(each.oldest_ms),
    }


def _row(group: Group) -> tuple[str, str, str, str, str]:
    cause, count = group.cause, f"{group.count:,}{'+' if group.more else ''}"
    names = ", ".join(map(short, group.names))
    return cause.code or cause.state.value, count, title_of(cause), remedy_of(cause), names


def _json(group: Group) -> shapes.Problem:
    cause = group.cause
    return {
        "cause": cause.code,
        "status": cause.state.value,
        "side": cause.side,
        "whose_turn": cause.whose.value,
        "words": title_of(cause),
        "remedy": remedy_of(cause),
        "count": group.count,
        "more": group.more,
        "names": list(group.names),
    }


def _beside(found: Problems) -> Iterable[str]:
    for lane in found.tried or ():
        waited = in_words(max(0, found.swept_ms - lane.oldest_ms) / 1_000)
        yield f"{lane_title(lane.lane)}: {lane.count:,} waiting, the oldest for {waited}, tried {counted(lane.tries, 'time')}."
    for run in found.drift:
        kind = "full compare" if run.full else "compare"
        left = run.drift - run.repaired
        yield f"The last {kind} left {counted(left, 'difference')}. `tillbridge drift` shows them."
    if found.oversold:
        times = len(found.oversold)
        yield f"Sold more than in stock in the last week: {times:,}. `tillbridge oversell` says why."
    if found.tried is None:
        yield "What waits cannot be read just now."
    if found.oversold is None:
        yield "What was sold twice cannot be read just now."
