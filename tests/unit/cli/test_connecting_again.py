"""Connecting a store again, with a new token or another address, keeps its settings."""

from dataclasses import replace
from typing import Any

import pytest

from cli.deployment import connect as connecting
from cli.deployment.accounts import Account
from cli.deployment.connect import StoreFacts, connect
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreId

SHOP = StoreId("shop")


class Deployment:
    """A target with fake stores and secrets."""

    def __init__(self) -> None:
        self.stores = FakeStores()
        self.secrets: dict[str, str] = {}

    def client(self, _service: str) -> Any:
        return self

    def create_secret(self, Name: str, SecretString: str) -> None:  # noqa: N803 - AWS's names
        self.secrets[Name] = SecretString


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(connecting, "ask_store", lambda *_: StoreFacts(channel_id=5))
    return Deployment()


def test_connecting_again_keeps_the_settings(deployment: Any) -> None:
    account = Account("shop", "abc", "", "https://api.example")
    first = connect(deployment, account, "old", "https://pos.example", "p")
    assert first.settings == Settings()
    deployment.stores.save_connection(replace(first, settings=Settings(safety_stock=4)))
    again = connect(deployment, account, "new", "https://pos.example/v2", "p")
    assert again.settings.safety_stock == 4
    assert deployment.stores.find(SHOP).pos_url == "https://pos.example/v2"
    assert "new" in deployment.secrets["tillbridge/shop/bigcommerce"]
