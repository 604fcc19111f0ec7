"""A store added to a vendor's POS that was connected before."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cli.cannot_run import CannotRun
from cli.deployment import connect as connecting
from cli.deployment.pos_side import PosSide, vendors_pos
from tests.builders import a_connection
from tests.unit.cli.connecting.conftest import SHOP, an_account, connect
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.pos_habits import facts_told


@pytest.fixture
def vendors(deployment: Any, monkeypatch: pytest.MonkeyPatch) -> PosSide:
    """Return a vendor's POS that `pos connect` connected; its pokes are noted in `deployment.poked`."""
    facts = facts_told("Quay Gifts", "r-1", "USD", (), tax_in_prices=False, prices=None)
    account = PosAccount(
        PosAccountKey("lightspeed-quay"),
        "https://quay.example",
        "pos.lightspeed-x",
        kind=PosKind.LIGHTSPEED_X,
        facts=facts,
    )
    deployment.secrets["tillbridge/prod/pos/lightspeed-quay"] = '{"access_token": "kept"}'
    deployment.stores.save_new(a_connection("other", pos_account=account))
    deployment.poked = []
    noted = SimpleNamespace(poke=deployment.poked.append)
    monkeypatch.setattr(connecting, "pokes", lambda _: noted)
    return vendors_pos(deployment, "lightspeed", "lightspeed-quay")


def test_a_store_shares_the_account_of_a_vendors_pos_and_the_next_poll_is_asked_for(
    deployment: Any, vendors: PosSide
) -> None:
    made = connect(deployment, an_account("shop"), "t", vendors)
    assert made.pos_account == deployment.stores.find(StoreId("other")).pos_account
    assert deployment.token("pos/lightspeed-quay") == "kept"
    assert deployment.poked == ["lightspeed-quay"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"currency": "EUR"}, "The POS's prices are in USD"),
        ({"prices_with_tax": True}, "--prices excl"),
    ],
)
def test_another_currency_or_tax_habit_than_the_vendors_is_refused(
    deployment: Any, vendors: PosSide, told: dict[str, Any], words: str
) -> None:
    deployment.scopes.store = replace(deployment.scopes.store, **told)
    with pytest.raises(CannotRun) as why:
        connect(deployment, an_account("shop"), "t", vendors)
    assert words in str(why.value)
    assert deployment.stores.find(SHOP) is None
    assert deployment.poked == []


@pytest.mark.parametrize(("vendor", "key"), [("lightspeed", "till"), ("lightspeed", "")])
def test_a_vendors_pos_that_is_not_connected_is_named_with_those_that_are(
    deployment: Any, vendors: PosSide, vendor: str, key: str
) -> None:
    with pytest.raises(CannotRun, match="Connected: lightspeed-quay"):
        vendors_pos(deployment, vendor, key)
