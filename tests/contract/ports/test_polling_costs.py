"""What a poll costs that finds nothing: requests of the tables are counted where they are sent."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.builders import a_connection
from tests.poll_world import ACCOUNT, STORES, PollWorld
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.polled_accounts import DynamoPolledAccounts
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.pokes import AwsPokes
from tillbridge.adapters.pos_mirror.table import DynamoPosMirror

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

IDLE = ["BatchGetItem"] * 2 + ["Query"] * 2 + ["GetItem"] * 2 + ["PutItem"] * 2
"""Account and note, its stores in two, the account's state, a mark, what is to be told; then the state and the note are written."""


class Requests:
    """The requests that a client sends, by operation."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self.sent: list[str] = []
        client.meta.events.register("before-call.dynamodb", self._note)

    def _note(self, model: Any, **_: Any) -> None:
        self.sent.append(model.name)


def test_an_idle_poll_is_two_calls_of_the_vendor_and_eight_requests(
    request: pytest.FixtureRequest, sqs: "SQSClient"
) -> None:
    client = request.getfixturevalue("dynamodb")
    make = request.getfixturevalue("make_table")
    stores, pending = make("StoresTable"), make("PendingTable")
    versions = DynamoCounters(client, make("CountersTable"), keys.version_counter, first=1)
    queue = sqs.create_queue(QueueName=f"q-{uuid4().hex}.fifo", Attributes={"FifoQueue": "true"})[
        "QueueUrl"
    ]
    for store in STORES:
        DynamoStores(client, stores).save_connection(a_connection(store, pos_account=ACCOUNT))
    real = {
        "mirror": DynamoPosMirror(client, make("PosMirrorTable"), versions),
        "pokes": AwsPokes(client, pending, sqs, queue),
        "accounts": DynamoPolledAccounts(client, stores, DynamoStoreList(client, stores)),
    }
    world = PollWorld()
    world.vendor.save("chair")
    world.vendor.level("chair", 3)
    assert world.poll(**real).walked
    assert world.told() == [("product.saved", "chair")]

    world.vendor.level("chair", 2)
    world.poll(**real)
    assert world.told("stock.changed") == [("stock.changed", "chair")]

    world.forget()
    requests = Requests(client)
    world.poll(**real)
    assert world.vendor.calls == ["levels", "items"]
    assert sorted(requests.sent) == sorted(IDLE)
