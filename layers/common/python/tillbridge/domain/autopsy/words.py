"""A debt and its verdict in words, for the people of the shop."""

from collections.abc import Iterator
from dataclasses import dataclass

from tillbridge.domain.autopsy.causes import Cause
from tillbridge.domain.autopsy.changes import Change, Tried
from tillbridge.domain.autopsy.moments import (
    SECOND_MS,
    BookedIn,
    Found,
    Looked,
    Moment,
    Ordered,
    PosMove,
    Reading,
    Written,
)
from tillbridge.domain.autopsy.replay import Stand
from tillbridge.domain.autopsy.verdict import Verdict
from tillbridge.domain.versions import number_of

MOST_ROWS = 40
"""Rows of a timeline that are shown, those nearest to the debt."""

_BY_POS = {
    "sale.completed": "sale",
    "exchange.completed": "exchange",
    "refund.completed": "refund",
    "inventory_count.completed": "count",
    "stock_order.completed": "delivery",
    "stock_transfer.completed": "transfer",
    "stock_adjustment.completed": "adjustment",
    "stock.changed": "change of stock",
}

_WORDS = {
    Cause.TILL_AFTER_WEB: (
        "the till sold what the web had sold{ago}; the POS did not know of the order yet"
    ),
    Cause.WEB_AFTER_TILL: (
        "sold on the web{ago} after the shop gave the last free unit away; BigCommerce did not know yet"
    ),
    Cause.PUT_BACK: "a level that Tillbridge sent put a unit back on sale that an order had taken",
    Cause.TWO_WEB_ORDERS: (
        "BigCommerce sold more than it showed: it takes stock off late or not at all, or the order came"
        " another way"
    ),
    Cause.ORDER_GREW: "units were added to an order that was placed before",
    Cause.RAISED_BY_OTHERS: "somebody else raised the level in BigCommerce",
    Cause.COUNT_BELOW_PROMISED: "a {move} took units that the web had sold",
    Cause.POS_BELOW_ZERO: "the POS itself fell below none: a {move} took more than it had",
    Cause.UNKNOWN_LINE: "the order was placed before its product was linked",
    Cause.STILL_BOOKED: "the POS has booked units of an order that no longer owes them",
}
UNKNOWN = "what is kept of that time does not say"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the timeline. `at_ms` is known to the second only where `whole_second`. `owed` are the
    units of orders that the POS does not have."""

    at_ms: int
    who: str
    what: str
    pos: int
    online: int
    owed: int
    debt: int
    whole_second: bool = False


def cause_words(verdict: Verdict) -> str:
    """Return the cause in words."""
    if verdict.cause is None or verdict.place is None:
        return UNKNOWN
    moment = verdict.timeline.moments[verdict.place]
    move = _move(moment) if isinstance(moment, PosMove) else ""
    return _WORDS[verdict.cause].format(ago=_ago(verdict, moment), move=move)


def told(verdict: Verdict) -> tuple[str, ...]:
    """Return a verdict as lines of text: the cause, the timeline with what each shop could promise, and
    what would have prevented the debt."""
    width = max((len(row.what) for row in rows(verdict)), default=0)
    would, would_not = prevented_by(verdict), not_prevented_by(verdict)
    return (
        f"Cause: {cause_words(verdict)}.",
        *([] if verdict.reproduces else [_SHORT.format(debt=verdict.played.debt)]),
        *(_line(row, width) for row in rows(verdict)),
        *([f"It took {words}."] if (words := _late(verdict)) else []),
        f"Would have prevented it: {'; or '.join(would) or 'none of what was tried'}.",
        *([f"Would not: {'; '.join(would_not)}."] if would_not else []),
    )


_SHORT = "What is kept explains only {debt} of it."


def _line(row: Row, width: int) -> str:
    at = clock(row.at_ms, whole_second=row.whole_second)
    owed = f"   open {row.owed}" if row.owed else ""
    debt = f"   debt {row.debt}" if row.debt else ""
    stands = f"POS {row.pos:<4} online {row.online:<4}"
    return f"{at:<11} {row.who:<5} {row.what:<{width}}  {stands}{owed}{debt}".rstrip()


def _late(verdict: Verdict) -> str:
    """Return where the time went until a level was online; nothing where that is not known."""
    late = verdict.late
    if late is None or not late.cause_ms <= late.received_ms <= late.read_ms <= late.at_ms:
        return ""
    times = (late.cause_ms, late.received_ms, late.read_ms, late.at_ms)
    parts = ("until the POS had told it", "until Tillbridge read it back", "until it was online")
    lags = zip(times, times[1:], parts, strict=False)
    return ", ".join(f"{(b - a) / SECOND_MS:.1f} s {words}" for a, b, words in lags)


def rows(verdict: Verdict) -> tuple[Row, ...]:
    """Return the timeline, those rows that end with the debt."""
    moments, stands = verdict.timeline.moments, verdict.played.stands
    found = [
        _row(moment, what, stands[place])
        for place, moment in enumerate(moments)
        if (what := _what(moment))
    ]
    return tuple(found[-MOST_ROWS:])


def prevented_by(verdict: Verdict) -> tuple[str, ...]:
    """Return what would have prevented it, the smallest change first."""
    return tuple(_change(each, verdict) for each in verdict.tried if each.prevented)


def not_prevented_by(verdict: Verdict) -> tuple[str, ...]:
    """Return what would not have."""
    return tuple(_change(each, verdict) for each in verdict.tried if not each.prevented)


def clock(at_ms: int, *, whole_second: bool = False) -> str:
    """Return a time of day (UTC), to the tenth of a second where it is known."""
    seconds, ms = divmod(at_ms, SECOND_MS)
    minutes, second = divmod(seconds % 86_400, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"
    return text if whole_second else f"{text}.{ms // 100}"


def _row(moment: Moment, what: str, stand: Stand) -> Row:
    whole = isinstance(moment, Ordered)
    return Row(
        moment.at_ms, _who(moment), what, stand.pos, stand.online, stand.open, stand.debt, whole
    )


def _who(moment: Moment) -> str:
    match moment:
        case PosMove():
            return "till" if moment.is_sale else "POS"
        case Ordered():
            return "web"
        case BookedIn():
            return "POS"
        case _:
            return "us"


def _what(moment: Moment) -> str:
    match moment:
        case PosMove():
            return " ".join(_moved(moment))
        case Ordered():
            return f"order {moment.order}: {moment.units}"
        case Found():
            return f"found order {moment.order}: {moment.units}"
        case BookedIn():
            return (
                f"booked order {moment.order}: {moment.units}, version {number_of(moment.version)}"
            )
        case Written():
            return f"level {moment.level}"
        case Looked():
            return f"looked: {moment.online} online"
        case Reading():
            return ""


def _moved(move: PosMove) -> Iterator[str]:
    yield _move(move)
    if move.event:
        yield move.event
    yield f"({move.units:+})"
    if move.events > 1:
        between = f"{move.events - 1} more events until {clock(move.until_ms)}"
        yield f"and {between}, together"


def _move(move: PosMove) -> str:
    return _BY_POS.get(move.trigger, "change")


def _ago(verdict: Verdict, moment: Moment) -> str:
    earlier = verdict.timeline.moments[: verdict.place]
    kind = Ordered if verdict.cause is Cause.TILL_AFTER_WEB else PosMove
    times = [m.at_ms for m in earlier if isinstance(m, kind)]
    if not times:
        return ""
    seconds = max(0, moment.at_ms - times[-1]) / SECOND_MS
    return f" about {seconds:.0f} s" + (" before" if kind is Ordered else "")


def _change(each: Tried, verdict: Verdict) -> str:
    match each.change:
        case Change.ORDER_PLACED:
            return "BigCommerce taking stock off when an order is placed"
        case Change.WEB_ORDERS:
            return "web_orders=pos"
        case Change.SAFETY_STOCK:
            return f"safety_stock={each.value}" + ("" if each.prevented else " or less")
        case Change.PUSH if each.prevented and each.value:
            late = verdict.late
            here = f" (here {(late.at_ms - late.cause_ms) / SECOND_MS:.1f} s)" if late else ""
            return f"a level online within {each.value / SECOND_MS:.1f} s{here}"
        case Change.PUSH:
            return "a level online at once"
        case Change.HOOKS:
            return "orders read at once"
        case Change.BOOKING:
            return "orders booked at once"
