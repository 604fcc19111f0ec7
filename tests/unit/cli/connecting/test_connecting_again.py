"""Connecting a store again, with a new token or another address, keeps what is known of it."""

from dataclasses import replace
from typing import Any

import pytest

from cli.cannot_run import CannotRun
from tests.unit.cli.connecting.conftest import POS, SHOP, an_account, connect
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, Settings, StoreState, WebOrderMode
from tillbridge.domain.ids import StoreProductId


def test_connecting_again_keeps_the_settings(deployment: Any) -> None:
    first = connect(deployment, an_account("shop"), "old", POS)
    assert first.settings == Settings()
    deployment.stores.save_connection(replace(first, settings=Settings(safety_stock=4)))
    again = connect(
        deployment, an_account("shop"), "new", replace(POS, address="https://new.example")
    )
    assert again.settings.safety_stock == 4
    assert deployment.stores.find(SHOP).pos_account.address == "https://new.example"
    assert deployment.token("store/shop") == "new"


def test_a_new_token_must_read_orders_where_web_orders_are_on_and_else_need_not(
    deployment: Any,
) -> None:
    deployment.scopes.lacks = {"Orders"}
    first = connect(deployment, an_account("shop"), "old", POS)
    connect(deployment, an_account("shop"), "new", POS)
    on = Settings(web_orders=WebOrderMode.LEDGER)
    deployment.stores.save_connection(replace(first, settings=on))
    with pytest.raises(CannotRun, match="lacks “Orders: read-only”"):
        connect(deployment, an_account("shop"), "narrow", POS)
    assert deployment.token("store/shop") == "new"


def test_a_canary_stays_with_its_store_and_never_goes_to_another(deployment: Any) -> None:
    deployment.has_links = deployment.has_orders = False
    first = connect(deployment, an_account("shop"), "t", POS)
    canary = Canary(StoreProductId(7), 1)
    deployment.stores.save_connection(replace(first, canary=canary))
    assert connect(deployment, an_account("shop"), "new", POS).canary == canary
    other = replace(an_account("shop"), store_hash="another")
    assert connect(deployment, other, "t", POS).canary is None


def test_connecting_again_forgets_what_the_batches_of_the_store_ignored(deployment: Any) -> None:
    connect(deployment, an_account("shop"), "old", POS)
    deployment.stores.remember_ignored(SHOP, {"upc"})
    assert deployment.stores.find(SHOP).ignored == {"upc"}
    assert connect(deployment, an_account("shop"), "new", POS).ignored == frozenset()
    assert deployment.stores.find(SHOP).ignored == frozenset()


def _in_state(deployment: Any, state: StoreState) -> Connection:
    first = connect(deployment, an_account("shop"), "t", POS)
    in_state: Connection = replace(
        first,
        settings=Settings(safety_stock=4),
        channel_id=7,
        category_tree_id=8,
        location_id=9,
        state=state,
        attention_code="token_dead",
        attention_words="Make a new one.",
        not_before_ms=99,
        failures=3,
    )
    deployment.stores.save_connection(in_state)
    return in_state


def test_a_paused_store_stays_paused_and_as_it_was(deployment: Any) -> None:
    paused = _in_state(deployment, StoreState.PAUSED)
    assert connect(deployment, an_account("shop"), "renewed", POS) == paused
    assert deployment.stores.find(SHOP) == paused
    assert deployment.token("store/shop") == "renewed"
    assert deployment.signals.signalled == []


@pytest.mark.parametrize("state", [StoreState.ACTIVE, StoreState.NEEDS_ATTENTION])
def test_a_store_in_trouble_is_tried_at_once_with_its_new_token(
    deployment: Any, state: StoreState
) -> None:
    in_trouble = _in_state(deployment, state)
    again = connect(deployment, an_account("shop"), "renewed", POS)
    assert again == replace(
        in_trouble,
        state=StoreState.ACTIVE,
        attention_code="",
        attention_words="",
        not_before_ms=0,
        failures=0,
    )
    assert deployment.signals.signalled == [SHOP]


def test_each_store_gets_a_key_for_its_webhooks_and_keeps_it(deployment: Any) -> None:
    first = connect(deployment, an_account("shop"), "old", POS)
    other = connect(deployment, an_account("web"), "old", POS)
    assert len(first.hooks.key) >= 32
    assert first.hooks.key != other.hooks.key
    assert connect(deployment, an_account("shop"), "new", POS).hooks == first.hooks
