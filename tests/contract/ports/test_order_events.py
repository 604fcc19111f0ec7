"""What the port of web orders' events promises, kept by the fake and by a bus."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from sandbox.aws.server import LocalAws
from tests.builders import JUMPER
from tests.contract.event_schemas import complaints
from tests.fakes.order_events import FakeOrderEvents
from tests.unit.domain.web_orders.orders import NOW_MS, a_line, an_entry
from tillbridge.adapters.aws import EVENTS_CONFIG
from tillbridge.adapters.messages.order_events import BusOrderEvents
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.outward_events import OutwardEvent, OversoldEvent
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.order_events import SOURCE, OrderEvent, OrderEventType
from tillbridge.ports.order_events import OrderEvents

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

HARBOUR = StoreId("harbour")
ORDERS: list[OutwardEvent] = [
    OrderEvent(kind, HARBOUR, an_entry(*(a_line(n) for n in range(1, lines + 1))), NOW_MS)
    for kind in OrderEventType
    for lines in (1, 2, 250)
]
DEBT = OversoldEvent(
    HARBOUR, Oversold(NOW_MS, Holder(JUMPER), 2, version=7, orders=(WebOrderId(1041),))
)


@dataclass
class Telling:
    """A bus, and what somebody hears who listens to it."""

    bus: OrderEvents
    heard: Callable[[], list[dict[str, Any]]]


@pytest.fixture(params=["fake", "eventbridge"])
def telling(request: pytest.FixtureRequest) -> Telling:
    if request.param == "eventbridge":
        aws, sqs = request.getfixturevalue("aws"), request.getfixturevalue("sqs")
        return _on_eventbridge(aws, sqs)
    fake = FakeOrderEvents()

    def heard() -> list[dict[str, Any]]:
        return [
            {"source": SOURCE, "detail-type": str(each.type), "detail": each.detail()}
            for each in fake.told
        ]

    return Telling(fake, heard)


def _on_eventbridge(aws: LocalAws, sqs: "SQSClient") -> Telling:
    client = aws.session().client("events", endpoint_url=aws.endpoint_url, config=EVENTS_CONFIG)
    name = f"bus-{uuid4().hex}"
    client.create_event_bus(Name=name)
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    asked = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    pattern = json.dumps({"source": [SOURCE]})
    client.put_rule(Name=name, EventBusName=name, EventPattern=pattern)
    target = {"Id": "queue", "Arn": asked["Attributes"]["QueueArn"]}
    client.put_targets(Rule=name, EventBusName=name, Targets=[target])  # type: ignore[list-item]  # of two keys

    def heard() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while some := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1
        ).get("Messages"):
            for each in some:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
            found += [json.loads(each["Body"]) for each in some]
        return found

    return Telling(BusOrderEvents(lambda: client, name), heard)


def test_whoever_listens_hears_every_event_as_its_contract_says(telling: Telling) -> None:
    events = [*ORDERS, DEBT]
    assert telling.bus.tell(events) == []
    heard = telling.heard()
    assert [complaints(each) for each in heard] == [[]] * len(events)
    ids = {each["detail"]["metadata"]["event_id"]: each["detail-type"] for each in heard}
    assert ids == {each.id: str(each.type) for each in events}


def test_the_same_event_may_be_told_twice_under_the_same_id(telling: Telling) -> None:
    assert telling.bus.tell([DEBT]) == []
    assert telling.bus.tell([DEBT]) == []
    ids = [each["detail"]["metadata"]["event_id"] for each in telling.heard()]
    assert ids == [DEBT.id, DEBT.id]


def test_nothing_to_tell_is_nothing_heard(telling: Telling) -> None:
    assert telling.bus.tell([]) == []
    assert telling.heard() == []
