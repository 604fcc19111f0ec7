"""Connecting a store again, with a new token or another address, keeps what is known of it."""

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from botocore.exceptions import ClientError

from cli.cannot_run import CannotRun
from cli.deployment import connect as connecting
from cli.deployment.accounts import Account
from cli.deployment.connect import connect as connect_both
from cli.deployment.pos_side import PosSide, vendors_pos
from cli.deployment.secrets import pos_token
from tests.builders import a_connection
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.signals import FakeSignals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, Settings, StoreState, WebOrderMode
from tillbridge.domain.ids import PosAccountKey, StoreId, StoreProductId
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.pos_habits import facts_told
from tillbridge.domain.store_facts import StoreFacts

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
    made = connect(deployment, _account("shop"), "t", vendors)
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
        connect(deployment, _account("shop"), "t", vendors)
    assert words in str(why.value)
    assert deployment.stores.find(SHOP) is None
    assert deployment.poked == []


@pytest.mark.parametrize(("vendor", "key"), [("lightspeed", "till"), ("lightspeed", "")])
def test_a_vendors_pos_that_is_not_connected_is_named_with_those_that_are(
    deployment: Any, vendors: PosSide, vendor: str, key: str
) -> None:
    with pytest.raises(CannotRun, match="Connected: lightspeed-quay"):
        vendors_pos(deployment, vendor, key)


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


def test_a_new_token_must_read_orders_where_web_orders_are_on_and_else_need_not(
    deployment: Any,
) -> None:
    deployment.scopes.lacks = {"Orders"}
    first = connect(deployment, _account("shop"), "old", POS)
    connect(deployment, _account("shop"), "new", POS)
    on = Settings(web_orders=WebOrderMode.LEDGER)
    deployment.stores.save_connection(replace(first, settings=on))
    with pytest.raises(CannotRun, match="lacks “Orders: read-only”"):
        connect(deployment, _account("shop"), "narrow", POS)
    assert deployment.token("store/shop") == "new"


def test_a_canary_stays_with_its_store_and_never_goes_to_another(deployment: Any) -> None:
    deployment.has_links = deployment.has_orders = False
    first = connect(deployment, _account("shop"), "t", POS)
    canary = Canary(StoreProductId(7), 1)
    deployment.stores.save_connection(replace(first, canary=canary))
    assert connect(deployment, _account("shop"), "new", POS).canary == canary
    other = replace(_account("shop"), store_hash="another")
    assert connect(deployment, other, "t", POS).canary is None


def test_connecting_again_forgets_what_the_batches_of_the_store_ignored(deployment: Any) -> None:
    connect(deployment, _account("shop"), "old", POS)
    deployment.stores.remember_ignored(SHOP, {"upc"})
    assert deployment.stores.find(SHOP).ignored == {"upc"}
    assert connect(deployment, _account("shop"), "new", POS).ignored == frozenset()
    assert deployment.stores.find(SHOP).ignored == frozenset()


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


@pytest.mark.parametrize("odd", ["", "no json", "[]", "{}", '{"access_token": 7}'])
def test_a_secret_that_holds_no_token_is_mended_by_connecting_again(
    deployment: Any, odd: str
) -> None:
    connect(deployment, _account("shop"), "t", POS)
    deployment.secrets["tillbridge/prod/pos/shop"] = odd
    with pytest.raises(CannotRun, match=r"holds no access token\. Store it again"):
        pos_token(deployment, PosAccountKey("shop"))
    connect(deployment, _account("shop"), "t", POS)
    assert deployment.token("pos/shop") == "p"
    assert len(deployment.stores.pos_accounts()) == 1


def test_secrets_that_are_marked_for_deletion_are_restored_by_connecting_again(
    deployment: Any,
) -> None:
    connect(deployment, _account("shop"), "t", POS)
    deployment.to_be_deleted = set(deployment.secrets)
    connect(deployment, _account("shop"), "new", POS)
    assert deployment.to_be_deleted == set()
    assert (deployment.token("store/shop"), deployment.token("pos/shop")) == ("new", "p")


def test_who_may_not_read_a_token_makes_no_second_account_of_one_pos(deployment: Any) -> None:
    connect(deployment, _account("shop"), "t", POS)
    deployment.locked = {"tillbridge/prod/pos/shop"}
    with pytest.raises(ClientError, match="AccessDenied"):
        connect(deployment, _account("web"), "t", POS)
    assert deployment.stores.find(WEB) is None


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
    connect(deployment, _account("shop"), "t", POS)
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


def _in_state(deployment: Any, state: StoreState) -> Connection:
    first = connect(deployment, _account("shop"), "t", POS)
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
    assert connect(deployment, _account("shop"), "renewed", POS) == paused
    assert deployment.stores.find(SHOP) == paused
    assert deployment.token("store/shop") == "renewed"
    assert deployment.signals.signalled == []


@pytest.mark.parametrize("state", [StoreState.ACTIVE, StoreState.NEEDS_ATTENTION])
def test_a_store_in_trouble_is_tried_at_once_with_its_new_token(
    deployment: Any, state: StoreState
) -> None:
    in_trouble = _in_state(deployment, state)
    again = connect(deployment, _account("shop"), "renewed", POS)
    assert again == replace(
        in_trouble,
        state=StoreState.ACTIVE,
        attention_code="",
        attention_words="",
        not_before_ms=0,
        failures=0,
    )
    assert deployment.signals.signalled == [SHOP]


def test_links_never_come_to_another_store(deployment: Any) -> None:
    connect(deployment, _account("shop"), "t", POS)
    other = replace(_account("shop"), store_hash="other")
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
        connect(deployment, _account("shop"), "t", POS)
    assert not deployment.secrets
    assert not deployment.stores.all()


@pytest.mark.parametrize(("store", "pos"), [("", "EUR"), ("USD", "")])
def test_a_side_that_does_not_tell_its_currency_is_connected(
    deployment: Any, store: str, pos: str
) -> None:
    deployment.scopes.store, deployment.scopes.pos_currency = StoreFacts(currency=store), pos
    made = connect(deployment, _account("shop"), "t", POS)
    assert made.pos_account.facts == ({"currency": pos} if pos else {})


def test_each_store_gets_a_key_for_its_webhooks_and_keeps_it(deployment: Any) -> None:
    first = connect(deployment, _account("shop"), "old", POS)
    other = connect(deployment, _account("web"), "old", POS)
    assert len(first.hooks.key) >= 32
    assert first.hooks.key != other.hooks.key
    assert connect(deployment, _account("shop"), "new", POS).hooks == first.hooks
