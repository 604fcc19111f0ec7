"""The made-up shop on different days, as its overview and its problems show it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

from tests.console.catalogue import HOSTILE, NOW_MS, SHOP
from tests.console.shop import Shop
from tillbridge.domain.backlog import Backlog, LaneBacklog
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.history.call_line import CallLine, ToldCall
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lag_histogram import HOUR_MS, HourLags, LagPath, histogram_of
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.slices import Turn
from tillbridge.domain.view_rows import POS, WEB, RowState, ViewRow
from tillbridge.domain.web_orders.accounts import Holder

HOUR = NOW_MS // HOUR_MS
AN_HOURS_CHANGES = (
    42,
    27,
    18,
    14,
    10,
    7,
    5,
    3,
    3,
    3,
    1,
    0,
    4,
    1,
    1,
    3,
    9,
    21,
    34,
    46,
    55,
    64,
    52,
    60,
)
QUIET_HOURS = (*[0] * 14, 3, *[0] * 9)
USUAL: Backlog = {
    "stock": LaneBacklog(2, NOW_MS - 123_000, 0),
    "content": LaneBacklog(14, NOW_MS - 160_000, 0),
}

TRIED: Backlog = {
    **USUAL,
    "stock": LaneBacklog(2, NOW_MS - 840_000, 6),
    "links": LaneBacklog(1, NOW_MS - 500_000, 1),
}
BEHIND: Backlog = {
    "stock": LaneBacklog(212, NOW_MS - 41 * 60_000, 2),
    "content": LaneBacklog(3_412, NOW_MS - 44 * 60_000, 1),
    "bulk": LaneBacklog(48_000, NOW_MS - 3 * HOUR_MS, 0),
    "web": LaneBacklog(1, NOW_MS - 130_000, 0),
}


def a_day(
    shop: Shop,
    changes: tuple[int, ...] = AN_HOURS_CHANGES,
    *,
    backlog: Backlog = USUAL,
    left: int = 18_230,
    full: bool = True,
    slow: int = 1,
) -> Shop:
    """Let changes have gone to the web hour by hour, the last of them in the hour that runs."""
    deps, stores = shop.deps, shop.deps.stores
    for at, count in enumerate(changes):
        hour = HOUR - len(changes) + 1 + at
        lags_ms = [slow * (700 + 350 * (number * 7 % (3 + count))) for number in range(count)]
        lags = {LagPath.STOCK: histogram_of(lags_ms)} if count else {}
        if hour < HOUR and lags:
            deps.hours.put(SHOP, HourLags(hour, lags))
        elif lags:
            stores.begin_slice(SHOP, "one", NOW_MS, NOW_MS + 60_000)
            stores.end_slice(SHOP, "one", Turn(hour=HourLags(hour, lags)))
    deps.store_list.keep_backlogs({SHOP: backlog})
    deps.store_list.keep_swept(NOW_MS - 120_000)
    call = CallMade("PUT /catalog/products", NOW_MS - 12_000, status=200, left=left)
    at_ms = call.at_ms
    deps.calls.write(SHOP, [CallLine(at_ms, "t", at_ms, at_ms, (ToldCall(call),))])
    return compared(shop, full=full)


def compared(shop: Shop, *, full: bool = True, drift: int = 4, waits: bool = False) -> Shop:
    """Let both sides have been compared, in the night and just now."""
    runs, ended_ms = shop.runs, NOW_MS - 9 * HOUR_MS
    runs.compared[SHOP] = NOW_MS - 20 * 60_000
    runs.last[SHOP] = EndedRun("hourly", NOW_MS - 20 * 60_000, compared=31)
    if full:
        runs.last_full[SHOP] = EndedRun(
            "full", ended_ms, full=True, waits=waits, compared=398, drift=drift, repaired=3
        )
    return shop


def sold_twice(shop: Shop, *names: str) -> Shop:
    """Let products have been sold more often than there are."""
    debts = [
        Oversold(NOW_MS - at * HOUR_MS, Holder(PosProductId(f"p-{at}")), 1, at, name)
        for at, name in enumerate(names, 1)
    ]
    shop.deps.oversold.note(SHOP, debts)
    return shop


def troubled(shop: Shop) -> Shop:
    """Let many products have problems of every cause, some of them with hostile names."""
    shop.views.put(SHOP, _rows())
    a_day(shop, backlog=TRIED)
    return sold_twice(compared(shop, drift=37, waits=True), HOSTILE[0], HOSTILE[7], "Copper kettle")


def _rows() -> Iterator[ViewRow]:
    names = ["Ash dining stool", "Brass desk lamp", *HOSTILE]
    for at, code in enumerate(ProblemCode):
        for number in range(1 + at * 5 % 9):
            name = names[(at + number) % len(names)]
            id_ = f"t-{at}-{number}"
            yield ViewRow(POS, id_, name, state=RowState.FAILED, code=code, words="It failed.")
    for number, name in enumerate(names[:3]):
        gone = {"state": RowState.BROKEN, "code": "deleted_online"}
        yield replace(ViewRow(POS, f"b-{number}", name, other=f"{800 + number}"), **gone)  # type: ignore[arg-type]  # those of ViewRow
    for number, kind in enumerate(("offered", "refused", "failed")):
        yield ViewRow(WEB, f"{990 + number}", names[number], state=RowState.LEFT_OUT, code=kind)


def unread(shop: Shop) -> Shop:
    """Let every part that may be missing be so."""

    def fails(*_: object, **__: object) -> NoReturn:
        raise RetryLater("The database is busy.")

    class Busy:
        of = newest = causes = latest = fails

    busy: Any = Busy()
    ports = dict.fromkeys(("hours", "calls", "listing", "oversold"), busy)
    shop.deps = replace(shop.deps, **ports)
    return shop
