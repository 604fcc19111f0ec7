"""What cannot go together is refused, and nothing is saved."""

from dataclasses import replace
from typing import Any

import pytest

from cli.cannot_run import CannotRun
from cli.deployment.accounts import Account
from tests.unit.cli.connecting.conftest import POS, SHOP, an_account, connect
from tillbridge.domain.store_facts import StoreFacts

ELSEWHERE = replace(POS, address="https://other.example", token="o")


@pytest.mark.parametrize(
    "address",
    [
        "https://api.example",
        "https://api.example/",
        "HTTPS://API.example:443",
        "https://api.example:443/",
    ],
)
@pytest.mark.parametrize("store_hash", ["hash-of-shop", "HASH-of-shop"])
def test_a_store_that_is_connected_is_refused_under_another_name(
    deployment: Any, address: str, store_hash: str
) -> None:
    connect(deployment, an_account("shop"), "t", POS)
    saved = dict(deployment.secrets)
    with pytest.raises(CannotRun, match=r"connected already, as 'shop'.*store add shop --hash"):
        connect(deployment, Account("again", store_hash, "", address), "t", ELSEWHERE)
    assert deployment.stores.all() == [SHOP]
    assert deployment.secrets == saved


def test_two_names_of_this_machine_are_one_address(deployment: Any) -> None:
    local = Account("shop", "sandbox1", "", "http://127.0.0.1:4702")
    connect(deployment, local, "t", POS)
    with pytest.raises(CannotRun, match="connected already"):
        connect(deployment, replace(local, name="b", api_url="http://localhost:4702"), "t", POS)
    connect(deployment, replace(local, name="c", api_url="http://localhost:4802"), "t", POS)


def test_links_never_come_to_another_store(deployment: Any) -> None:
    connect(deployment, an_account("shop"), "t", POS)
    other = replace(an_account("shop"), store_hash="other")
    with pytest.raises(CannotRun, match="under a name of its own"):
        connect(deployment, other, "t", POS)
    assert deployment.stores.find(SHOP).store_hash == "hash-of-shop"
    deployment.has_links = False
    deployment.has_orders = True
    with pytest.raises(CannotRun, match="its web orders are that store's"):
        connect(deployment, other, "t", POS)
    deployment.has_orders = False
    assert connect(deployment, other, "t", POS).store_hash == "other"


def test_sides_of_two_currencies_are_not_connected(deployment: Any) -> None:
    deployment.scopes.pos_currency = "EUR"
    with pytest.raises(CannotRun, match=r"POS's prices are in EUR.*currency is USD"):
        connect(deployment, an_account("shop"), "t", POS)
    assert not deployment.secrets
    assert not deployment.stores.all()


@pytest.mark.parametrize(("store", "pos"), [("", "EUR"), ("USD", "")])
def test_a_side_that_does_not_tell_its_currency_is_connected(
    deployment: Any, store: str, pos: str
) -> None:
    deployment.scopes.store, deployment.scopes.pos_currency = StoreFacts(currency=store), pos
    made = connect(deployment, an_account("shop"), "t", POS)
    assert made.pos_account.facts == ({"currency": pos} if pos else {})
