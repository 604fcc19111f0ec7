"""The model of a product that sells out plays the rule itself, and tells policies apart."""

import pytest

from benches.helpers import in_step
from benches.helpers.in_step import Policy
from benches.oversell import ORDINARY, Row, measured
from tillbridge.domain.product import Product
from tillbridge.domain.web_orders.accounts import WebUnits


def _row(*policy: object) -> Row:
    return measured(ORDINARY, Policy(*policy), 40)  # type: ignore[arg-type] # as the table has them


def test_without_orders_a_sold_out_product_is_sold_again_and_again() -> None:
    assert _row("off").oversold.mean > 10


def test_orders_that_the_till_never_learns_of_protect_the_web_alone() -> None:
    assert 5 < _row("ledger").oversold.mean < 10


def test_orders_in_the_pos_leave_the_race_within_the_lag_as_the_formula_says() -> None:
    hooks, none = _row("pos"), _row("pos", False)
    assert hooks.oversold.mean < 0.3
    assert hooks.formula is not None
    assert none.formula is not None
    assert 0.03 < hooks.formula < 0.1 < none.formula
    assert hooks.too_high.mean < 60
    assert _row("pos", True, 3).oversold.mean == 0


def test_the_same_seed_gives_the_same_figures() -> None:
    assert _row("pos") == _row("pos")
    assert measured(ORDINARY, Policy("pos"), 5, seed=2) != measured(ORDINARY, Policy("pos"), 5)


def test_the_model_plays_the_rule_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets(record: Product, accounts: object) -> WebUnits:
        return {}

    right = _row("ledger").oversold.mean
    monkeypatch.setattr(in_step, "web_units", forgets)
    assert _row("ledger").oversold.mean > 1.5 * right
