"""Which units a POS record does not contain."""

from dataclasses import replace

import pytest

from tests.builders import JUMPER, a_jumper, a_product
from tests.unit.domain.web_orders.orders import MEDIUM, SMALL, an_account
from tillbridge.domain.ids import WebLineId, WebOrderId
from tillbridge.domain.versions import version_of
from tillbridge.domain.web_orders.accounts import Holder, booked, open_units, web_units


@pytest.mark.parametrize(("version", "units"), [(-1, 0), (10, 0), (11, 2), (99, 2)])
def test_a_unit_is_booked_from_the_version_on_that_the_pos_names(version: int, units: int) -> None:
    assert booked(an_account(2, (11, 2)), version) == units


def test_a_return_that_was_asked_counts_before_its_answer() -> None:
    """Its call may have raised what is on hand already."""
    assert booked(an_account(1, (11, 2), asked=1), 11) == 1
    assert open_units([an_account(2, (11, 2), asked=1)], 12) == 1


def test_between_two_bookings_the_lesser_is_certain() -> None:
    """The version of a return may be answered too late."""
    account = an_account(2, (11, 2), (14, 1), (20, 3))
    assert [booked(account, version) for version in (10, 11, 13, 14, 19, 20)] == [0, 1, 1, 1, 1, 3]


def test_a_booking_of_another_epoch_says_nothing() -> None:
    account = an_account(2, (11, 2))
    assert booked(account, version_of(1, 50)) == 0
    again = an_account(2, (11, 2), (version_of(1, 9), 2))
    assert (booked(again, version_of(1, 8)), booked(again, version_of(1, 9))) == (0, 2)
    assert booked(again, 12) == 2, "a record of the epoch before is judged by its own bookings"


def test_a_return_under_way_never_adds_to_the_level() -> None:
    assert open_units([an_account(0, (11, 2))], 11) == 0


def test_two_lines_of_one_variant_are_booked_one_by_one() -> None:
    first = an_account(2, (11, 2))
    second = an_account(1, (12, 1), line=WebLineId(2))
    found = [open_units([first, second], version) for version in (10, 11, 12)]
    assert found == [3, 1, 0]


def test_goods_under_a_new_line_id_are_the_same_goods() -> None:
    gone = an_account(0, (11, 2))
    renewed = an_account(2, line=WebLineId(2))
    assert open_units([gone, renewed], 11) == 0
    other_order = an_account(2, line=WebLineId(3), order=WebOrderId(1042))
    record = a_jumper(version=11)
    assert web_units(record, [gone, renewed, other_order]) == {SMALL: 2}


def test_variants_and_products_are_apart() -> None:
    medium = an_account(1, holder=Holder(JUMPER, MEDIUM))
    elsewhere = an_account(5, holder=Holder(a_product().id))
    unlinked = an_account(5, holder=None)
    assert web_units(a_jumper(), [an_account(2), medium, elsewhere, unlinked]) == {
        SMALL: 2,
        MEDIUM: 1,
    }


def test_units_of_a_simple_product_follow_the_member_that_inherited_its_stock() -> None:
    simple = an_account(2, holder=Holder(JUMPER), sku="jumper-m")
    assert web_units(a_jumper(), [simple]) == {MEDIUM: 2}
    unknown = an_account(2, holder=Holder(JUMPER), sku="JUMPER")
    assert web_units(a_jumper(), [unknown]) == {SMALL: 2, MEDIUM: 2}, "too little, never too much"


def test_units_of_a_family_that_became_simple_are_the_products_own() -> None:
    both = [an_account(2), an_account(1, holder=Holder(JUMPER, MEDIUM), line=WebLineId(2))]
    simple = a_product(JUMPER)
    assert web_units(simple, both) == {None: 3}


def test_a_variant_that_is_gone_has_no_stock_to_lower() -> None:
    assert web_units(a_jumper("M"), [an_account(2, sku="JUMPER-S")]) == {}


def test_a_line_without_a_sku_is_no_variants_that_has_none() -> None:
    record = a_jumper()
    blank = replace(record, variants=(replace(record.variants[0], sku=""), *record.variants[1:]))
    nameless = an_account(2, holder=Holder(JUMPER), sku="")
    assert web_units(blank, [nameless]) == {SMALL: 2, MEDIUM: 2}
