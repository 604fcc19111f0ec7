"""Prices by the habit of the retailer, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillbridge.adapters.lightspeed_x.prices import Terms, decimals_of, price_of, rounded, terms_of

AMOUNTS = st.decimals(Decimal(0), Decimal(10**9), places=5)


@pytest.mark.parametrize(
    ("currency", "amount", "price"),
    [
        ("NZD", "3.02632", "3.03"),
        ("NZD", "2.005", "2.01"),
        ("NZD", "126.5", "126.5"),
        ("JPY", "1980.5", "1981"),
        ("KWD", "1.23456", "1.235"),
    ],
)
def test_a_price_with_tax_is_rounded_half_up_to_the_currency(
    currency: str, amount: str, price: str
) -> None:
    terms = Terms(currency, tax_in_prices=True)
    assert price_of(Decimal(amount), Decimal(1), terms) == Decimal(price)


def test_a_price_before_tax_keeps_four_decimals() -> None:
    terms = Terms("JPY", tax_in_prices=False)
    assert price_of(Decimal(3), Decimal("2.63158"), terms) == Decimal("2.6316")


@pytest.mark.parametrize("tax_in_prices", [True, False])
def test_the_other_price_is_never_taken_instead(tax_in_prices: bool) -> None:
    including, excluding = (None, Decimal(1)) if tax_in_prices else (Decimal(1), None)
    assert price_of(including, excluding, Terms("USD", tax_in_prices)) is None


@given(AMOUNTS, st.sampled_from(["USD", "JPY", "KWD"]))
def test_no_price_is_off_by_more_than_half_of_the_smallest_coin(
    amount: Decimal, currency: str
) -> None:
    price = price_of(amount, None, Terms(currency, tax_in_prices=True))
    assert price is not None
    assert abs(price - amount) * 2 <= Decimal(1).scaleb(-decimals_of(currency))
    assert rounded(price, decimals_of(currency)) == price


def test_the_choice_of_a_person_beats_the_habit_of_the_retailer() -> None:
    facts = {"currency": "EUR", "tax_in_prices": "yes"}
    assert terms_of(facts) == Terms("EUR", tax_in_prices=True)
    assert terms_of(facts | {"prices": "excl"}) == Terms("EUR", tax_in_prices=False)
    kept = facts | {"tax_in_prices": "no", "discount_product": "d"}
    assert terms_of(kept) == Terms("EUR", tax_in_prices=False, discount_product="d")


@pytest.mark.parametrize("facts", [{}, {"currency": "EUR"}, {"tax_in_prices": "yes"}])
def test_facts_that_do_not_tell_the_terms_are_none(facts: dict[str, str]) -> None:
    assert terms_of(facts) is None
