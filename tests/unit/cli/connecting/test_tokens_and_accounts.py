"""Whose token is kept under which name, and which stores share an account of the POS."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cli.cannot_run import CannotRun
from cli.deployment.pos_side import PosSide
from cli.deployment.secrets import pos_token
from tests.unit.cli.connecting.conftest import POS, SHOP, WEB, an_account, connect
from tillbridge.domain.ids import PosAccountKey


def test_connecting_again_keeps_the_pos_account_its_sender_and_its_epoch(deployment: Any) -> None:
    pos = replace(POS, sender="pos.example@123456789012")
    first = connect(deployment, an_account("shop"), "t", pos).pos_account
    restored = replace(first, key=PosAccountKey("till"), epoch=3)
    deployment.stores.save_connection(replace(deployment.stores.find(SHOP), pos_account=restored))
    connect(deployment, an_account("shop"), "t", PosSide("https://pos.example", "renewed"))
    assert deployment.stores.find(SHOP).pos_account == restored
    assert deployment.token("pos/till") == "renewed"


def test_stores_of_one_pos_share_its_account_and_a_new_token_is_for_both(deployment: Any) -> None:
    connect(deployment, an_account("shop"), "t", POS)
    connect(deployment, an_account("web"), "t", replace(POS, address="https://POS.example"))
    assert deployment.stores.find(WEB).pos_account.key == "shop"
    connect(deployment, an_account("web"), "t", replace(POS, token="renewed"))
    assert deployment.token("pos/shop") == "renewed"


@pytest.mark.parametrize("odd", ["", "no json", "[]", "{}", '{"access_token": 7}'])
def test_a_secret_that_holds_no_token_is_mended_by_connecting_again(
    deployment: Any, odd: str
) -> None:
    connect(deployment, an_account("shop"), "t", POS)
    deployment.secrets["tillbridge/prod/pos/shop"] = odd
    with pytest.raises(CannotRun, match=r"holds no access token\. Store it again"):
        pos_token(deployment, PosAccountKey("shop"))
    connect(deployment, an_account("shop"), "t", POS)
    assert deployment.token("pos/shop") == "p"
    assert len(deployment.stores.pos_accounts()) == 1


def test_secrets_that_are_marked_for_deletion_are_restored_by_connecting_again(
    deployment: Any,
) -> None:
    connect(deployment, an_account("shop"), "t", POS)
    deployment.to_be_deleted = set(deployment.secrets)
    connect(deployment, an_account("shop"), "new", POS)
    assert deployment.to_be_deleted == set()
    assert (deployment.token("store/shop"), deployment.token("pos/shop")) == ("new", "p")


def test_who_may_not_read_a_token_makes_no_second_account_of_one_pos(deployment: Any) -> None:
    connect(deployment, an_account("shop"), "t", POS)
    deployment.locked = {"tillbridge/prod/pos/shop"}
    with pytest.raises(ClientError, match="AccessDenied"):
        connect(deployment, an_account("web"), "t", POS)
    assert deployment.stores.find(WEB) is None


def test_two_customers_of_one_pos_cloud_have_an_account_each(deployment: Any) -> None:
    connect(deployment, an_account("shop"), "t", POS)
    connect(deployment, an_account("web"), "t", replace(POS, token="theirs"))
    assert deployment.stores.find(WEB).pos_account.key == "web"
    assert (deployment.token("pos/shop"), deployment.token("pos/web")) == ("p", "theirs")


def test_a_new_account_never_takes_the_name_and_token_of_another(deployment: Any) -> None:
    connect(deployment, an_account("shop"), "t", POS)
    connect(deployment, an_account("web"), "t", POS)
    deployment.stores.remove(SHOP)
    connect(deployment, an_account("shop"), "t", replace(POS, address="https://other.example"))
    assert deployment.stores.find(SHOP).pos_account.key == "shop-2"
    assert deployment.stores.find(WEB).pos_account.address == "https://pos.example"
