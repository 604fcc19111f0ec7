"""The contract and import agree: what the schemas allow is read, what they forbid is refused."""

import random
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from events.wrap import bus_entries, delivered, lambda_events, receiver
from tests.builders import OWN_ACCOUNT
from tests.contract.event_schemas import ROOT, complaints
from tillbridge.adapters.messages.import_bodies import MOST_BYTES, texts_of
from tillbridge.adapters.messages.import_requests import read_import_message as read_it
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.ids import StoreId, StoreProductId, StoreVariantId
from tillbridge.domain.import_messages import Ask, BatchMessage, Delayed, ImportMessage, PageMessage
from tillbridge.domain.web_product import NOT_READ, WebImage, WebProduct, WebVariant

BUS = ROOT / "events" / "bus"
read_import_message = partial(read_it, own_account=OWN_ACCOUNT)


def heard(poison: bool) -> list[Path]:
    return [
        path
        for path in sorted(BUS.glob("*.json"))
        if receiver(bus_entries(path)[0])[0] == "import"
        and path.stem.startswith("poison") is poison
    ]


def read(name: str) -> ImportMessage | Delayed:
    (entry,) = bus_entries(BUS / f"{name}.json")
    return read_import_message(delivered(entry, "one"))


@pytest.mark.parametrize("path", heard(poison=False), ids=lambda path: path.stem)
def test_import_reads_every_good_golden_event(path: Path) -> None:
    for entry in bus_entries(path):
        assert complaints(entry) == []
        request = read_import_message(delivered(entry, "one"))
        assert isinstance(request, PageMessage)
        assert request.store == "demo"


@pytest.mark.parametrize("path", heard(poison=True), ids=lambda path: path.stem)
def test_import_refuses_every_poisoned_golden_event_with_a_reason(path: Path) -> None:
    for entry in bus_entries(path):
        assert complaints(entry)
        with pytest.raises(UnreadableEvent, match=r"\w+ \w+"):
            read_import_message(delivered(entry, "one"))


def test_products_are_asked_for_by_id_by_filter_or_all() -> None:
    asks = [
        read(name)
        for name in ("import.requested", "import.requested.filter", "import.requested.all")
    ]
    assert [each.ask for each in asks if isinstance(each, PageMessage)] == [
        Ask(ids=(StoreProductId(111), StoreProductId(112))),
        Ask(category="Lighting"),
        Ask(),
    ]


def test_the_golden_page_is_read() -> None:
    (record,) = lambda_events()["import.page.json"]["Records"]
    page = read_import_message(record["body"])
    assert isinstance(page, PageMessage)
    assert page.ask.everything


def a_web_product(number: int, description: str = "") -> WebProduct:
    return WebProduct(
        id=StoreProductId(number),
        name=f"Lamp № {number}",
        description=description,
        price=Decimal("19.90"),
        images=(WebImage(1, "https://shop.example/1.jpg"),),
        variants=(WebVariant(StoreVariantId(5), "L-S", (("Size", "S"),), price=Decimal("3.5")),),
    )


def test_a_batch_arrives_as_it_was_sent() -> None:
    batch = BatchMessage("r", StoreId("demo"), (a_web_product(1), a_web_product(2)), 3)
    (text,) = texts_of(batch)
    assert read_import_message(text) == batch


def test_what_was_not_read_is_still_not_read_when_it_arrives() -> None:
    read = replace(a_web_product(1), brand=NOT_READ.value, upc="", cost=Decimal(0), visible=False)
    batch = BatchMessage("r", StoreId("demo"), (read, WebProduct(StoreProductId(2), "Lamp")))
    (text,) = texts_of(batch)
    assert read_import_message(text) == batch


def test_a_batch_too_long_for_the_queue_is_sent_as_several() -> None:
    dice = random.Random(1)
    long = "".join(chr(dice.randrange(0x4E00, 0x9FFF)) for _ in range(60_000))
    products = tuple(a_web_product(number, long) for number in range(6))
    texts = texts_of(BatchMessage("r", StoreId("demo"), products))
    assert len(texts) > 1
    assert all(len(text) <= max(MOST_BYTES, 260_000) for text in texts)
    found = [read_import_message(text) for text in texts]
    assert [p for b in found if isinstance(b, BatchMessage) for p in b.products] == list(products)


def test_a_mangled_batch_is_refused_in_words() -> None:
    with pytest.raises(UnreadableEvent, match="cannot be read"):
        read_import_message(
            '{"store_id": "demo", "request": "r", "attempts": 0, "kind": "batch", "products": "!"}'
        )
    with pytest.raises(UnreadableEvent, match="not JSON"):
        read_import_message('{"later": oops')


@pytest.mark.parametrize("later", ["5", '"[]"', "[" * 100_000])
def test_a_delayed_message_that_makes_no_sense_is_refused_in_words(later: str) -> None:
    with pytest.raises(UnreadableEvent, match=r"\w+ \w+"):
        read_import_message(f'{{"later": {later}}}')


def test_a_bigcommerce_id_longer_than_a_row_takes_is_refused_by_contract_and_reader() -> None:
    (entry,) = bus_entries(BUS / "import.requested.json")
    entry["detail"]["data"]["bigcommerce_ids"] = [10**40]
    assert complaints(entry)
    with pytest.raises(UnreadableEvent, match="bigcommerce_ids"):
        read_import_message(delivered(entry, "one"))


def test_a_time_without_a_zone_is_refused_by_contract_and_reader() -> None:
    (entry,) = bus_entries(BUS / "import.requested.json")
    entry["detail"]["metadata"]["occurred_at"] = "2026-11-21T09:00:00"
    assert complaints(entry)
    with pytest.raises(UnreadableEvent, match="occurred_at"):
        read_import_message(delivered(entry, "one"))


def test_a_request_about_links_is_none_of_imports() -> None:
    (entry,) = bus_entries(BUS / "link.requested.json")
    with pytest.raises(UnreadableEvent, match=r"link\.requested"):
        read_import_message(delivered(entry, "one"))
