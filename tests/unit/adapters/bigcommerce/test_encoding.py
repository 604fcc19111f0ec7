"""JSON as it is sent and read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillbridge.adapters.bigcommerce.encoding import decode, encode

money = st.decimals(
    min_value=0, max_value=Decimal(99_999_999_999), places=4, allow_nan=False, allow_infinity=False
)


@given(money)
def test_money_is_a_number_that_reads_back_as_the_same_money(amount: Decimal) -> None:
    sent = encode({"price": amount})
    assert b'"' not in sent.removeprefix(b'{"price"')
    assert decode(sent)["price"] == amount


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0.10", b"0.1"), ("12.00", b"12"), ("0.30", b"0.3"), ("1E+2", b"100"), ("19.99", b"19.99")],
)
def test_money_has_no_artefacts(amount: str, shown: bytes) -> None:
    assert encode(Decimal(amount)) == shown


def test_blanks_and_nulls_are_sent_as_they_are() -> None:
    assert encode({"upc": "", "price": None}) == b'{"upc":"","price":null}'


def test_names_in_any_script_are_sent_as_they_are() -> None:
    assert decode(encode({"name": "Çay 🍵 “x”"})) == {"name": "Çay 🍵 “x”"}


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_what_is_no_number_is_not_sent(amount: str) -> None:
    with pytest.raises(ValueError, match="Out of range"):
        encode({"price": Decimal(amount)})


def test_what_is_no_json_is_not_sent() -> None:
    with pytest.raises(TypeError):
        encode({"price": object()})
