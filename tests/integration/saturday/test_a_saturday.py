"""A Saturday in a second: everything late, lost, doubled or killed, and a judge who asks only both sides."""

import pytest

from sandbox.saturday.plan import SMALL
from tests.saturday_house import SaturdayHouse
from tillbridge.domain.connection import WebOrderMode


def test_a_shop_that_reads_no_web_orders_keeps_none_of_the_promises(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So the judge finds what the others of these tests must not show."""
    with SaturdayHouse(1, SMALL, monkeypatch, mode=WebOrderMode.OFF) as house:
        verdict = house.play()
    said = "\n".join(verdict.broken)
    assert verdict.placed > 50
    assert "is booked 0 times" in said
    assert "online and should be" in said
    assert "rests on no view of the orders" in said
    assert sum(verdict.oversold.values()) > 10
    assert verdict.too_high > 1_000
