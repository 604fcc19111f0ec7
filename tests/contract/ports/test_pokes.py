"""What the port of pokes promises, kept by the fake and by a table and a queue of the template."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.fakes.pokes import FakePokes
from tillbridge.adapters.dynamodb.pending_scan import DynamoPendingScan
from tillbridge.adapters.messages.pokes import AwsPokes
from tillbridge.domain.backlog import BEGINNING
from tillbridge.domain.ids import PosAccountKey, Rev
from tillbridge.ports.pokes import Pokes

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

SHOP, OTHER = PosAccountKey("lightspeed-shop"), PosAccountKey("lightspeed-other")


@dataclass
class Poking:
    """Pokes, and the accounts that were signalled, each with its group."""

    pokes: Pokes
    signalled: Callable[[], list[str]]


@pytest.fixture(params=["fake", "aws"])
def poking(request: pytest.FixtureRequest) -> Poking:
    if request.param == "fake":
        fake = FakePokes()
        return Poking(fake, lambda: [*fake.signalled])
    sqs: SQSClient = request.getfixturevalue("sqs")
    attributes = {"FifoQueue": "true", "DeduplicationScope": "messageGroup"}
    attributes["FifoThroughputLimit"] = "perMessageGroupId"
    url = sqs.create_queue(QueueName=f"q-{uuid4().hex}.fifo", Attributes=attributes)["QueueUrl"]  # type: ignore[arg-type]  # names of SQS
    table = request.getfixturevalue("make_table")("PendingTable")
    return Poking(
        AwsPokes(request.getfixturevalue("dynamodb"), table, sqs, url),
        lambda: _received(sqs, url),
    )


def _received(sqs: "SQSClient", url: str) -> list[str]:
    found: list[str] = []
    while messages := sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["MessageGroupId"]
    ).get("Messages"):
        for each in messages:
            account = json.loads(each["Body"])["account"]
            assert each["Attributes"]["MessageGroupId"] == account
            found.append(account)
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    return found


def test_a_poke_marks_the_account_and_signals_it(poking: Poking) -> None:
    assert poking.pokes.marked(SHOP) is None
    poking.pokes.poke(SHOP)
    assert poking.pokes.marked(SHOP)
    assert poking.pokes.marked(OTHER) is None
    assert poking.signalled() == [SHOP]


def test_each_poke_marks_anew(poking: Poking) -> None:
    poking.pokes.poke(SHOP)
    first = poking.pokes.marked(SHOP)
    poking.pokes.poke(SHOP)
    assert first != poking.pokes.marked(SHOP)


def test_a_mark_says_when_a_webhook_last_asked_until_it_is_cleared(poking: Poking) -> None:
    poking.pokes.poke(SHOP, hooked_ms=1_000)
    poking.pokes.poke(SHOP)  # as an import does
    seen = poking.pokes.marked(SHOP)
    assert seen is not None
    assert seen.hooked_ms == 1_000
    poking.pokes.clear(SHOP, seen.rev)
    poking.pokes.poke(SHOP)
    assert (poking.pokes.marked(SHOP) or seen).hooked_ms == 0


def test_a_mark_is_cleared_by_its_own_rev_alone(poking: Poking) -> None:
    poking.pokes.poke(SHOP)
    seen = poking.pokes.marked(SHOP)
    assert seen is not None
    poking.pokes.poke(SHOP)  # meanwhile
    poking.pokes.clear(SHOP, seen.rev)
    newest = poking.pokes.marked(SHOP)
    assert newest is not None
    poking.pokes.clear(SHOP, newest.rev)
    assert poking.pokes.marked(SHOP) is None


def test_clearing_what_is_gone_does_nothing(poking: Poking) -> None:
    poking.pokes.clear(SHOP, Rev("gone"))
    assert poking.pokes.marked(SHOP) is None


def test_many_accounts_are_signalled_without_a_mark(poking: Poking) -> None:
    accounts = [PosAccountKey(f"a-{number}") for number in range(12)]
    assert list(poking.pokes.signal_all(accounts)) == []
    assert sorted(poking.signalled()) == sorted(accounts)
    assert poking.pokes.marked(accounts[0]) is None


def test_a_mark_is_no_row_of_a_store(request: pytest.FixtureRequest) -> None:
    client, sqs = request.getfixturevalue("dynamodb"), request.getfixturevalue("sqs")
    table = request.getfixturevalue("make_table")("PendingTable")
    url = sqs.create_queue(QueueName=f"q-{uuid4().hex}.fifo", Attributes={"FifoQueue": "true"})[
        "QueueUrl"
    ]
    AwsPokes(client, table, sqs, url).poke(SHOP)
    pages = DynamoPendingScan(client, table).pages(BEGINNING)
    assert [row for page in pages for row in page.rows] == []
