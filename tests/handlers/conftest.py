"""Golden events are handed to the handlers themselves, over fakes."""

import importlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from events.wrap import POLLED
from tests.booking_world import BookingWorld
from tests.builders import OWN_ACCOUNT, a_connection
from tests.fakes.begun import FakeBegun
from tests.fakes.canary_bus import FakeCanaryBus
from tests.fakes.console import FakeJobs
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.hook_secrets import FakeHookSecrets
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.parts import FakeParts
from tests.fakes.pending_scan import FakePendingScan
from tests.fakes.removals import FakeLeftovers, FakeRemovals
from tests.fakes.store_list import FakeStoreList
from tests.import_world import ImportWorld
from tests.poll_world import ACCOUNT, STORES, PollWorld
from tests.reconcile_world import ReconcileWorld
from tests.world import World
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.hook_bodies import read_hook
from tillbridge.adapters.messages.import_requests import read_import_message
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.messages.reconcile import read_trigger
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.set_aside import SetAside
from tillbridge.usecases.delete_leftovers import LeftoverDeps
from tillbridge.usecases.import_products.route_message import RouteDeps
from tillbridge.usecases.reconcile.start_runs import StartDeps
from tillbridge.usecases.record_changes import IntakeDeps
from tillbridge.usecases.sweep import SweepDeps
from tillbridge.usecases.take_hook import HookDeps
from tillbridge.usecases.take_pos_hook import PosHookDeps

EVENTS = Path(__file__).parents[2] / "events" / "lambda"

type LoadEvent = Callable[[str], dict[str, Any]]
type Handler = Callable[[dict[str, Any]], Any]


class Context:
    """What Powertools reads of a Lambda context."""

    function_name = "tillbridge"
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:eu-west-1:000000000000:function:tillbridge"
    aws_request_id = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(autouse=True)
def _namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    # The template sets it for every function.
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")


@pytest.fixture
def load_event() -> LoadEvent:
    """Return a function that loads a golden event by its file's name without ending."""
    return lambda name: json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def world() -> World:
    """Return a world with the store that the golden events name."""
    return World(connection=a_connection(StoreId("demo")))


@pytest.fixture
def dead_letters() -> FakeDeadLetters:
    """Return the place where unreadable events go."""
    return FakeDeadLetters()


@pytest.fixture
def begun() -> FakeBegun:
    """Return the notes of work on messages that returned often."""
    return FakeBegun()


@pytest.fixture
def link_requests() -> FakeLinkRequests:
    """Return the requests about links that wait."""
    return FakeLinkRequests()


@pytest.fixture
def intake(
    world: World,
    dead_letters: FakeDeadLetters,
    begun: FakeBegun,
    link_requests: FakeLinkRequests,
    monkeypatch: pytest.MonkeyPatch,
) -> Handler:
    """Return the handler of `intake`."""
    deps = IntakeDeps(
        read=partial(
            read_message, read_claim=partial(read_claim, None, frozenset()), own_account=OWN_ACCOUNT
        ),
        parts=FakeParts(),
        pending=world.pending,
        link_requests=link_requests,
        jobs=FakeJobs(),
        stores=world.stores,
        signals=world.signals,
        order_signals=world.order_signals,
        dead_letters=dead_letters,
        clock=world.clock,
    )
    app = _app("intake")
    monkeypatch.setattr(app, "intake_dependencies", lambda: deps)
    aside = SetAside(dead_letters, begun)
    monkeypatch.setattr(app, "intake_set_aside", lambda: aside)
    return lambda event: app.handler(event, Context())


@pytest.fixture
def sweep_handler(
    world: World, link_requests: FakeLinkRequests, monkeypatch: pytest.MonkeyPatch
) -> Handler:
    """Return the handler of `sweep`."""
    stores = FakeStoreList(world.stores)
    leftovers = FakeRemovals(world.stores), FakeLeftovers(world.stores)
    deps = SweepDeps(
        pending=FakePendingScan(world.pending, link_requests),
        stores=stores,
        signals=world.signals,
        order_signals=world.order_signals,
        clock=world.clock,
        canaries=FakeCanaryBus(),
        leftovers=LeftoverDeps(*leftovers, stores, world.clock),
    )
    app = _app("sweep")
    monkeypatch.setattr(app, "sweep_dependencies", lambda: deps)
    monkeypatch.setattr(app, "polling_dependencies", lambda: None)
    return lambda event: app.handler(event, Context())


@pytest.fixture
def booking() -> BookingWorld:
    """Return a world in which the POS of the store of the golden events is told of web orders."""
    return BookingWorld(store=StoreId("demo"))


@pytest.fixture
def orders(booking: BookingWorld, monkeypatch: pytest.MonkeyPatch) -> Handler:
    """Return the handler of `orders`."""
    app = _app("orders")
    monkeypatch.setattr(app, "booking_dependencies", lambda: booking.deps)
    return lambda event: app.handler(event, Context())


@pytest.fixture
def polled() -> PollWorld:
    """Return a world with the POS account that the golden signal names."""
    world, demo = PollWorld(), PosAccountKey(POLLED)
    world.accounts.accounts = {demo: replace(ACCOUNT, key=demo)}
    world.accounts.stores = {demo: list(STORES)}
    world.grants.kept[demo] = PosGrant("made by a person")
    return world


@pytest.fixture
def poll(polled: PollWorld, monkeypatch: pytest.MonkeyPatch) -> Handler:
    """Return the handler of `poll`."""
    app = _app("poll")
    monkeypatch.setattr(app, "poll_dependencies", polled.deps)
    return lambda event: app.handler(event, Context())


@pytest.fixture
def push(world: World, monkeypatch: pytest.MonkeyPatch) -> Handler:
    """Return the handler of `push`."""
    app = _app("push")
    monkeypatch.setattr(app, "push_dependencies", lambda: world.deps)
    return lambda event: app.handler(event, Context())


def webhooks_handler(
    world: World, secrets: FakeHookSecrets, monkeypatch: pytest.MonkeyPatch
) -> Handler:
    """Return the handler of `webhooks`."""
    deps = HookDeps(read_hook, world.stores, secrets, world.pending, world.signals, world.clock)
    app = _app("webhooks")
    monkeypatch.setattr(app, "webhook_dependencies", lambda: deps)
    return lambda event: app.handler(event, Context())


def pos_webhooks_handler(deps: PosHookDeps, monkeypatch: pytest.MonkeyPatch) -> Handler:
    """Return the handler of `webhooks`, as a vendor's POS calls it."""
    app = _app("webhooks")
    monkeypatch.setattr(app, "pos_hook_dependencies", lambda: deps)
    return lambda event: app.handler(event, Context())


def import_handler(
    shop: ImportWorld, dead_letters: FakeDeadLetters, monkeypatch: pytest.MonkeyPatch
) -> Handler:
    """Return the handler of `import`."""
    deps = RouteDeps(
        partial(read_import_message, own_account=OWN_ACCOUNT),
        shop.import_deps,
        dead_letters,
        FakeJobs(),
    )
    app = _app("import")
    aside = SetAside(dead_letters, FakeBegun())
    monkeypatch.setattr(app, "import_dependencies", lambda: deps)
    monkeypatch.setattr(app, "import_set_aside", lambda: aside)
    return lambda event: app.handler(event, Context())


def reconcile_handler(
    shop: ReconcileWorld, dead_letters: FakeDeadLetters, monkeypatch: pytest.MonkeyPatch
) -> Handler:
    """Return the handler of `reconcile`."""
    start = StartDeps(
        read=partial(read_trigger, own_account=OWN_ACCOUNT),
        stores=shop.stores,
        store_list=FakeStoreList(shop.stores, shop.runs),
        queue=shop.queue,
        dead_letters=dead_letters,
    )
    app = _app("reconcile")
    monkeypatch.setattr(app, "reconcile_start_dependencies", lambda: start)
    monkeypatch.setattr(app, "reconcile_dependencies", lambda: shop.reconcile_deps)
    return lambda event: app.handler(event, Context())


def _app(function: str) -> ModuleType:
    # `import functions.import.app` is a syntax error; importlib takes the name.
    return importlib.import_module(f"functions.{function}.app")
