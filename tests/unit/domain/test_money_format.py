"""A price is written as its store writes prices, and never as another amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.money_format import PLAIN, MoneyFormat, Side, in_format

DOLLARS = MoneyFormat("USD", "$")
EUROS = MoneyFormat("EUR", "€", Side.RIGHT, 2, ",", ".")
YEN = MoneyFormat("JPY", "¥", Side.LEFT, 0, ".", ",")
FRANCS = MoneyFormat("CHF", "CHF", Side.RIGHT, 2, ".", "\N{RIGHT SINGLE QUOTATION MARK}")


@pytest.mark.parametrize(
    ("price", "how", "shown"),
    [
        ("14.5", DOLLARS, "$14.50"),
        ("1240", DOLLARS, "$1,240.00"),
        ("1240.5", EUROS, "1.240,50\N{NO-BREAK SPACE}€"),
        ("1240", YEN, "¥1,240"),
        ("-3", DOLLARS, "\N{MINUS SIGN}$3.00"),
        ("-3", EUROS, "\N{MINUS SIGN}3,00\N{NO-BREAK SPACE}€"),
        ("1240", FRANCS, "1\N{RIGHT SINGLE QUOTATION MARK}240.00\N{NO-BREAK SPACE}CHF"),
        ("0.125", DOLLARS, "$0.125"),
        ("10.5", YEN, "¥10.5"),
        ("1240", PLAIN, "1,240.00"),
        ("", DOLLARS, ""),
        ("on request", DOLLARS, "on request"),
        ("NaN", DOLLARS, "NaN"),
        ("1E+999999", DOLLARS, "1E+999999"),
        ("9" * 16, DOLLARS, "9" * 16),
    ],
)
def test_a_price_is_written_as_the_store_writes_it(
    price: str, how: MoneyFormat, shown: str
) -> None:
    assert in_format(price, how) == shown


@given(
    st.decimals(-9_999_999, 9_999_999, places=4),
    st.sampled_from([DOLLARS, EUROS, YEN, FRANCS, PLAIN]),
)
def test_no_part_of_a_price_is_hidden(price: Decimal, how: MoneyFormat) -> None:
    shown = in_format(str(price), how)
    bare = "".join(
        "." if each == how.point else each
        for each in shown.removeprefix("\N{MINUS SIGN}")
        if each.isdigit() or each == how.point
    )
    assert Decimal(bare) == abs(price)


@pytest.mark.parametrize(
    "odd",
    [
        {"decimals": 5},
        {"decimals": -1},
        {"symbol": "x" * 9},
        {"point": ""},
        {"point": ","},
        {"thousands": "  "},
        {"point": "4"},
    ],
)
def test_a_format_in_which_nobody_can_read_a_price_is_none(odd: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        MoneyFormat(**odd)  # type: ignore[arg-type]  # as they come from outside
