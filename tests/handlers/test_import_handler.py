"""`import` over its golden events."""

import json

import pytest

from tests.builders import a_connection, a_product
from tests.fakes.dead_letters import FakeDeadLetters
from tests.handlers.conftest import Handler, LoadEvent, import_handler
from tests.import_world import ImportWorld
from tillbridge.adapters.messages.import_bodies import texts_of
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import PageMessage

DEMO = StoreId("demo")


@pytest.fixture
def shop() -> ImportWorld:
    """Return a world with the store that the golden events name."""
    return ImportWorld(connection=a_connection(DEMO))


@pytest.fixture
def routing(
    shop: ImportWorld, dead_letters: FakeDeadLetters, monkeypatch: pytest.MonkeyPatch
) -> Handler:
    """Return the handler of `import`."""
    return import_handler(shop, dead_letters, monkeypatch)


def test_a_request_is_put_into_its_stores_line(
    routing: Handler, load_event: LoadEvent, shop: ImportWorld
) -> None:
    routing(load_event("import.import.requested"))
    (message,) = shop.queue.waiting
    assert isinstance(message, PageMessage)
    assert (message.store, message.ask.ids) == (DEMO, (111, 112))
    assert shop.catalogue.reads == 0


def test_a_page_in_line_is_worked_on(
    routing: Handler, load_event: LoadEvent, shop: ImportWorld
) -> None:
    shop.sells("Lamp", "LMP")
    routing(load_event("import.page"))
    shop.import_until_quiet()
    assert [product.product_number for product in shop.pos.made] == ["LMP"]


def test_what_cannot_be_read_is_kept_with_its_reason(
    routing: Handler, load_event: LoadEvent, dead_letters: FakeDeadLetters
) -> None:
    routing(load_event("import.poison.import-of-nothing"))
    ((_, reason),) = dead_letters.letters
    assert "does not say which products" in reason


def test_a_store_nobody_connected_is_named(
    routing: Handler, load_event: LoadEvent, dead_letters: FakeDeadLetters
) -> None:
    event = load_event("import.import.requested")
    body = event["Records"][0]["body"].replace('"demo"', '"nobody"')
    event["Records"][0]["body"] = body
    routing(event)
    ((_, reason),) = dead_letters.letters
    assert "No store named 'nobody'" in reason


def test_what_came_of_products_is_counted_by_kind_and_logged_with_its_store(
    routing: Handler,
    load_event: LoadEvent,
    shop: ImportWorld,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    shop.pos.save(a_product("p-known", sku="KNOWN"))
    for sku in ("LMP", "RUG", "KNOWN"):
        shop.sells(f"Product {sku}", sku)
    routing(load_event("import.page"))
    line = load_event("import.page")
    (record,) = line["Records"]
    (batch,) = shop.queue.waiting
    (record["body"],) = texts_of(batch)
    capsys.readouterr()
    routing(line)
    told = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    (figures,) = [each for each in told if "_aws" in each]
    assert "store" not in figures
    assert (figures["imported"], figures["offered"]) == ([2.0], [1.0])
    (logged,) = [vars(each) for each in caplog.records if each.message == "import"]
    assert (logged["store_id"], logged["products"]) == ("demo", {"imported": 2, "offered": 1})


def test_a_message_that_nothing_came_of_measures_nothing(
    routing: Handler, load_event: LoadEvent, capsys: pytest.CaptureFixture[str]
) -> None:
    routing(load_event("import.import.requested"))
    assert "_aws" not in capsys.readouterr().out
