"""A deployment of fakes, to which stores are connected as `tillbridge store add` does it."""

import json
from typing import Any, ClassVar

import pytest
from botocore.exceptions import ClientError

from cli.deployment import connect as connecting
from cli.deployment.accounts import Account
from cli.deployment.connect import connect as connect_both
from cli.deployment.pos_side import PosSide
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.signals import FakeSignals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId

SHOP = StoreId("shop")
WEB = StoreId("web")
POS = PosSide("https://pos.example", "p", sender="pos.example")


class Exists(Exception):
    """The secret is there."""


class ToBeDeleted(ClientError):
    """The secret is marked for deletion."""

    def __init__(self, operation: str) -> None:
        super().__init__({"Error": {"Code": "InvalidRequestException"}}, operation)


class NotThere(Exception):
    """There is no such secret."""


class Deployment:
    """A target with fake stores and secrets."""

    class exceptions:  # noqa: N801 - boto3's name
        ResourceExistsException = Exists
        InvalidRequestException = ToBeDeleted
        ResourceNotFoundException = NotThere

    endpoint_url = None
    outputs: ClassVar = {"secret_prefix": "tillbridge/prod"}

    def __init__(self) -> None:
        self.stores = FakeStores()
        self.secrets: dict[str, str] = {}
        self.to_be_deleted: set[str] = set()
        self.locked: set[str] = set()
        self.signals = FakeSignals()
        self.store_list = FakeStoreList(self.stores)
        self.scopes = FakeSides()
        self.has_links = True
        self.has_orders = False

    def client(self, _service: str) -> Any:
        return self

    def create_secret(self, Name: str, SecretString: str) -> None:  # noqa: N803 - AWS's names
        if Name in self.to_be_deleted:
            raise ToBeDeleted("CreateSecret")
        if Name in self.secrets:
            raise Exists
        self.secrets[Name] = SecretString

    def put_secret_value(self, SecretId: str, SecretString: str) -> None:  # noqa: N803 - AWS's names
        if SecretId in self.to_be_deleted:
            raise ToBeDeleted("PutSecretValue")
        self.secrets[SecretId] = SecretString

    def restore_secret(self, SecretId: str) -> None:  # noqa: N803 - AWS's names
        if SecretId not in self.secrets:
            raise NotThere
        if SecretId not in self.to_be_deleted:
            raise ToBeDeleted(
                "RestoreSecret"
            )  # the same code, for one that nobody was about to delete
        self.to_be_deleted.remove(SecretId)

    def get_secret_value(self, SecretId: str) -> Any:  # noqa: N803 - AWS's names
        if SecretId not in self.secrets:
            raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetSecretValue")
        if SecretId in self.to_be_deleted:
            raise ToBeDeleted("GetSecretValue")
        if SecretId in self.locked:
            raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "GetSecretValue")
        return {"SecretString": self.secrets[SecretId]}

    def token(self, of: str) -> str:
        return str(json.loads(self.secrets[f"tillbridge/prod/{of}"])["access_token"])


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Any:
    made = Deployment()
    monkeypatch.setattr(connecting, "store_scopes", lambda: made.scopes)
    monkeypatch.setattr(connecting, "pos_at_first", lambda _: made.scopes)
    monkeypatch.setattr(connecting, "has_links", lambda *_: made.has_links)
    monkeypatch.setattr(connecting, "has_orders", lambda *_: made.has_orders)
    return made


def connect(deployment: Any, account: Account, token: str, pos: PosSide) -> Connection:
    return connect_both(deployment, account, token, pos).connection


def an_account(name: str) -> Account:
    return Account(name, f"hash-of-{name}", "", "https://api.example")
