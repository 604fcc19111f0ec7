"""`reconcile` over its golden events: schedules, people, and the line of a store."""

import importlib
from typing import Any

import pytest

from tests.builders import a_connection
from tests.exact_world import ExactWorld
from tests.fakes.dead_letters import FakeDeadLetters
from tests.handlers.conftest import Handler, LoadEvent, reconcile_handler
from tests.reconcile_world import ReconcileWorld
from tillbridge.adapters.messages.reconcile import SqsReconcileQueue
from tillbridge.domain.exact_plan import ExactState
from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.run import Request, Result
from tillbridge.domain.selection import Do, Selection

DEMO = StoreId("demo")


@pytest.fixture
def shop() -> ReconcileWorld:
    """Return a world with the store that the golden events name, and one more."""
    world = ReconcileWorld(connection=a_connection(DEMO))
    world.stores.save_connection(a_connection("other"))
    return world


@pytest.fixture
def handler(
    shop: ReconcileWorld, dead_letters: FakeDeadLetters, monkeypatch: pytest.MonkeyPatch
) -> Handler:
    """Return the handler of `reconcile`."""
    return reconcile_handler(shop, dead_letters, monkeypatch)


@pytest.mark.parametrize(
    ("name", "full"), [("reconcile.schedule", False), ("reconcile.schedule.full", True)]
)
def test_a_schedule_puts_a_message_into_every_stores_line(
    name: str, full: bool, handler: Handler, shop: ReconcileWorld, load_event: LoadEvent
) -> None:
    handler(load_event(name))
    assert shop.queue.sent == [(DEMO, Request(full=full)), ("other", Request(full=full))]


def test_a_person_asks_for_one_store(
    handler: Handler, shop: ReconcileWorld, load_event: LoadEvent
) -> None:
    handler(load_event("reconcile.reconcile.requested"))
    handler(load_event("reconcile.reconcile.requested.approve"))
    assert shop.queue.sent == [
        (DEMO, Request(full=True, dry_run=True, by="anna")),
        (DEMO, Request(approve="1795262400000-0a1b", by="anna")),
    ]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("detail", "metadata", "store_id"), "nobody", "No store named 'nobody' is connected"),
        (("detail", "data", "full"), "perhaps", "cannot be read"),
        (("detail", "data", "approve"), "the last", "cannot be read"),
        (("detail",), None, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_kept_with_its_reason(
    path: tuple[str, ...],
    value: object,
    words: str,
    handler: Handler,
    dead_letters: FakeDeadLetters,
    shop: ReconcileWorld,
    load_event: LoadEvent,
) -> None:
    event = load_event("reconcile.reconcile.requested")
    place = event
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    handler(event)
    ((_, reason),) = dead_letters.letters
    assert words in reason
    assert shop.queue.sent == []


def test_a_message_of_the_line_is_a_run(
    handler: Handler,
    shop: ReconcileWorld,
    load_event: LoadEvent,
    capsys: pytest.CaptureFixture[str],
) -> None:
    handler(load_event("reconcile.message"))
    (run,) = shop.runs.recent(DEMO, 5)
    assert run.result is Result.CLEAN
    assert '"drift":[0.0]' in capsys.readouterr().out.replace(" ", "")


def test_a_message_that_nothing_came_of_measures_nothing_and_warns_of_nothing(
    handler: Handler,
    shop: ReconcileWorld,
    load_event: LoadEvent,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop.stores.remove(DEMO)
    handler(load_event("reconcile.message"))  # pytest makes an error of a warning
    assert "_aws" not in capsys.readouterr().out


def test_a_line_of_the_log_names_no_store_of_an_earlier_message(
    handler: Handler, load_event: LoadEvent
) -> None:
    from tillbridge.observability import logger  # after the fixture that names the namespace

    handler(load_event("reconcile.message"))
    assert logger.get_current_keys()["store_id"] == "demo"
    handler(load_event("reconcile.schedule"))
    assert "store_id" not in logger.get_current_keys()


PLAN = "01KAJ8Z3M000000000000000P0"


def test_a_person_asks_what_a_plan_would_change(
    handler: Handler, shop: ReconcileWorld, load_event: LoadEvent
) -> None:
    handler(load_event("reconcile.plan.requested"))
    assert shop.queue.sent == [(DEMO, Request(plan=PLAN, by="Mia"))]


@pytest.mark.parametrize("odd", ["", "x" * 65, "a#b", None, 7])
def test_a_plan_that_no_page_could_have_is_kept_with_its_reason(
    odd: object,
    handler: Handler,
    dead_letters: FakeDeadLetters,
    shop: ReconcileWorld,
    load_event: LoadEvent,
) -> None:
    event = load_event("reconcile.plan.requested")
    event["detail"]["data"]["plan"] = odd
    handler(event)
    assert (len(dead_letters.letters), shop.queue.sent) == (1, [])


def test_a_message_of_a_plan_is_compared_and_is_no_run(
    handler: Handler, load_event: LoadEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = ExactWorld(connection=a_connection(DEMO))
    made = RequestPlan(PLAN, DEMO, Do.PUSH, Selection("pos"), "Mia", world.clock.now_ms(), 1)
    world.plans.keep(made, ["p-1"])
    app = importlib.import_module("functions.reconcile.app")
    monkeypatch.setattr(app, "exact_dependencies", lambda: world.exact_deps)
    handler(load_event("reconcile.message.plan"))
    exact = world.exact.get(DEMO, PLAN)
    assert exact is not None
    assert exact.state is ExactState.READY
    assert world.runs.recent(DEMO, 5) == []


def test_a_plan_waits_for_no_run_and_no_other_plan() -> None:
    sent: list[dict[str, str]] = []
    queue: Any = type("Sqs", (), {"send_message": staticmethod(lambda **said: sent.append(said))})
    line = SqsReconcileQueue(queue, "line")
    for request in (Request(), Request(plan="a"), Request(plan="a")):
        line.send(DEMO, request)
    groups = [said["MessageGroupId"] for said in sent]
    assert groups[0] == DEMO
    assert len(set(groups)) == 3
