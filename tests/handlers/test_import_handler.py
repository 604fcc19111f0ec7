"""`import` over its golden events."""

import importlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import a_connection, a_product
from tests.fakes.dead_letters import FakeDeadLetters
from tests.handlers.conftest import Context, LoadEvent
from tests.import_world import ImportWorld
from tillbridge.adapters.messages.import_bodies import texts_of
from tillbridge.adapters.messages.import_requests import read_import_message
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import PageMessage
from tillbridge.domain.link_asks import AskKind
from tillbridge.usecases.import_products.take_in import TakeInDeps

DEMO = StoreId("demo")

type Handler = Callable[[dict[str, Any]], Any]


@pytest.fixture
def shop() -> ImportWorld:
    """The store the golden events name."""
    return ImportWorld(connection=a_connection(DEMO))


@pytest.fixture
def taking_in(
    shop: ImportWorld, dead_letters: FakeDeadLetters, monkeypatch: pytest.MonkeyPatch
) -> Handler:
    """The handler of `import`."""
    deps = TakeInDeps(read_import_message, shop.import_deps, dead_letters)
    app = importlib.import_module("functions.import.app")
    monkeypatch.setattr(app, "import_dependencies", lambda: deps)
    return lambda event: app.handler(event, Context())


def test_a_request_is_put_into_its_stores_line(
    taking_in: Handler, load_event: LoadEvent, shop: ImportWorld
) -> None:
    taking_in(load_event("import.import.requested"))
    (message,) = shop.queue.waiting
    assert isinstance(message, PageMessage)
    assert (message.store, message.ask.ids) == (DEMO, (111, 112))
    assert shop.catalogue.reads == 0


def test_a_page_in_line_is_worked_on(
    taking_in: Handler, load_event: LoadEvent, shop: ImportWorld
) -> None:
    shop.sells("Lamp", "LMP")
    taking_in(load_event("import.page"))
    shop.import_until_quiet()
    assert [product.product_number for product in shop.pos.made] == ["LMP"]


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("link.requested", AskKind.LINK),
        ("unlink.requested", AskKind.UNLINK),
        ("put_back.requested", AskKind.PUT_BACK),
    ],
)
def test_requests_about_links_wait_for_the_stores_one_writer(
    taking_in: Handler, load_event: LoadEvent, shop: ImportWorld, event: str, kind: AskKind
) -> None:
    taking_in(load_event(f"import.{event}"))
    assert [ask.kind for ask in shop.asks.waiting(DEMO)] == [kind]
    assert shop.signals.signalled == [DEMO]


def test_what_cannot_be_read_is_kept_with_its_reason(
    taking_in: Handler, load_event: LoadEvent, dead_letters: FakeDeadLetters
) -> None:
    taking_in(load_event("import.poison.import-of-nothing"))
    ((_, reason),) = dead_letters.letters
    assert "Say which products" in reason


def test_a_store_nobody_connected_is_named(
    taking_in: Handler, load_event: LoadEvent, dead_letters: FakeDeadLetters
) -> None:
    event = load_event("import.import.requested")
    body = event["Records"][0]["body"].replace('"demo"', '"nobody"')
    event["Records"][0]["body"] = body
    taking_in(event)
    ((_, reason),) = dead_letters.letters
    assert "No store named 'nobody'" in reason


def test_what_came_of_products_is_counted_by_kind_and_store(
    taking_in: Handler,
    load_event: LoadEvent,
    shop: ImportWorld,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop.pos.save(a_product("p-known", sku="KNOWN"))
    for sku in ("LMP", "RUG", "KNOWN"):
        shop.sells(f"Product {sku}", sku)
    taking_in(load_event("import.page"))
    line = load_event("import.page")
    (record,) = line["Records"]
    (batch,) = shop.queue.waiting
    (record["body"],) = texts_of(batch)
    capsys.readouterr()
    taking_in(line)
    told = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    (figures,) = [each for each in told if "_aws" in each]
    assert figures["store"] == "demo"
    assert (figures["imported"], figures["offered"]) == ([2.0], [1.0])


def test_a_message_that_nothing_came_of_measures_nothing(
    taking_in: Handler, load_event: LoadEvent, capsys: pytest.CaptureFixture[str]
) -> None:
    taking_in(load_event("import.link.requested"))
    assert "_aws" not in capsys.readouterr().out


def test_a_request_that_fails_on_a_bug_comes_back_alone(
    taking_in: Handler,
    load_event: LoadEvent,
    shop: ImportWorld,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = load_event("import.import.requested")
    (good,) = event["Records"]
    bad = {**good, "messageId": "bad", "body": good["body"].replace('"demo"', '"cursed"')}
    event["Records"] = [bad, good]
    find = shop.stores.find

    def breaks(store: StoreId) -> Connection | None:
        if store == "cursed":
            raise ZeroDivisionError
        return find(store)

    monkeypatch.setattr(shop.stores, "find", breaks)
    assert taking_in(event) == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
    assert len(shop.queue.waiting) == 1
