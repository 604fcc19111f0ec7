"""Dead tokens, missing scopes and suspended stores: a person must act, and learns what to do."""

import traceback
from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.contract.store_api_hazards.conftest import A_PRODUCT, Tokens
from tests.fakes.clock import FakeClock
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.domain.errors import (
    NeedsAttention,
    TillbridgeError,
)
from tillbridge.domain.ids import StoreProductId
from tillbridge.ports.store_api import StockItem


def test_a_dead_token_is_read_anew_once_and_then_needs_attention(
    server: StoreServer, store: BigCommerceStore, tokens: Tokens
) -> None:
    server.control.set_hazard("token-dead")
    with pytest.raises(NeedsAttention) as attention:
        store.create(A_PRODUCT)
    assert attention.value.code == "token_dead"
    assert "token" in str(attention.value)
    assert tokens.read_anew == 1
    server.control.clear_hazards()
    store.create(A_PRODUCT)


def test_a_token_that_was_changed_meanwhile_is_taken_without_a_word(
    store: BigCommerceStore, tokens: Tokens
) -> None:
    tokens.held = "the-old-one"
    store.create(A_PRODUCT)
    assert tokens.read_anew == 1


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("store_v2_products", lambda store: store.create(A_PRODUCT)),
        ("store_v2_products", lambda store: store.assign_channel([StoreProductId(1)], 1)),
        (
            "store_inventory",
            lambda store: store.set_stock([StockItem(1, 1, product=StoreProductId(1))]),
        ),
    ],
)
def test_a_missing_scope_is_named(
    server: StoreServer, store: BigCommerceStore, scope: str, call: Any
) -> None:
    server.control.set_hazard("scope-missing", scope=scope)
    with pytest.raises(NeedsAttention) as attention:
        call(store)
    assert attention.value.code == "scope_missing"
    assert scope in str(attention.value)


def test_a_suspended_store_needs_attention(server: StoreServer, store: BigCommerceStore) -> None:
    server.control.set_hazard("suspended")
    with pytest.raises(NeedsAttention) as attention:
        store.ping()
    assert attention.value.code == "suspended"


@pytest.mark.parametrize("token", ["sesame-4711", "sesame-4711\nX-Other: 1", "sesame-4711-€"])
def test_no_error_shows_the_token(server: StoreServer, clock: FakeClock, token: str) -> None:
    with StoreServer() as closed:
        nowhere = closed.api_url
    for url in (server.api_url, nowhere):
        store = BigCommerceStore(
            url, server.store_hash, lambda _: token, clock, clock.now_ms() + 60_000
        )
        with pytest.raises(TillbridgeError) as error:
            store.create(A_PRODUCT)
        shown = "".join(traceback.format_exception(error.value))
        assert "sesame" not in shown
