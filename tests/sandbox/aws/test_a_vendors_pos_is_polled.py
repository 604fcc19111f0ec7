"""With `VendorPos=yes` the stack has polls, which really run, and without it nothing of them."""

import json
from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

import pytest

from events.wrap import HOOK_CLIENT_SECRET, POS_HOOK_KEY
from sandbox.aws.build import build
from sandbox.aws.deploy import deploy
from sandbox.aws.outputs import StackOutputs
from sandbox.aws.server import LocalAws, start_aws
from tests.builders import a_connection, a_pos_account
from tests.handlers.conftest import EVENTS
from tests.sandbox.aws.conftest import World
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.polled_accounts import DynamoPolledAccounts
from tillbridge.adapters.dynamodb.pos_doors import DynamoPosDoors
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.pokes import AwsPokes
from tillbridge.adapters.pos_hook_secrets import PosHooksInSecrets
from tillbridge.domain.hooks.pos_access import PosDoor, PosHookKeys
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosKind

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def polled() -> Iterator[tuple[LocalAws, StackOutputs]]:
    with start_aws() as aws:
        yield aws, deploy(aws, build(), {"VendorPos": "yes"})


def _client(aws: LocalAws, service: str) -> Any:
    return aws.session().client(service, endpoint_url=aws.endpoint_url)  # type: ignore[call-overload]  # any service


def test_the_sweep_has_an_account_polled_which_says_what_it_lacks(
    polled: tuple[LocalAws, StackOutputs],
) -> None:
    aws, outputs = polled
    dynamodb, functions = _client(aws, "dynamodb"), _client(aws, "lambda")
    account = a_pos_account("lightspeed-shop", kind=PosKind.LIGHTSPEED_X)
    stores = DynamoStores(dynamodb, outputs.stores_table)
    stores.save_connection(a_connection(StoreId("north"), pos_account=account))
    minute = json.dumps({"time": "2026-11-21T12:06:00Z"})
    swept = functions.invoke(FunctionName=outputs.sweep_function_name, Payload=minute)
    assert "FunctionError" not in swept, swept["Payload"].read()
    store_list = DynamoStoreList(dynamodb, outputs.stores_table)
    accounts = DynamoPolledAccounts(dynamodb, outputs.stores_table, store_list)
    until = monotonic() + 120
    while not accounts.find(account.key)[1].trouble and monotonic() < until:
        sleep(0.5)  # the queue starts the function in a process of its own
    _, note = accounts.find(account.key)
    assert note.trouble == "token_missing"  # nobody gave it one


def test_a_webhook_of_the_pos_asks_for_a_poll_with_the_rights_that_its_function_has(
    polled: tuple[LocalAws, StackOutputs],
) -> None:
    aws, outputs = polled
    dynamodb, functions = _client(aws, "dynamodb"), _client(aws, "lambda")
    account = PosAccountKey("lightspeed-hooked")  # no account, so that its poll leaves the mark
    secrets = PosHooksInSecrets(
        _client(aws, "secretsmanager"), outputs.secret_prefix, SystemClock()
    )
    secrets.put(account, PosHookKeys((POS_HOOK_KEY,), (HOOK_CLIENT_SECRET,)))
    door = PosDoor(account, PosKind.LIGHTSPEED_X)
    DynamoPosDoors(dynamodb, outputs.stores_table).keep(POS_HOOK_KEY, door)

    def called(event: str) -> Any:
        payload = (EVENTS / f"webhooks.pos.{event}.json").read_text(encoding="utf-8")
        answer = functions.invoke(FunctionName=outputs.webhooks_function_name, Payload=payload)
        return json.loads(answer["Payload"].read())

    assert called("poison.forged") == {"statusCode": 401}
    pokes = AwsPokes(
        dynamodb, outputs.pending_table, _client(aws, "sqs"), outputs.pos_polls_queue_url
    )
    assert pokes.marked(account) is None
    assert called("product.update") == {"statusCode": 200}
    mark = pokes.marked(account)
    assert mark is not None
    assert mark.hooked_ms > 0


def test_without_it_nothing_of_polls_is_there(world: World) -> None:
    outputs = world.outputs
    assert (
        outputs.poll_function_name == outputs.pos_polls_queue_url == outputs.pos_mirror_table == ""
    )
    tables = world.client("dynamodb").list_tables()["TableNames"]
    assert not [name for name in tables if "mirror" in name]
