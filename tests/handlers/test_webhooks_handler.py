"""`webhooks` over calls as the HTTP API hands them on."""

from typing import Any

import pytest

from events.wrap import HOOK_CLIENT_SECRET, HOOK_KEY, HOOK_SENT_S, HOOK_STACK_KEY
from tests.builders import a_connection
from tests.fakes.hook_secrets import FakeHookSecrets
from tests.handlers.conftest import EVENTS, Handler, LoadEvent, webhooks_handler
from tests.world import World
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.ports.hook_secrets import ClientSecret

DEMO = StoreId("demo")
GOLDEN = sorted(path.stem for path in EVENTS.glob("webhooks.*.json") if ".pos." not in path.name)


@pytest.fixture
def world() -> World:
    """Return a world whose store reads web orders, with the access that the golden events have."""
    settings = Settings(web_orders=WebOrderMode.LEDGER)
    access = HookAccess(HOOK_KEY, signed=True)
    world = World(connection=a_connection(DEMO, settings=settings, hooks=access))
    world.clock.now = HOOK_SENT_S * 1_000
    return world


@pytest.fixture
def secrets() -> FakeHookSecrets:
    secrets = FakeHookSecrets(HOOK_STACK_KEY.encode())
    secrets.client_secrets[DEMO] = ClientSecret(HOOK_CLIENT_SECRET, required=True)
    return secrets


@pytest.fixture
def webhooks(world: World, secrets: FakeHookSecrets, monkeypatch: pytest.MonkeyPatch) -> Handler:
    return webhooks_handler(world, secrets, monkeypatch)


def marked(world: World) -> set[tuple[Lane, str]]:
    return {(row.lane, row.product) for row in world.pending.rows}


@pytest.mark.parametrize(
    ("event", "row"),
    [
        ("order.created", (Lane.WEB, "250")),
        ("base64", (Lane.WEB, "250")),
        ("stock-of-order", (Lane.WEB, "all")),
        ("poison.not-json", (Lane.WEB, "all")),
        ("product.deleted", (Lane.LOOK, "77")),
    ],
)
def test_a_call_marks_its_row(
    webhooks: Handler, load_event: LoadEvent, world: World, event: str, row: tuple[Lane, str]
) -> None:
    assert webhooks(load_event(f"webhooks.{event}")) == {"statusCode": 200}
    assert marked(world) == {row}


@pytest.mark.parametrize(
    ("event", "status"),
    [("unknown-scope", 200), ("poison.no-secret", 401), ("poison.other-producer", 401)],
)
def test_other_calls_mark_nothing(
    webhooks: Handler, load_event: LoadEvent, world: World, event: str, status: int
) -> None:
    assert webhooks(load_event(f"webhooks.{event}")) == {"statusCode": status}
    assert marked(world) == set()


@pytest.mark.parametrize("event", GOLDEN)
def test_no_answer_has_a_body(webhooks: Handler, load_event: LoadEvent, event: str) -> None:
    assert webhooks(load_event(event)).keys() == {"statusCode"}


@pytest.mark.parametrize(
    "changes",
    [
        {"pathParameters": None},
        {"pathParameters": {}},
        {"pathParameters": {"store": "demo"}},
        {"pathParameters": {"store": "d%2F..%2Fx", "key": HOOK_KEY}},
        {"pathParameters": {"store": "#accounts", "key": HOOK_KEY}},
    ],
)
def test_what_is_no_address_is_not_found(
    webhooks: Handler, load_event: LoadEvent, changes: dict[str, Any]
) -> None:
    event = load_event("webhooks.order.created") | changes
    assert webhooks(event) == {"statusCode": 404}


def test_a_call_without_headers_or_body_is_forged(webhooks: Handler, load_event: LoadEvent) -> None:
    event = load_event("webhooks.order.created")
    del event["headers"], event["body"]
    assert webhooks(event) == {"statusCode": 401}


def test_names_of_headers_may_be_written_in_any_way(
    webhooks: Handler, load_event: LoadEvent
) -> None:
    event = load_event("webhooks.order.created")
    event["headers"] = {name.title(): value for name, value in event["headers"].items()}
    assert webhooks(event) == {"statusCode": 200}


def test_a_body_that_the_gateway_encoded_wrongly_is_forged(
    webhooks: Handler, load_event: LoadEvent
) -> None:
    event = load_event("webhooks.base64") | {"body": "%%%"}
    assert webhooks(event) == {"statusCode": 401}


def test_a_large_body_is_refused(webhooks: Handler, load_event: LoadEvent) -> None:
    event = load_event("webhooks.order.created") | {"body": "x" * 17_408}
    assert webhooks(event) == {"statusCode": 413}


def test_only_our_own_failure_is_a_5xx_without_words(
    webhooks: Handler,
    load_event: LoadEvent,
    secrets: FakeHookSecrets,
    capsys: pytest.CaptureFixture[str],
) -> None:
    secrets.unreadable = True
    assert webhooks(load_event("webhooks.order.created")) == {"statusCode": 500}
    out = capsys.readouterr().out.replace(" ", "")
    assert '"hook_failed":[1.0]' in out
    assert HOOK_KEY not in out


@pytest.mark.parametrize(
    ("event", "figure"),
    [
        ("unknown-scope", "hook_unknown"),
        ("poison.no-secret", "hook_forged"),
    ],
)
def test_what_is_not_as_it_should_be_is_counted(
    webhooks: Handler,
    load_event: LoadEvent,
    capsys: pytest.CaptureFixture[str],
    event: str,
    figure: str,
) -> None:
    webhooks(load_event(f"webhooks.{event}"))
    assert f'"{figure}":[1.0]' in capsys.readouterr().out.replace(" ", "")
