"""An order is found, and found again."""

from dataclasses import replace

from tests.builders import JUMPER
from tests.unit.domain.web_orders.orders import (
    NOW_MS,
    SIGHT,
    SMALL,
    a_line,
    an_entry,
    an_order,
)
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.booking import ask
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.domain.web_orders.finding import found


def _units(entry: OrderEntry) -> dict[int, int]:
    assert entry.told is not None
    return {line.line: line.units for line in entry.told.lines}


def test_a_new_order_is_to_be_told() -> None:
    entry = an_entry()
    assert (entry.state, entry.revision, _units(entry)) == (LaneState.SEEN, 1, {1: 2})
    assert entry.accounts[0].holder == Holder(JUMPER, SMALL)


def test_the_same_again_changes_nothing_and_older_is_dropped() -> None:
    entry = an_entry()
    assert found(entry, entry.order, replace(SIGHT, now_ms=NOW_MS + 9_000)) == entry
    older = an_order(a_line(quantity=9), modified_ms=NOW_MS - 1_000)
    assert found(entry, older, SIGHT) == entry


def test_a_change_that_moves_no_time_counts() -> None:
    entry = found(an_entry(), an_order(a_line(refunded=1), status=14), SIGHT)
    assert (entry.accounts[0].owed, entry.revision, _units(entry)) == (1, 2, {1: 1})


def test_what_the_pos_is_not_told_raises_no_revision() -> None:
    entry = found(an_entry(), an_order(modified_ms=NOW_MS + 1_000, status=9), SIGHT)
    assert entry.revision == 1
    assert found(entry, an_order(modified_ms=NOW_MS + 1_000, status=2), SIGHT).revision == 2


def test_an_order_that_owes_nothing_is_never_told() -> None:
    assert an_entry(status=0).state is LaneState.IGNORED
    assert an_entry(status=5).told is None
    held = an_entry(status=1)
    assert (held.state, held.told, held.accounts[0].owed) == (LaneState.HELD, None, 2)
    assert found(held, an_order(), SIGHT).state is LaneState.SEEN


def test_an_order_that_is_undone_after_it_was_told_is_told_again() -> None:
    asked = ask(an_entry(), 0)
    entry = found(asked, an_order(status=5, modified_ms=NOW_MS + 1_000), SIGHT)
    assert _units(entry) == {1: 0}
    assert entry.told is not None
    assert entry.told.state == "cancelled"


def test_the_same_goods_under_a_new_line_id_stay_booked_under_the_old_one() -> None:
    asked = ask(an_entry(), 0)
    entry = found(asked, an_order(a_line(7)), SIGHT)
    assert _units(entry) == {7: 0, 1: 2}
    more = found(asked, an_order(a_line(7, quantity=3)), SIGHT)
    assert _units(more) == {7: 1, 1: 2}, "only the difference is booked"
    other = found(asked, an_order(a_line(7, variant=502)), SIGHT)
    assert _units(other) == {7: 2, 1: 0}, "another variant is other goods"


def test_another_variant_under_the_same_line_id_is_another_line() -> None:
    entry = found(ask(an_entry(), 0), an_order(a_line(1, variant=502)), SIGHT)
    assert entry.told is not None
    told = {line.holder: line.units for line in entry.told.lines}
    assert told[Holder(JUMPER, SMALL)] == 0
    assert sum(told.values()) == 2


def test_a_line_keeps_what_holds_its_stock_when_the_product_is_unlinked() -> None:
    entry = found(an_entry(), an_order(), replace(SIGHT, holders={}))
    assert entry.accounts[0].holder == Holder(JUMPER, SMALL)
    unlinked = found(None, an_order(), replace(SIGHT, holders={}))
    assert unlinked.accounts[0].holder is None
    assert found(unlinked, an_order(), SIGHT).accounts[0].holder == Holder(JUMPER, SMALL)


def test_an_unpaid_order_that_changes_is_no_failure() -> None:
    held = an_entry(status=1)
    more = an_order(a_line(quantity=3), status=1, modified_ms=NOW_MS + 1_000)
    assert (found(held, more, SIGHT).state, found(held, more, SIGHT).refusal) == (
        LaneState.HELD,
        "",
    )
