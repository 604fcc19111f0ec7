"""What the port of a POS's news promises, kept by the fake and by a bus; intake reads what a bus tells."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from sandbox.aws.server import LocalAws
from tests.builders import OWN_ACCOUNT
from tests.contract.event_schemas import complaints
from tests.fakes.pos_news import FakePosNews
from tillbridge.adapters.aws import EVENTS_CONFIG
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.messages.pos_news import BusPosNews
from tillbridge.domain.events import Event
from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreId
from tillbridge.domain.pos_news import IMPORTED, SAVED, PosNews
from tillbridge.ports.pos_news import PosNewsBus

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

NEWS = PosNews(
    PosAccountKey("lightspeed-shop"),
    "pos.lightspeed-x",
    SAVED,
    StoreId("north"),
    ((PosProductId("chair"), 7), (PosProductId("table"), 9)),
    1_795_262_400_000,
)
MANY = replace(
    NEWS, type=IMPORTED, products=tuple((PosProductId(f"p-{n}"), n) for n in range(1_000))
)


@dataclass
class Telling:
    """A bus, and the events that intake reads from it, by store."""

    bus: PosNewsBus
    heard: Callable[[], list[PosNews]]


@pytest.fixture(params=["fake", "eventbridge"])
def telling(request: pytest.FixtureRequest) -> Telling:
    if request.param == "fake":
        fake = FakePosNews()
        return Telling(fake, lambda: [*fake.told])
    aws: LocalAws = request.getfixturevalue("aws")
    sqs: SQSClient = request.getfixturevalue("sqs")
    name, session = f"bus-{uuid4().hex}", aws.session()
    events = session.client("events", endpoint_url=aws.endpoint_url, config=EVENTS_CONFIG)
    s3 = session.client("s3", endpoint_url=aws.endpoint_url)
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    events.create_event_bus(Name=name)
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    pattern = json.dumps({"source": [{"prefix": "pos."}]})
    events.put_rule(Name="all", EventBusName=name, EventPattern=pattern)
    events.put_targets(Rule="all", EventBusName=name, Targets=[{"Id": "q", "Arn": arn["QueueArn"]}])
    bus = BusPosNews(lambda: events, name, lambda: s3, name)
    read = partial(
        read_message, read_claim=partial(read_claim, s3, [name]), own_account=OWN_ACCOUNT
    )
    return Telling(bus, lambda: [_news(read, body) for body in _bodies(sqs, url)])


def _bodies(sqs: "SQSClient", url: str) -> list[str]:
    found: list[str] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for each in messages:
            found.append(each["Body"])
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    return found


def _news(read: Callable[[str], Any], body: str) -> PosNews:
    told = json.loads(body)
    assert complaints(told) == []
    event = read(body)
    assert isinstance(event, Event)
    news = PosNews(
        NEWS.account, told["source"], event.trigger, event.store, event.products, event.occurred_ms
    )
    assert news.id == event.id
    return news


def test_news_is_read_as_it_was_told(telling: Telling) -> None:
    telling.bus.tell([NEWS])
    assert telling.heard() == [NEWS]


def test_more_products_than_an_event_lists_go_by_claim_check(telling: Telling) -> None:
    telling.bus.tell([MANY])
    assert telling.heard() == [MANY]


def test_every_store_hears_its_own(telling: Telling) -> None:
    news = [replace(NEWS, store=StoreId(f"s-{number}")) for number in range(23)]
    telling.bus.tell(news)
    assert sorted(each.store for each in telling.heard()) == sorted(each.store for each in news)


def test_the_same_news_has_the_same_id_and_other_news_another() -> None:
    later = replace(NEWS, occurred_ms=NEWS.occurred_ms + 1)
    assert later.id == NEWS.id
    others = [
        replace(NEWS, store=StoreId("south")),
        replace(NEWS, type="stock.changed"),
        replace(NEWS, products=((PosProductId("chair"), 8),)),
    ]
    assert len({each.id for each in (NEWS, *others)}) == 4
