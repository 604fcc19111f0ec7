"""What the console puts on the bus keeps the contract, and is read by those it is meant for."""

import io
import json
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from events.wrap import bus_entries
from tests.builders import OWN_ACCOUNT, STORE
from tests.contract.event_schemas import ROOT, complaints
from tests.fakes.clock import FakeClock
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.import_requests import read_import_message
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.messages.requests_bus import A_CALL, A_CALL_BYTES, BusRequests
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.events import Event, parts
from tillbridge.domain.ids import PosProductId, StoreProductId, WebOrderId
from tillbridge.domain.import_messages import PageMessage
from tillbridge.domain.link_requests import LinkEvent
from tillbridge.domain.web_orders.asked_for import DoOrder, OrdersAsked
from tillbridge.ports.requests import Requests

JOB = "01KAJ8Z3M000000000000000J0"


class Bus:
    """Takes events and objects as EventBridge and S3 do; `fails` has what to answer instead."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.calls: list[int] = []
        self.objects: dict[str, bytes] = {}
        self.fails: list[Exception | str] = []

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's
        if self.fails:
            failure = self.fails.pop()
            if isinstance(failure, Exception):
                raise failure
            answers = [{"EventId": "1"}] * (len(Entries) - 1) + [{"ErrorCode": failure}]
            return {"FailedEntryCount": 1, "Entries": answers}
        assert len(Entries) <= A_CALL
        self.calls.append(sum(len(entry["Detail"].encode()) for entry in Entries))
        self.entries += Entries
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}] * len(Entries)}

    def put_object(self, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803 - boto3's
        self.objects[f"{Bucket}/{Key}"] = Body

    def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - boto3's
        return {"Body": io.BytesIO(self.objects[f"{Bucket}/{Key}"])}

    @property
    def events(self) -> list[dict[str, Any]]:
        """What was put, as golden events are written; each keeps its contract."""
        found = [
            {
                "source": entry["Source"],
                "detail-type": entry["DetailType"],
                "detail": json.loads(entry["Detail"]),
            }
            for entry in self.entries
        ]
        assert [complaints(each) for each in found] == [[] for _ in found]
        return found

    def read(self) -> list[Any]:
        """Return what intake reads of it."""
        claims = partial(read_claim, self, frozenset({"claims"}))
        return [read_message(body, claims, OWN_ACCOUNT) for body in self.bodies()]

    def bodies(self) -> list[str]:
        return [json.dumps({**each, "account": OWN_ACCOUNT}) for each in self.events]


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def requests(bus: Bus) -> Requests:
    client: Any = lambda: bus  # noqa: E731 - a client for both
    return BusRequests(client, client, "bus", "claims", FakeClock())


def some(count: int) -> list[PosProductId]:
    return [PosProductId(f"p-{number}") for number in range(count)]


def test_a_push_is_the_golden_event(bus: Bus, requests: Requests) -> None:
    (golden,) = bus_entries(ROOT / "events" / "bus" / "push.requested.console.json")
    data = golden["detail"]["data"]
    requests.push(STORE, JOB, "Sam", data["product_ids"], data["plan"])
    (event,) = bus.events
    for changes in (event, golden):
        changes["detail"]["metadata"] |= {"occurred_at": "", "store_id": ""}
    assert event == golden


def test_a_long_push_is_events_that_know_their_place(bus: Bus, requests: Requests) -> None:
    requests.push(STORE, JOB, "Sam", some(450))
    read = bus.read()
    assert [(e.id, len(e.products), e.total, e.offset, e.job, e.by) for e in read] == [
        (JOB, 200, 450, 0, JOB, "Sam"),
        (f"{JOB}-0001", 200, 450, 200, JOB, "Sam"),
        (f"{JOB}-0002", 50, 450, 400, JOB, "Sam"),
    ]


def test_a_very_long_push_is_a_claim_check(bus: Bus, requests: Requests) -> None:
    requests.push(STORE, JOB, "Sam", some(2_001))
    (event,) = bus.read()
    assert isinstance(event, Event)
    assert [product for product, _ in event.products] == some(2_001)
    assert {(part.job, part.plan) for part in parts(event)} == {(JOB, "")}
    assert list(bus.objects) == [f"claims/asked/{STORE}/{JOB}-0"]


def test_links_and_unlinks_are_read_with_their_job(bus: Bus, requests: Requests) -> None:
    pairs = [(PosProductId(f"p-{n}"), StoreProductId(n + 1)) for n in range(201)]
    requests.link(STORE, JOB, "Sam", pairs)
    requests.unlink(STORE, JOB, "Sam", some(2))
    linked, more, unlinked = bus.read()
    assert isinstance(linked, LinkEvent)
    assert [*linked.products, *more.products] == pairs
    assert (more.total, more.offset, unlinked.total) == (201, 200, 2)
    assert {each.job for each in (linked, more, unlinked)} == {JOB}


def test_imports_are_read_with_their_job(bus: Bus, requests: Requests) -> None:
    requests.import_(STORE, JOB, "Sam", [StoreProductId(7), StoreProductId(8)])
    requests.import_all(STORE, JOB, "Sam")
    ids, everything = (read_import_message(body, OWN_ACCOUNT) for body in bus.bodies())
    assert isinstance(ids, PageMessage)
    assert isinstance(everything, PageMessage)
    assert (ids.request, ids.by, ids.ask.ids) == (JOB, "Sam", (7, 8))
    assert everything.ask.everything


@pytest.mark.parametrize("full", [True, False])
def test_a_comparison_keeps_its_contract(bus: Bus, requests: Requests, *, full: bool) -> None:
    requests.compare(STORE, JOB, "Sam", full=full)
    (event,) = bus.events
    assert event["detail"]["data"] == {"full": full, "job": JOB}


def test_the_longest_ids_fit_the_calls(bus: Bus, requests: Requests) -> None:
    longest = [PosProductId("\U0001f600" * 251 + f"{number:04d}") for number in range(2_000)]
    requests.push(STORE, JOB, "Sam", longest)
    assert [p for event in bus.read() for p, _ in event.products] == longest
    assert max(bus.calls) <= A_CALL_BYTES


@pytest.mark.parametrize(
    "failure", [EndpointConnectionError(endpoint_url="http://x"), "InternalFailure"]
)
def test_what_the_bus_does_not_take_is_asked_again_as_the_same_events(
    failure: Exception | str, bus: Bus, requests: Requests
) -> None:
    bus.fails = [failure]
    with pytest.raises(RetryLater, match="again"):
        requests.push(STORE, JOB, "Sam", some(300))
    requests.push(STORE, JOB, "Sam", some(300))
    assert [event.id for event in bus.read()] == [JOB, f"{JOB}-0001"]


@pytest.mark.parametrize("do", DoOrder)
def test_what_is_asked_of_web_orders_is_read_as_it_was_asked(
    do: DoOrder, bus: Bus, requests: Requests
) -> None:
    requests.orders(STORE, JOB, "Mia", do, [WebOrderId(231), WebOrderId(240)])
    (asked,) = bus.read()
    assert isinstance(asked, OrdersAsked)
    assert (asked.id, asked.store, asked.by) == (JOB, STORE, "Mia")
    assert (asked.do, asked.orders) == (do, (231, 240))
