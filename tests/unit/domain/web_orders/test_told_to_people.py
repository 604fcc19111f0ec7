"""People read how far a web order is, and what to do, whatever it is in."""

from dataclasses import replace

import pytest

from tests.builders import JUMPER
from tests.unit.domain.web_orders.orders import (
    NOW_MS,
    SIGHT,
    a_line,
    an_entry,
    an_order,
)
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.booking import (
    Answer,
    answered,
    ask,
    ended_by_hand,
    refused,
    unreachable,
)
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.entry import BOOKING_PATIENCE_MS, LaneState, OrderEntry
from tillbridge.domain.web_orders.finding import found
from tillbridge.domain.web_orders.promised import promised_words
from tillbridge.domain.web_orders.setting_aside import ShelfUnits, to_set_aside
from tillbridge.domain.web_orders.told_to_people import (
    how_far,
    is_late,
    status_words,
    what_to_do,
)

LATE_MS = NOW_MS + BOOKING_PATIENCE_MS + 1
POS, LEDGER, OFF = WebOrderMode.POS, WebOrderMode.LEDGER, WebOrderMode.OFF
ASKED = ask(an_entry(), 0)
BY_STATE = {
    LaneState.SEEN: an_entry(),
    LaneState.ASKED: ASKED,
    LaneState.RECEIVED: answered(ASKED, Answer(1, 0, received=True)),
    LaneState.BOOKED: answered(ASKED, Answer(1, 0, (Effect(JUMPER, 11, 2),))),
    LaneState.HELD: an_entry(status=1),
    LaneState.IGNORED: an_entry(status=0),
    LaneState.FAILED: refused(ASKED, "The outlet is closed."),
    LaneState.WAITING: unreachable(ASKED),
    LaneState.BY_HAND: ended_by_hand(an_entry(), {JUMPER: 20}),
}
CHANGED = found(BY_STATE[LaneState.BY_HAND], an_order(a_line(quantity=3)), SIGHT)


def test_there_is_an_order_of_each_state() -> None:
    assert {state: entry.state for state, entry in BY_STATE.items()} == {s: s for s in LaneState}


@pytest.mark.parametrize("mode", WebOrderMode)
@pytest.mark.parametrize("entry", [*BY_STATE.values(), CHANGED], ids=lambda e: str(e.state))
def test_every_order_says_how_far_it_is_and_what_to_do(
    entry: OrderEntry, mode: WebOrderMode
) -> None:
    for now_ms in (NOW_MS, LATE_MS):
        assert how_far(entry, mode, now_ms)
        told = what_to_do(entry, mode, now_ms)
        assert told.endswith("."), told
        assert "{" not in told


@pytest.mark.parametrize(
    ("state", "named"),
    [
        (LaneState.FAILED, ["The outlet is closed.", "orders retry 1041", "orders ack 1041"]),
        (LaneState.RECEIVED, ["Book it in the POS"]),
        (LaneState.SEEN, ["Nothing: the POS is told"]),
        (LaneState.WAITING, ["can be reached"]),
        (LaneState.BOOKED, ["Nothing."]),
    ],
)
def test_where_the_pos_is_told_the_remedy_names_the_commands(
    state: LaneState, named: list[str]
) -> None:
    told = what_to_do(BY_STATE[state], POS, NOW_MS)
    assert [each for each in named if each not in told] == []


@pytest.mark.parametrize("state", [LaneState.SEEN, LaneState.ASKED, LaneState.WAITING])
def test_an_overdue_order_can_be_told_again_or_booked_by_hand(state: LaneState) -> None:
    entry = BY_STATE[state]
    assert is_late(entry, POS, LATE_MS)
    assert "for too long" in how_far(entry, POS, LATE_MS)
    told = what_to_do(entry, POS, LATE_MS)
    assert "orders retry 1041" in told
    assert "orders ack 1041" in told


def test_an_order_that_waits_in_the_pos_for_too_long_is_booked_there_and_not_told_again() -> None:
    entry = BY_STATE[LaneState.RECEIVED]
    assert is_late(entry, POS, LATE_MS)
    assert what_to_do(entry, POS, LATE_MS) == "Book it in the POS, where it waits."


@pytest.mark.parametrize("mode", [LEDGER, OFF])
def test_where_the_pos_is_not_told_nobody_is_late(mode: WebOrderMode) -> None:
    assert not is_late(an_entry(), mode, LATE_MS)
    assert "too long" not in how_far(an_entry(), mode, LATE_MS)


def test_in_mode_ledger_goods_are_set_aside_and_no_retry_is_named() -> None:
    for entry in (an_entry(), BY_STATE[LaneState.FAILED]):
        told = what_to_do(entry, LEDGER, LATE_MS)
        assert told.startswith("Set aside what is still in the shop.")
        assert "retry" not in told
    assert how_far(an_entry(), LEDGER, NOW_MS) == "not booked by hand yet"


def test_an_order_that_changed_after_its_end_by_hand_says_so() -> None:
    assert how_far(CHANGED, POS, NOW_MS) == "changed after it was booked by hand"
    assert "Book the difference" in what_to_do(CHANGED, LEDGER, NOW_MS)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (an_entry(external_source="POS"), "came from a till"),
        (an_entry(status=0), "Nobody has paid"),
        (an_entry(a_line(physical=False)), "Nothing of it is on a shelf"),
        (an_entry(status=1, placed_ms=NOW_MS - 10**9), "not paid within a day"),
        (an_entry(status=5), "Nothing."),
    ],
)
def test_an_order_that_owes_nothing_says_why(entry: OrderEntry, why: str) -> None:
    assert why in what_to_do(entry, POS, NOW_MS)


def test_a_status_has_bigcommerces_words_and_an_unknown_one_its_number() -> None:
    assert status_words(11) == "Awaiting fulfillment"
    assert status_words(0) == "Incomplete"
    assert status_words(99) == "status 99"


def of(number: int, entry: OrderEntry) -> OrderEntry:
    """Return the entry as that of another order."""
    order = replace(entry.order, id=WebOrderId(number))
    return found(None, order, SIGHT)


def test_goods_are_set_aside_by_outlet_and_sku() -> None:
    small, medium = a_line(1, sku="J-S"), a_line(2, variant=502, quantity=1, sku="J-M")
    entries = [of(7, an_entry(small, medium)), of(9, an_entry(small))]
    assert to_set_aside(entries, "back", {}) == [
        ShelfUnits("web", "J-M", "", 1, 0, (WebOrderId(7),)),
        ShelfUnits("web", "J-S", "", 4, 0, (WebOrderId(7), WebOrderId(9))),
    ]


def test_an_order_that_names_no_outlet_is_set_aside_at_the_stores() -> None:
    entry = an_entry(status=1)
    assert entry.told is None
    assert [each.outlet for each in to_set_aside([entry], "back", {})] == ["back"]


def test_what_was_shipped_is_not_set_aside_and_still_to_be_taken_off() -> None:
    entry = an_entry(a_line(quantity=3, shipped=1))
    (units,) = to_set_aside([entry], "", {})
    assert (units.aside, units.gone) == (2, 1)


def test_what_the_pos_has_taken_off_in_the_record_used_is_not_set_aside() -> None:
    entry = ended_by_hand(an_entry(), {JUMPER: 20})
    assert to_set_aside([entry], "", {JUMPER: 20}) == []
    for versions in ({}, {JUMPER: 19}, {JUMPER: -1}):
        assert [each.aside for each in to_set_aside([entry], "", versions)] == [2]


def test_a_part_that_was_shipped_and_taken_off_is_not_counted_twice() -> None:
    entry = an_entry(a_line(quantity=3, shipped=1))
    (line,) = entry.lines
    part = replace(
        line.account,
        bookings=ended_by_hand(an_entry(a_line(quantity=1)), {JUMPER: 5}).accounts[0].bookings,
    )
    entry = replace(entry, lines=(replace(line, account=part),))
    (units,) = to_set_aside([entry], "", {JUMPER: 5})
    assert (units.aside, units.gone) == (2, 0)


def test_goods_that_are_not_linked_are_set_aside_too() -> None:
    entry = found(None, an_order(a_line(variant=999)), replace(SIGHT, holders={}))
    assert [each.aside for each in to_set_aside([entry], "", {JUMPER: 20})] == [2]


def test_a_product_says_what_is_promised() -> None:
    assert promised_words(5, [(WebOrderId(1041), 1)], 4) == (
        "On hand 5, promised on the web 1: order 1041, not booked; online 4."
    )
    many = [(WebOrderId(n), 2) for n in range(1, 6)] + [(WebOrderId(9), 0)]
    assert promised_words(12, many, 2) == (
        "On hand 12, promised on the web 10: orders 1, 2, 3 and 2 more, not booked; online 2."
    )
    assert promised_words(None, [(WebOrderId(7), 1)], None) == (
        "Promised on the web 1: order 7, not booked."
    )
    assert promised_words(5, [], 5) == ""
    assert promised_words(5, [(WebOrderId(1), 0)], 5) == ""
