"""What the port of signals promises, kept by the fake and by SQS queues of the template."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from sandbox.aws.package import load_template
from tests.builders import OWN_ACCOUNT, STORE
from tests.fakes.signals import FakeSignals
from tillbridge.adapters.messages.dead_letters import SqsDeadLetters
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.domain.events import Wake
from tillbridge.domain.ids import StoreId
from tillbridge.ports.signals import Signals

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

LIGHTHOUSE = StoreId("lighthouse")
_OF_FIFO = ("FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit")


@dataclass
class Signalling:
    """Signals and their results: the stores signalled, and the wakes that arrived."""

    signals: Signals
    signalled: Callable[[], list[str]]
    woken: Callable[[], list[str]]


@pytest.fixture
def make_queue(sqs: "SQSClient", repository: Path) -> Callable[[str], str]:
    resources = load_template(repository / "template.yaml")["Resources"]

    def make(logical_id: str) -> str:
        properties: dict[str, Any] = resources[logical_id]["Properties"]
        settings = {k: json.dumps(properties[k]).strip('"') for k in _OF_FIFO if k in properties}
        suffix = ".fifo" if properties.get("FifoQueue") else ""
        name = f"q-{uuid4().hex}{suffix}"
        return sqs.create_queue(QueueName=name, Attributes=settings)["QueueUrl"]  # type: ignore[arg-type]  # names of the template

    return make


def _received(sqs: "SQSClient", url: str, seconds: int = 0) -> list[Any]:
    found: list[Any] = []
    while messages := sqs.receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=10,
        WaitTimeSeconds=seconds,
        MessageSystemAttributeNames=["MessageGroupId"],
        MessageAttributeNames=["All"],
    ).get("Messages"):
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        found += messages
    return found


@pytest.fixture(params=["fake", "sqs"])
def signalling(request: pytest.FixtureRequest) -> Signalling:
    if request.param == "fake":
        fake = FakeSignals()
        return Signalling(
            fake,
            signalled=lambda: [*fake.signalled],
            woken=lambda: [store for store, seconds in fake.wakes if seconds < 3],
        )
    sqs, make = request.getfixturevalue("sqs"), request.getfixturevalue("make_queue")
    work, wakes = make("StoreWorkQueue"), make("WakesQueue")

    def stores(url: str, seconds: int = 0) -> list[str]:
        return [json.loads(m["Body"])["store_id"] for m in _received(sqs, url, seconds)]

    return Signalling(SqsSignals(sqs, work, wakes), lambda: stores(work), lambda: stores(wakes, 2))


def test_every_signal_arrives_however_alike_they_are(signalling: Signalling) -> None:
    for _ in range(3):
        signalling.signals.signal(STORE)
    signalling.signals.signal(LIGHTHOUSE)

    assert sorted(signalling.signalled()) == [*[STORE] * 3, LIGHTHOUSE]


def test_many_stores_are_signalled_at_once_and_none_twice(signalling: Signalling) -> None:
    stores = [StoreId(f"store-{number:02d}") for number in range(23)]
    assert signalling.signals.signal_all(stores) == []
    assert signalling.signals.signal_all([]) == []
    assert sorted(signalling.signalled()) == stores


def test_a_wake_of_now_arrives_and_a_wake_of_later_does_not_yet(signalling: Signalling) -> None:
    signalling.signals.wake(STORE, 0)
    signalling.signals.wake(STORE, -5)
    signalling.signals.wake(StoreId("later"), 60)
    signalling.signals.wake(StoreId("much-later"), 86_400)
    signalling.signals.wake(LIGHTHOUSE, 0.4)

    assert sorted(signalling.woken()) == [STORE, STORE, LIGHTHOUSE]


def test_the_signals_of_a_store_are_one_message_group(
    sqs: "SQSClient", make_queue: Callable[[str], str]
) -> None:
    url = make_queue("StoreWorkQueue")
    signals = SqsSignals(sqs, url, make_queue("WakesQueue"))
    signals.signal(STORE)
    signals.signal(LIGHTHOUSE)

    groups = {m["Attributes"]["MessageGroupId"]: json.loads(m["Body"]) for m in _received(sqs, url)}
    assert groups == {STORE: {"store_id": STORE}, LIGHTHOUSE: {"store_id": LIGHTHOUSE}}


def test_a_dead_letter_is_the_event_as_it_came_with_its_reason(
    sqs: "SQSClient", make_queue: Callable[[str], str]
) -> None:
    url = make_queue("PosEventsDlq")
    letters = SqsDeadLetters(sqs, url)
    letters.put("{not json", "This is no event: it is not JSON.")
    letters.put("{}", "x" * 5_000)
    letters.put("{ }", "")
    letters.put("{  }", "No store named 'har\x01bour' \ud83d is connected.")

    kept = {m["Body"]: m["MessageAttributes"]["reason"]["StringValue"] for m in _received(sqs, url)}
    assert kept == {
        "{not json": "This is no event: it is not JSON.",
        "{}": "x" * 1_000,
        "{ }": "No reason was given.",
        "{  }": "No store named 'har?bour' ? is connected.",
    }


def test_a_wake_for_orders_says_so_and_intake_reads_it(
    sqs: "SQSClient", make_queue: Callable[[str], str]
) -> None:
    url, wakes = make_queue("OrdersQueue"), make_queue("WakesQueue")
    signals = SqsSignals(sqs, url, wakes, "orders")
    signals.signal(STORE)
    signals.wake(STORE, 0)
    (signal,), (wake,) = _received(sqs, url), _received(sqs, wakes, 2)
    assert json.loads(signal["Body"]) == {"store_id": STORE}
    assert signal["Attributes"]["MessageGroupId"] == STORE
    read = read_message(wake["Body"], lambda *_: [], OWN_ACCOUNT)
    assert read == Wake(STORE, orders=True)
