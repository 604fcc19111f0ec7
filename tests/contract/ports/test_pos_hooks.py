"""What the ports of a POS's webhooks promise: the vendor's side by the fake and by our client on the simulator, the
keys by the fake and Secrets Manager, the doors by the fake and a table."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.pos_hooks import FakePosDoors, FakePosHooks, FakePosHookSecrets
from tests.lightspeed_lab import Lab
from tillbridge.adapters.dynamodb import keys as dynamo_keys
from tillbridge.adapters.dynamodb.attributes import new_item
from tillbridge.adapters.dynamodb.pos_doors import DynamoPosDoors
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.hooks import LightspeedHooks
from tillbridge.adapters.pos_hook_secrets import PosHooksInSecrets
from tillbridge.adapters.secrets import LIFE_MS
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.hooks.pos_access import PosDoor, PosHookKeys, digest_of
from tillbridge.domain.hooks.pos_care import PosHook
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosKind
from tillbridge.ports.pos_doors import PosDoors
from tillbridge.ports.pos_hook_secrets import PosHookSecrets
from tillbridge.ports.pos_hooks import PosHooks

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

SHOP, OTHER = PosAccountKey("lightspeed-shop"), PosAccountKey("lightspeed-other")
HERE, THERE = "https://x.example/hooks/pos/lightspeed-x/a", "https://other.example/in"
KEYS = PosHookKeys(("path-now", "path-before"), ("secret-now", "secret-before"))


def on_the_simulator(lab: Lab) -> LightspeedHooks:
    address, deadline = "https://lantern.lightspeed.example", lab.clock.now_ms() + 60_000
    return LightspeedHooks(
        LightspeedCalls(address, lambda _: lab.account.config.token, lab.clock, deadline, lab.http)
    )


@pytest.fixture(params=["fake", "X-Series"])
def hooks(request: pytest.FixtureRequest) -> PosHooks:
    return FakePosHooks() if request.param == "fake" else on_the_simulator(Lab())


def test_what_was_subscribed_to_is_there(hooks: PosHooks) -> None:
    assert list(hooks.all()) == []
    for topic in hooks.topics:
        hooks.create(topic, HERE)
    found = [replace(each, id="") for each in hooks.all()]
    assert found == [PosHook("", topic, HERE, active=True) for topic in hooks.topics]


def test_what_is_there_already_is_not_made_again(hooks: PosHooks) -> None:
    topic = hooks.topics[0]
    for _ in range(2):
        hooks.create(topic, HERE)
    hooks.create(topic, THERE)
    assert sorted(each.address for each in hooks.all()) == [THERE, HERE]


def test_one_that_was_deleted_is_gone_and_may_be_deleted_again(hooks: PosHooks) -> None:
    hooks.create(hooks.topics[0], HERE)
    hooks.create(hooks.topics[0], THERE)
    first = next(each for each in hooks.all() if each.address == HERE)
    for _ in range(2):
        hooks.delete(first)
    assert [each.address for each in hooks.all()] == [THERE]


def test_a_missing_scope_is_named() -> None:
    lab = Lab()
    lab.control.grant(["products:read"])
    with pytest.raises(NeedsAttention, match="webhooks") as refused:
        on_the_simulator(lab).all()
    assert refused.value.code == AttentionCode.POS_SCOPE_MISSING


@pytest.fixture(params=["fake", "secrets manager"])
def secrets(request: pytest.FixtureRequest) -> PosHookSecrets:
    if request.param == "fake":
        return FakePosHookSecrets()
    client = request.getfixturevalue("secretsmanager")
    return PosHooksInSecrets(client, uuid4().hex, FakeClock(10**12))


def test_keys_are_found_as_they_were_put(secrets: PosHookSecrets) -> None:
    assert secrets.find(SHOP) is None
    for keys in (KEYS, PosHookKeys(("other",))):
        secrets.put(SHOP, keys)
        assert secrets.find(SHOP) == keys
    assert secrets.find(OTHER) is None


def test_keys_are_read_every_five_minutes_and_anew_every_half_minute(
    secretsmanager: "SecretsManagerClient",
) -> None:
    clock = FakeClock(10**12)
    secrets = PosHooksInSecrets(secretsmanager, uuid4().hex, clock)
    assert secrets.known(SHOP) is None
    secrets.put(SHOP, KEYS)
    assert secrets.known(SHOP, anew=True) is None, "read just now"
    clock.advance(30)
    assert secrets.known(SHOP) is None
    assert secrets.known(SHOP, anew=True) == KEYS
    secrets.put(SHOP, PosHookKeys(("new",)))
    clock.advance(LIFE_MS / 1_000 - 1)
    assert secrets.known(SHOP) == KEYS
    clock.advance(1)
    assert secrets.known(SHOP) == PosHookKeys(("new",))


def test_a_secret_that_is_marked_for_deletion_is_none_and_put_again(
    secretsmanager: "SecretsManagerClient",
) -> None:
    prefix = uuid4().hex
    secrets = PosHooksInSecrets(secretsmanager, prefix, FakeClock())
    secrets.put(SHOP, KEYS)
    secretsmanager.delete_secret(SecretId=f"{prefix}/pos-hooks/{SHOP}")
    assert secrets.find(SHOP) is None
    secrets.put(SHOP, KEYS)
    assert secrets.find(SHOP) == KEYS
    text = secretsmanager.get_secret_value(SecretId=f"{prefix}/pos-hooks/{SHOP}")["SecretString"]
    assert json.loads(text).keys() == {"path_keys", "keys"}


@pytest.fixture(params=["fake", "table"])
def doors(request: pytest.FixtureRequest) -> Iterator[PosDoors]:
    if request.param == "fake":
        yield FakePosDoors()
        return
    client = request.getfixturevalue("dynamodb")
    yield DynamoPosDoors(client, request.getfixturevalue("make_table")("StoresTable"))


def test_a_path_key_leads_to_its_account_alone(doors: PosDoors) -> None:
    door = PosDoor(SHOP, PosKind.LIGHTSPEED_X)
    for _ in range(2):
        doors.keep("path", door)
    doors.keep("other", PosDoor(OTHER, PosKind.LIGHTSPEED_X))
    assert doors.find("path") == door
    assert doors.find("nobody's") is None


def test_no_row_holds_a_path_key_and_one_of_a_later_kind_leads_nowhere(
    dynamodb: Any, make_table: Any
) -> None:
    table = make_table("StoresTable")
    doors = DynamoPosDoors(dynamodb, table)
    doors.keep("path-key", PosDoor(SHOP, PosKind.LIGHTSPEED_X))
    assert "path-key" not in str(dynamodb.scan(TableName=table)["Items"])
    place = dynamo_keys.key(dynamo_keys.POS_DOORS, digest_of("later"))
    item = new_item(place, {"account": "square-x", "kind": "square"})
    dynamodb.put_item(TableName=table, Item=item)
    assert doors.find("later") is None
