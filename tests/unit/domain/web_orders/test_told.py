"""What the POS is told of an order."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.unit.domain.web_orders.orders import a_line, an_entry
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.shown import Extra
from tillbridge.domain.web_orders.told import body, external_id


def test_the_body_holds_the_state_and_nobodys_name() -> None:
    line = a_line(
        name="Jumper", price_inc_tax=Decimal("10.83"), price_ex_tax=Decimal("10.00"), refunded=1
    )
    entry = an_entry(
        line,
        currency="EUR",
        payment="Credit Card",
        channel_name="Web",
        extras=(Extra("shipping", Decimal("4.90"), Decimal("4.12")),),
        total_inc_tax=Decimal("15.73"),
    )
    assert entry.told is not None
    assert body(entry.told) == {
        "revision": 1,
        "placed_at": "2023-11-14T22:13:20Z",
        "number": "1041",
        "channel": {"id": 1, "name": "Web"},
        "outlet_id": "web",
        "state": "open",
        "currency": "EUR",
        "payment": {"method": "Credit Card"},
        "lines": [
            {
                "line_id": "1",
                "product_id": "p-jumper",
                "variant_id": "v-jumper-s",
                "sku": "J",
                "name": "Jumper",
                "units": "1",
                "ordered": "2",
                "returned": "1",
                "unit_price_inc_tax": "10.83",
                "unit_price_ex_tax": "10.00",
            }
        ],
        "extras": [{"kind": "shipping", "amount_inc_tax": "4.90", "amount_ex_tax": "4.12"}],
        "total_inc_tax": "15.73",
    }


def test_a_product_that_is_not_linked_goes_with_its_sku() -> None:
    entry = an_entry()
    assert entry.told is not None
    (line,) = entry.told.lines
    unlinked = replace(entry.told, lines=(replace(line, holder=None),))
    assert body(unlinked)["lines"][0]["product_id"] is None


def test_an_order_has_one_name_for_ever() -> None:
    assert external_id("hbr1", WebOrderId(1041)) == "bigcommerce:hbr1:1041"


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0.00"), ("10", "10.00"), ("1E+1", "10.00"), ("-2.5", "-2.50"), ("9.9000", "9.9000")],
)
def test_an_amount_has_two_decimals_or_more(amount: str, text: str) -> None:
    entry = an_entry(total_inc_tax=Decimal(amount))
    assert entry.told is not None
    assert body(entry.told)["total_inc_tax"] == text
