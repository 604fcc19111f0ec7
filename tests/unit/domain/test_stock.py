"""The stock level that is sent."""

from decimal import Decimal

import pytest

from tests.builders import some_stock
from tillbridge.domain.stock import LARGEST, Sellable, impossible, sellable


def test_what_is_committed_is_not_for_sale() -> None:
    assert sellable([some_stock(5, committed=2)]) == Sellable(3)


def test_chosen_outlets_are_summed_and_others_do_not_count() -> None:
    levels = [some_stock(5, "quay"), some_stock(4, "market"), some_stock(9, "warehouse")]
    assert sellable(levels, {"quay", "market"}) == Sellable(9)


def test_without_a_choice_every_outlet_counts() -> None:
    assert sellable([some_stock(5, "quay"), some_stock(4, "market")]) == Sellable(9)


def test_unknown_is_not_zero() -> None:
    assert sellable([], ()) is None
    assert sellable([some_stock(5, "quay")], {"market"}) is None


def test_safety_stock_is_kept_back_but_is_no_debt() -> None:
    assert sellable([some_stock(5)], safety=2) == Sellable(3)
    assert sellable([some_stock(1)], safety=2) == Sellable(0, debt=0)


def test_a_negative_level_is_sent_as_nothing_and_kept_as_a_debt() -> None:
    assert sellable([some_stock(-3)]) == Sellable(0, debt=3)


def test_one_outlets_debt_lowers_what_another_has() -> None:
    assert sellable([some_stock(-2, "quay"), some_stock(5, "market")]) == Sellable(3)


@pytest.mark.parametrize(("on_hand", "level"), [("2.9", 2), ("0.5", 0), ("-0.5", 0)])
def test_fractions_are_floored(on_hand: str, level: int) -> None:
    found = sellable([some_stock(on_hand)])
    assert found is not None
    assert found.level == level


def test_more_than_bigcommerce_can_count_is_sent_as_its_largest_number() -> None:
    found = sellable([some_stock(str(Decimal(10) ** 12))])
    assert found == Sellable(2_147_483_647)


@pytest.mark.parametrize("number", ["4006381333931", "-36000291452", "4006381333931.5"])
def test_a_barcode_is_no_count(number: str) -> None:
    assert impossible([some_stock(number)]) == (Decimal(number),)
    assert impossible([some_stock(number, "quay"), some_stock(3, "market")], {"market"}) == ()


@pytest.mark.parametrize("number", [96385074, "73513537", "-40123455"])
def test_an_ean_8_is_no_count_though_bigcommerce_could_count_so_far(number: int | str) -> None:
    assert impossible([some_stock(number)]) == (Decimal(number),)


@pytest.mark.parametrize("number", [96385075, 9638507, 963850743, "10000000", "99999999"])
def test_a_number_near_an_ean_8_is_a_count(number: int | str) -> None:
    assert impossible([some_stock(number)]) == ()


def test_the_products_own_barcode_is_no_count_whatever_its_length() -> None:
    codes = ["036000291", " 614141 "]
    assert impossible([some_stock(36000291)], codes=codes) == (Decimal(36000291),)
    assert impossible([some_stock(614141)], codes=codes) == (Decimal(614141),)
    assert impossible([some_stock(614142)], codes=codes) == ()
    assert impossible([some_stock(12)], codes=["12"]) == ()


@pytest.mark.parametrize("number", [0, -3, LARGEST, "9999999999", "1000000000000", "7777777777.5"])
def test_counts_and_what_people_type_for_endless_are_counts(number: int | str) -> None:
    assert impossible([some_stock(number)]) == ()


def test_units_sold_on_the_web_are_not_for_sale_and_more_than_there_are_is_debt() -> None:
    assert sellable([some_stock(5)], safety=1, web_units=2) == Sellable(2)
    assert sellable([some_stock(1)], web_units=3) == Sellable(0, debt=2)
