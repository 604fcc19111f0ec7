"""Prices with tax and without never meet unless a person said which is sent."""

from dataclasses import replace

import pytest

from tests.builders import a_pos_account
from tillbridge.domain.pos_habits import PriceHabit, facts_told, habits_differ, missing_scopes


def facts(*, tax: bool, prices: PriceHabit | None = None) -> dict[str, str]:
    return facts_told("Quay", "r", "USD", (), tax_in_prices=tax, prices=prices)


@pytest.mark.parametrize("with_tax", [True, False])
def test_a_store_and_a_pos_of_one_habit_fit(with_tax: bool) -> None:
    account = replace(a_pos_account(), facts=facts(tax=with_tax))
    assert not habits_differ(with_tax, account)


@pytest.mark.parametrize("with_tax", [True, False])
def test_those_of_two_habits_are_refused_with_what_to_do(with_tax: bool) -> None:
    why = habits_differ(with_tax, replace(a_pos_account(), facts=facts(tax=not with_tax)))
    theirs, ours = ("without", "with") if with_tax else ("with", "without")
    assert f"POS's prices are {theirs} tax" in why
    assert f"entered {ours}:" in why
    assert "--prices" in why


@pytest.mark.parametrize("prices", PriceHabit)
def test_a_persons_choice_is_not_questioned(prices: PriceHabit) -> None:
    account = replace(a_pos_account(), facts=facts(tax=True, prices=prices))
    assert not habits_differ(store_with_tax=False, account=account)


@pytest.mark.parametrize("told", [None, True])
def test_a_side_that_does_not_say_is_no_reason_to_refuse(told: bool | None) -> None:
    silent = a_pos_account()
    known = replace(silent, facts=facts(tax=False))
    assert not habits_differ(told, silent)
    assert not habits_differ(None, known)


def test_scopes_that_were_missing_are_remembered_by_name() -> None:
    told = facts_told("Q", "r", "USD", ["b:read", "a:read"], tax_in_prices=True, prices=None)
    assert missing_scopes(replace(a_pos_account(), facts=told)) == ["a:read", "b:read"]
    assert missing_scopes(a_pos_account()) == []
