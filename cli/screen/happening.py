"""What a store's drain does, one line for each call, as `watch` and `up` print it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

from cli.screen.console import console, counted, print_json_line, short
from cli.shapes.health import Happening
from cli.shapes.moment import moment
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.history.call_line import CallLine, MadeFor, ToldCall
from tillbridge.domain.ids import StoreId
from tillbridge.domain.why.events import EVENTS, LANES, at

NAMED = 3
"""Products that a line names."""

LONGEST_SAID = 200
"""Characters of a refusal that a line shows."""


def happening(store: StoreId, told: ToldCall) -> str:
    """Return a call in one line: when, why, for which products, the call and its answer."""
    call = told.call
    answer = f"{call.status}, {call.ms} ms" if call.status else "no answer"
    words = f"{at(call.at_ms)[11:]}  {store}  {_why(told)}{call.name.partition(' ')[0]} {call.path} {answer}"
    return f"{words}: {call.said[:LONGEST_SAID]}" if call.refused and call.said else words


def happenings(store: StoreId, line: CallLine) -> Iterator[str]:
    """Yield the calls of a line, and at a slice's end what it did, if that was not all well."""
    yield from (happening(store, told) for told in line.calls)
    if line.done is not None and line.done.failed:
        yield (
            f"{at(line.ended_ms)[11:]}  {store}  {counted(line.done.failed, 'product')} refused: "
            "`tillbridge list --status failed` says why"
        )


def say_line(store: StoreId, line: CallLine, *, as_json: bool) -> None:
    """Print what a line tells: for a program each call as an object."""
    if as_json:
        for told in line.calls:
            print_json_line(happening_json(store, told))
    else:
        for words in happenings(store, line):
            console.print(words, soft_wrap=True)


def say_happenings(lines: Iterable[tuple[StoreId, CallLine]], *, as_json: bool = False) -> None:
    """Print what happened in lines. What cannot be read now is not waited for: it is only told."""
    with suppress(RetryLater):
        for store, line in lines:
            say_line(store, line, as_json=as_json)


def happening_json(store: StoreId, told: ToldCall) -> Happening:
    """Return the same as JSON."""
    call = told.call
    return {
        "at": moment(call.at_ms),
        "store": store,
        "method": call.name.partition(" ")[0],
        "path": call.path,
        "status": call.status,
        "ms": call.ms,
        "quota_left": call.left if call.left >= 0 else None,
        "said": call.said,
        "products": [each.product for each in told.made_for],
        "more_products": told.more,
        "because": sorted({each.trigger for each in told.made_for if each.trigger}),
    }


def _why(told: ToldCall) -> str:
    if not told.made_for:
        return ""
    kinds = Counter(_because(each) for each in told.made_for)
    why = " and ".join(kinds) if len(kinds) <= 2 else f"{next(iter(kinds))} and more"
    products = list(dict.fromkeys(each.product for each in told.made_for))
    more = len(products) - NAMED + told.more
    named = ", ".join(short(each) for each in products[:NAMED])
    return f"{why}: {named}{f' and {more:,} more' if more > 0 else ''} → "


def _because(each: MadeFor) -> str:
    words = EVENTS.get(each.trigger, each.trigger) or LANES.get(each.lane, each.lane)
    return f"{words} and {each.events - 1:,} more" if each.events > 1 else words
