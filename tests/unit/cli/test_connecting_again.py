"""Connecting a store again, with a new token or another address, keeps what is known of it."""

import json
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from botocore.exceptions import ClientError

from cli.cannot_run import CannotRun
from cli.deployment import connect as connecting
from cli.deployment.accounts import Account
from cli.deployment.connect import StoreFacts, connect
from cli.deployment.pos_side import PosSide
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import PosAccountKey, StoreId

SHOP = StoreId("shop")
WEB = StoreId("web")
POS = PosSide("https://pos.example", "p", sender="pos.example")


class Exists(Exception):
    """The secret is there."""


class Deployment:
    """A target with fake stores and secrets."""

    class exceptions:  # noqa: N801 - boto3's name
        ResourceExistsException = Exists

    endpoint_url = None
    outputs: ClassVar = {"secret_prefix": "tillbridge/prod"}

    def __init__(self) -> None:
        self.stores = FakeStores()
        self.secrets: dict[str, str] = {}

    def client(self, _service: str) -> Any:
        return self

    def create_secret(self, Name: str, SecretString: str) -> None:  # noqa: N803 - AWS's names
        if Name in self.secrets:
            raise Exists
        self.secrets[Name] = SecretString

    def put_secret_value(self, SecretId: str, SecretString: str) -> None:  # noqa: N803 - AWS's names
        self.secrets[SecretId] = SecretString

    def get_secret_value(self, SecretId: str) -> Any:  # noqa: N803 - AWS's names
        if SecretId not in self.secrets:
            raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetSecretValue")
        return {"SecretString": self.secrets[SecretId]}

    def token(self, of: str) -> str:
        return str(json.loads(self.secrets[f"tillbridge/prod/{of}"])["access_token"])


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(connecting, "ask_store", lambda *_: StoreFacts(channel_id=5))
    return Deployment()


def _account(name: str) -> Account:
    return Account(name, f"hash-of-{name}", "", "https://api.example")


def test_connecting_again_keeps_the_settings(deployment: Any) -> None:
    first = connect(deployment, _account("shop"), "old", POS)
    assert first.settings == Settings()
    deployment.stores.save_connection(replace(first, settings=Settings(safety_stock=4)))
    again = connect(
        deployment, _account("shop"), "new", replace(POS, address="https://new.example")
    )
    assert again.settings.safety_stock == 4
    assert deployment.stores.find(SHOP).pos_account.address == "https://new.example"
    assert deployment.token("store/shop") == "new"


def test_connecting_again_keeps_the_pos_account_its_sender_and_its_epoch(deployment: Any) -> None:
    pos = replace(POS, sender="pos.example@123456789012")
    first = connect(deployment, _account("shop"), "t", pos).pos_account
    restored = replace(first, key=PosAccountKey("till"), epoch=3)
    deployment.stores.save_connection(replace(deployment.stores.find(SHOP), pos_account=restored))
    connect(deployment, _account("shop"), "t", PosSide("https://pos.example", "renewed"))
    assert deployment.stores.find(SHOP).pos_account == restored
    assert deployment.token("pos/till") == "renewed"


def test_stores_of_one_pos_share_its_account_and_a_new_token_is_for_both(deployment: Any) -> None:
    connect(deployment, _account("shop"), "t", POS)
    connect(deployment, _account("web"), "t", replace(POS, address="https://POS.example"))
    assert deployment.stores.find(WEB).pos_account.key == "shop"
    connect(deployment, _account("web"), "t", replace(POS, token="renewed"))
    assert deployment.token("pos/shop") == "renewed"


def test_two_customers_of_one_pos_cloud_have_an_account_each(deployment: Any) -> None:
    connect(deployment, _account("shop"), "t", POS)
    connect(deployment, _account("web"), "t", replace(POS, token="theirs"))
    assert deployment.stores.find(WEB).pos_account.key == "web"
    assert (deployment.token("pos/shop"), deployment.token("pos/web")) == ("p", "theirs")


def test_a_new_account_never_takes_the_name_and_token_of_another(deployment: Any) -> None:
    connect(deployment, _account("shop"), "t", POS)
    connect(deployment, _account("web"), "t", POS)
    deployment.stores.remove(SHOP)
    connect(deployment, _account("shop"), "t", replace(POS, address="https://other.example"))
    assert deployment.stores.find(SHOP).pos_account.key == "shop-2"
    assert deployment.stores.find(WEB).pos_account.address == "https://pos.example"


def test_on_aws_it_must_be_said_who_puts_the_events_on_the_bus(deployment: Any) -> None:
    with pytest.raises(CannotRun, match="--pos-sender"):
        connect(deployment, _account("shop"), "t", replace(POS, sender=""))
    assert not deployment.secrets
    assert not deployment.stores.all()


def test_the_local_world_knows_who_puts_the_events_of_its_pos_on_the_bus(deployment: Any) -> None:
    deployment.endpoint_url = "http://127.0.0.1:1"
    made = connect(deployment, _account("shop"), "t", replace(POS, sender=""))
    assert made.pos_account.source == "pos.reference"


@pytest.mark.parametrize(
    "sender", ["tillbridge.cli", "pos.", "pos.a b", "pos.a@1", "pos.a@", "aws.events", "pos.a\n"]
)
def test_a_sender_that_no_rule_lets_through_is_refused(deployment: Any, sender: str) -> None:
    with pytest.raises(CannotRun, match="is no sender"):
        connect(deployment, _account("shop"), "t", replace(POS, sender=sender))
