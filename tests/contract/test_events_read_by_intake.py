"""The contract and intake agree: what the schemas allow is read, what they forbid is refused."""

from __future__ import annotations

import json
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from events.wrap import bus_entries, delivered, lambda_events, receiver
from tests.builders import A_PERSON, OWN_ACCOUNT
from tests.contract.event_schemas import ROOT, complaints
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.events import Event, Wake
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link_requests import LINK_TRIGGERS, LinkEvent, LinkRequestKind, UndoOf
from tillbridge.domain.web_orders.asked_for import DoOrder, OrdersAsked

BUS = ROOT / "events" / "bus"
CLAIMS = "tillbridge-claims-000000000000-eu-west-1"


class Objects:
    """S3 as far as claim checks need it: the objects that lie in events/objects."""

    def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        return {"Body": BytesIO((ROOT / "events" / "objects" / Key).read_bytes())}


def read(body: str) -> Event | LinkEvent | OrdersAsked | Wake:
    return read_message(body, partial(read_claim, Objects(), {CLAIMS}), OWN_ACCOUNT)


def read_entry(entry: dict[str, Any]) -> Event:
    event = read(delivered(entry, "one"))
    assert isinstance(event, Event)
    return event


def heard(pattern: str) -> list[Path]:
    return [
        path for path in sorted(BUS.glob(pattern)) if receiver(bus_entries(path)[0])[0] == "intake"
    ]


def good_files(*, about_links: bool = False) -> list[Path]:
    good = [p for p in heard("*.json") if not p.stem.startswith(("poison", "neigh", "order."))]
    return [p for p in good if (bus_entries(p)[0]["detail-type"] in LINK_TRIGGERS) is about_links]


def poison_files() -> list[Path]:
    # Reading alone does not know the stores; the use case refuses an unknown one.
    return [p for p in heard("poison.*.json") if "unknown-store" not in p.stem]


@pytest.mark.parametrize("path", good_files(), ids=lambda path: path.stem)
def test_intake_reads_every_good_golden_event(path: Path) -> None:
    for entry in bus_entries(path):
        event = read_entry(entry)
        data = entry["detail"]["data"]
        assert (event.trigger, event.store) == (entry["detail-type"], "demo")
        named = data.get("product_ids") or [r["product_id"] for r in data.get("products", [])]
        assert len(event.products) == data.get("product_count", len(named))
        assert [product for product, _ in event.products][: len(named)] == named


@pytest.mark.parametrize("do", DoOrder)
def test_intake_reads_what_people_ask_of_web_orders(do: DoOrder) -> None:
    (entry,) = bus_entries(BUS / "order.requested.json")
    entry["detail"]["data"]["do"] = do.value
    assert complaints(entry) == []
    asked = read(delivered(entry, "one"))
    assert isinstance(asked, OrdersAsked)
    assert (asked.store, asked.do, asked.orders, asked.by) == ("demo", do, (231, 240), "anna")


@pytest.mark.parametrize("orders", [[], [0], ["231"], [1.5], [2**53], [1] * 201, None])
def test_a_request_about_no_order_is_refused_by_contract_and_reader(orders: object) -> None:
    (entry,) = bus_entries(BUS / "order.requested.json")
    entry["detail"]["data"]["orders"] = orders
    assert complaints(entry)
    with pytest.raises(UnreadableEvent, match="orders"):
        read(delivered(entry, "one"))


@pytest.mark.parametrize("path", poison_files(), ids=lambda path: path.stem)
def test_intake_refuses_every_poisoned_golden_event_with_a_reason(path: Path) -> None:
    for entry in bus_entries(path):
        with pytest.raises(UnreadableEvent, match=r"\w+ \w+"):
            read(delivered(entry, "one"))


@pytest.mark.parametrize("kind", LINK_TRIGGERS)
def test_intake_reads_the_plain_golden_request_about_a_link(kind: str) -> None:
    (entry,) = bus_entries(BUS / f"{kind}.json")
    assert complaints(entry) == []
    web = StoreProductId(111) if kind == "link.requested" else None
    assert read(delivered(entry, "one")) == LinkEvent(
        id=entry["detail"]["metadata"]["event_id"],
        store=StoreId("demo"),
        kind=LINK_TRIGGERS[kind],
        products=((PosProductId("p-1001"), web),),
        sender=A_PERSON,
        by="anna",
        job=entry["detail"]["metadata"]["event_id"],
    )


UNDOES = {
    "undo.requested.push": (
        (("p-1001", None), ("p-1002", None)),
        UndoOf("01KAJ8Z3M000000000000000A1", ("price",)),
    ),
    "undo.requested.hides": ((("p-1003", 412),), UndoOf("01KAJ8Z3M000000000000000A1", hides=True)),
}
"""What the golden undos of pushes name, and what of them is undone."""


@pytest.mark.parametrize("name", UNDOES)
def test_intake_reads_every_golden_undo_of_a_push(name: str) -> None:
    (entry,) = bus_entries(BUS / f"{name}.json")
    assert complaints(entry) == []
    event = read(delivered(entry, "one"))
    assert isinstance(event, LinkEvent)
    assert (event.store, event.kind) == ("demo", LinkRequestKind.UNDO)
    assert (event.products, event.undoes) == UNDOES[name]


def test_every_kind_of_request_about_links_has_a_golden_event_and_a_contract() -> None:
    golden = {path.stem for path in good_files(about_links=True)}
    assert golden == {*LINK_TRIGGERS, *UNDOES}
    for trigger in LINK_TRIGGERS:
        assert (ROOT / "contracts" / "events" / f"{trigger}.schema.json").is_file()


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("data", "bigcommerce_id", 10**40),
        ("data", "product_id", "x" * 256),
        ("data", "product_id", ""),
        ("metadata", "occurred_at", "2026-11-21T12:00:00"),
        ("metadata", "event_id", "short"),
        ("metadata", "store_id", "no#store"),
    ],
)
def test_a_request_about_links_that_no_row_takes_is_refused_by_contract_and_reader(
    part: str, name: str, value: Any
) -> None:
    (entry,) = bus_entries(BUS / "link.requested.json")
    entry["detail"][part][name] = value
    assert complaints(entry)
    with pytest.raises(UnreadableEvent, match=name):
        read(delivered(entry, "one"))


def test_intake_refuses_a_message_that_is_not_json() -> None:
    (record,) = lambda_events()["intake.poison.body-not-json.json"]["Records"]
    with pytest.raises(UnreadableEvent):
        read(record["body"])


def test_intake_reads_a_wake() -> None:
    (record,) = lambda_events()["intake.wake.json"]["Records"]
    assert read(record["body"]) == Wake(store=read_store(record["body"]))


def read_store(body: str) -> Any:
    return json.loads(body)["store_id"]


REQUIRED = [
    ("metadata", "event_id"),
    ("metadata", "schema_version"),
    ("metadata", "store_id"),
    ("metadata", "occurred_at"),
    ("data", "products"),
]


@pytest.mark.parametrize(("part", "name"), REQUIRED)
def test_what_intake_needs_the_contract_demands(part: str, name: str) -> None:
    (entry,) = bus_entries(BUS / "sale.completed.json")
    del entry["detail"][part][name]
    assert complaints(entry)
    with pytest.raises(UnreadableEvent):
        read_entry(entry)


def test_a_version_longer_than_a_row_takes_is_refused_by_contract_and_reader() -> None:
    (entry,) = bus_entries(BUS / "product.saved.json")
    entry["detail"]["data"]["products"][0]["version"] = 10**40
    assert complaints(entry)
    with pytest.raises(UnreadableEvent, match="version"):
        read(delivered(entry, "one"))


def test_a_product_id_longer_than_a_row_takes_is_refused_by_contract_and_reader() -> None:
    (entry,) = bus_entries(BUS / "push.requested.json")
    entry["detail"]["data"]["product_ids"] = ["x" * 3_000]
    assert complaints(entry)
    with pytest.raises(UnreadableEvent, match="product_ids"):
        read(delivered(entry, "one"))


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("metadata", "occurred_at", "0001-01-01T00:00:00"),
        ("metadata", "occurred_at", "2026-11-21T12:00:00"),
        ("data", "offset", 10**50),
        ("data", "total", -1),
    ],
)
def test_a_value_that_no_row_takes_is_refused_and_breaks_no_batch(
    part: str, name: str, value: Any
) -> None:
    (entry,) = bus_entries(BUS / "product.saved.json")
    entry["detail"][part][name] = value
    with pytest.raises(UnreadableEvent, match=name):
        read_entry(entry)


def test_a_wake_that_names_no_store_is_refused() -> None:
    with pytest.raises(UnreadableEvent, match="store_id"):
        read('{"store_id": ""}')
