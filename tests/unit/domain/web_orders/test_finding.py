"""An order is found, and found again."""

from dataclasses import replace

from tests.builders import JUMPER
from tests.unit.domain.web_orders.orders import (
    NOW_MS,
    ONLINE,
    SIGHT,
    SMALL,
    a_line,
    an_entry,
    an_order,
)
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.booking import Answer, answered, ask, ended_by_hand, refused
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.domain.web_orders.finding import Sight, found


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


LATER = replace(SIGHT, now_ms=NOW_MS + 60_000)


def test_a_product_in_one_form_is_found_whatever_variant_its_line_names() -> None:
    simple = Sight(NOW_MS, {(ONLINE, None): Holder(JUMPER)}, "web")
    entry = found(None, an_order(a_line(variant=77)), simple)
    assert entry.accounts[0].holder == Holder(JUMPER)


def test_a_change_is_told_anew_where_the_pos_refused_the_revision_before() -> None:
    entry = refused(ask(an_entry(), 0), "The product is not known.")
    again = found(entry, an_order(a_line(quantity=1), modified_ms=NOW_MS + 1_000), LATER)
    assert (again.refusal, again.state, again.since_ms) == ("", LaneState.SEEN, LATER.now_ms)


def test_a_settled_order_that_owes_something_else_is_open_again() -> None:
    entry = replace(an_entry(), settled=True)
    changed = found(entry, an_order(a_line(refunded=1), status=14), LATER)
    assert not changed.settled
    assert found(entry, an_order(status=9), LATER).settled


def test_what_no_shelf_has_is_never_told_and_changes_nothing_that_is_owed() -> None:
    download = a_line(2, physical=False)
    entry = found(an_entry(), an_order(a_line(), download, modified_ms=NOW_MS + 1_000), LATER)
    assert _units(entry) == {1: 2}
    assert entry.since_ms == NOW_MS


def test_a_line_that_owes_nothing_from_the_first_is_not_told() -> None:
    assert _units(an_entry(a_line(), a_line(2, refunded=2), status=14)) == {1: 2}


def test_lines_of_products_that_are_not_linked_are_no_exchange_for_each_other() -> None:
    nowhere = replace(SIGHT, holders={})
    other = replace(a_line(2, quantity=2), product=StoreProductId(102))
    entry = ask(found(None, an_order(), nowhere), 0)
    swapped = found(entry, an_order(other, modified_ms=NOW_MS + 1_000), nowhere)
    assert _units(swapped) == {1: 0, 2: 2}


def test_an_order_that_was_told_and_waits_for_its_payment_again_stays_booked() -> None:
    entry = found(ask(an_entry(), 0), an_order(status=1, modified_ms=NOW_MS + 1_000), SIGHT)
    assert _units(entry) == {1: 2}


def test_what_has_left_the_house_is_noted_each_time_that_it_is_more() -> None:
    entry = an_entry()
    for second, shipped in enumerate((1, 1, 2), start=1):
        order = an_order(a_line(shipped=shipped), status=3, modified_ms=NOW_MS + second * 1_000)
        entry = found(entry, order, SIGHT)
    left = [(each.by_ms - NOW_MS, each.units) for each in entry.lines[0].left]
    assert left == [(1_000, 1), (3_000, 2)]


def test_an_account_goes_by_the_sku_that_its_line_has_now() -> None:
    renamed = an_order(a_line(sku="J-2"), modified_ms=NOW_MS + 1_000)
    assert found(an_entry(), renamed, SIGHT).accounts[0].sku == "J-2"


def test_a_change_after_the_end_by_hand_names_the_order_as_people_know_it() -> None:
    entry = ended_by_hand(found(None, an_order(number="W-7"), SIGHT), {JUMPER: 11})
    more = an_order(a_line(quantity=3), number="W-7", modified_ms=NOW_MS + 1_000)
    assert "W-7" in found(entry, more, LATER).refusal


def test_a_booked_order_that_nobody_changes_stays_booked() -> None:
    entry = answered(ask(an_entry(), 0), Answer(1, 0))
    assert found(entry, an_order(modified_ms=NOW_MS + 1_000, status=9), LATER).state is (
        LaneState.BOOKED
    )
