"""What an autopsy knows of an order of which no line of history is left: its entry in the book."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import JUMPER
from tests.unit.domain.web_orders.orders import NOW_MS, SMALL, a_line, an_entry
from tillbridge.domain.autopsy.assembling import Noticed, timeline_of
from tillbridge.domain.autopsy.moments import BookedIn, Found, Ordered, Timeline
from tillbridge.domain.autopsy.verdict import verdict_of
from tillbridge.domain.history.product_line import Did, HolderLevel, ProductLine
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.accounts import Booking, Holder
from tillbridge.domain.web_orders.entry import OrderEntry

ORDER = WebOrderId(1041)


def _level(at_ms: int, on_hand: int, web: int, version: int) -> ProductLine:
    level = HolderLevel(SMALL, Decimal(on_hand), Decimal(0), web, max(0, on_hand - web))
    return ProductLine(
        NOW_MS + at_ms, JUMPER, Did.STOCK, version, NOW_MS + at_ms - 400, holders=(level,)
    )


def _timeline(entry: OrderEntry, *lines: ProductLine, debt: int = 1) -> Timeline:
    noticed = Noticed(Holder(JUMPER, SMALL), debt, lines[-1].at_ms)
    found = timeline_of(noticed, lines, [entry])
    assert found is not None
    return found


def test_an_order_was_placed_and_found_when_its_entry_says() -> None:
    entry = replace(an_entry(), since_ms=NOW_MS + 3_000)

    timeline = _timeline(entry, _level(-5_000, 1, 0, 1), _level(4_000, 1, 2, 1))

    assert Ordered(NOW_MS, ORDER, 2) in timeline.moments
    assert Found(NOW_MS + 3_000, ORDER, 2) in timeline.moments
    assert verdict_of(timeline).reproduces


def test_an_order_that_was_edited_once_owed_what_it_shows() -> None:
    entry = an_entry(a_line(quantity=3, refunded=1), modified_ms=NOW_MS + 2_000)
    entry = replace(entry, since_ms=NOW_MS + 3_000)

    timeline = _timeline(entry, _level(-5_000, 1, 0, 1), _level(4_000, 1, 2, 1))

    assert [m for m in timeline.moments if isinstance(m, Ordered)] == [
        Ordered(NOW_MS, ORDER, 3),
        Ordered(NOW_MS + 2_000, ORDER, 2),
    ]


def test_a_booking_came_before_the_first_record_that_has_it() -> None:
    entry = an_entry()
    (line,) = entry.lines
    account = replace(line.account, bookings=(Booking(7, 2),))
    entry = replace(entry, lines=(replace(line, account=account),))

    timeline = _timeline(
        entry, _level(-5_000, 1, 0, 6), _level(4_000, 1, 2, 6), _level(9_000, -1, 0, 8)
    )

    assert BookedIn(NOW_MS + 8_600, ORDER, 2, 7) in timeline.moments
    assert verdict_of(timeline).reproduces


def test_an_order_of_another_variant_plays_no_part() -> None:
    entry = an_entry(a_line(variant=502))

    timeline = _timeline(entry, _level(-5_000, 1, 0, 1), _level(4_000, 1, 0, 1), debt=0)

    assert not any(isinstance(m, Ordered) for m in timeline.moments)


def test_an_order_that_was_open_before_the_history_begins_is_owed_from_there_on() -> None:
    entry = replace(an_entry(), since_ms=NOW_MS + 1_000)

    timeline = _timeline(entry, _level(4_000, 3, 2, 1), _level(9_000, 1, 2, 2))

    assert timeline.owed == ((ORDER, 2),)
    assert verdict_of(timeline).reproduces
