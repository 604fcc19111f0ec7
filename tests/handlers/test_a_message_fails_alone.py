"""Of each queue: a message that fails on a bug returns to it alone, and its neighbours are done."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ParamValidationError

from sandbox.aws.package import load_template
from tests.booking_world import BookingWorld
from tests.builders import a_connection
from tests.docs.prose import ROOT
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.stores import FakeStores
from tests.handlers.conftest import Handler, LoadEvent, import_handler, reconcile_handler
from tests.import_world import ImportWorld
from tests.poll_world import PollWorld
from tests.reconcile_world import ReconcileWorld
from tests.template.rules.reading import sqs_sources
from tests.world import World
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pending import Change

DEMO, CURSED = StoreId("demo"), StoreId("cursed")

QUEUES = {
    ("IntakeFunction", "PosEventsQueue"): "intake.product.saved",
    ("IntakeFunction", "ClaimPartsQueue"): "intake.claim-part.product.imported",
    ("IntakeFunction", "WakesQueue"): "intake.wake",
    ("PushFunction", "StoreWorkQueue"): "push.signal",
    ("OrdersFunction", "OrdersQueue"): "orders.signal",
    ("PollFunction", "PosPollsQueue"): "poll.signal",
    ("ReconcileFunction", "ReconcileQueue"): "reconcile.message",
    ("ImportFunction", "RequestsQueue"): "import.import.requested",
    ("ImportFunction", "ImportsQueue"): "import.page",
}
"""The golden event of each queue that a function reads."""

type Record = dict[str, Any]
type Find = Callable[[Any], Any]


class Handlers:
    """All six handlers, over tables of stores in which to find 'cursed' fails."""

    def __init__(
        self,
        each: dict[str, Handler],
        tables: Iterable[FakeStores],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self._each = each
        self.found: list[str] = []
        self.trouble: Exception = ZeroDivisionError()
        for stores in tables:
            stores.save_connection(a_connection("other"))
            monkeypatch.setattr(stores, "find", partial(self.found_by, stores.find))

    def found_by(self, real: Find, store: StoreId) -> Any:
        """Return what a table finds under a name, and note it; fail for the cursed one."""
        if store == CURSED:
            raise self.trouble
        self.found.append(store)
        return real(store)

    def failed(self, function: str, records: Iterable[Record]) -> list[str]:
        """Hand the records to a function, and return the ids of those that return to the queue."""
        answer = self._each[function]({"Records": list(records)})
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


@pytest.fixture
def slices(push: Handler, orders: Handler, poll: Handler) -> dict[str, Handler]:
    """Return the handlers that work for one slice."""
    return {"PushFunction": push, "OrdersFunction": orders, "PollFunction": poll}


@pytest.fixture
def handlers(
    intake: Handler,
    slices: dict[str, Handler],
    polled: PollWorld,
    world: World,
    booking: BookingWorld,
    dead_letters: FakeDeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> Handlers:
    imports = ImportWorld(connection=a_connection(DEMO))
    reconciles = ReconcileWorld(connection=a_connection(DEMO))
    each = {
        "IntakeFunction": intake,
        **slices,
        "ImportFunction": import_handler(imports, dead_letters, monkeypatch),
        "ReconcileFunction": reconcile_handler(reconciles, dead_letters, monkeypatch),
    }
    shops = (world, booking, imports, reconciles)
    handlers = Handlers(each, [shop.stores for shop in shops], monkeypatch)
    find = partial(handlers.found_by, polled.accounts.find)
    monkeypatch.setattr(polled.accounts, "find", find)
    return handlers


def _of(record: Record, store: str, name: str) -> Record:
    """Return a golden record for another store, with an id of its own."""
    attributes = dict(record["attributes"])
    if "MessageGroupId" in attributes:
        attributes["MessageGroupId"] = store
    body = record["body"].replace('"demo"', f'"{store}"')
    return {**record, "messageId": name, "body": body, "attributes": attributes}


def test_every_queue_that_a_function_reads_has_its_golden_event_here() -> None:
    template = load_template(ROOT / "template.yaml")
    assert {(name, queue) for name, queue, _ in sqs_sources(template)} == set(QUEUES)


@pytest.mark.parametrize(("function", "queue"), QUEUES)
def test_a_message_that_fails_on_a_bug_returns_alone(
    function: str, queue: str, handlers: Handlers, load_event: LoadEvent
) -> None:
    (golden,) = load_event(QUEUES[function, queue])["Records"]
    stores = {"first": "demo", "bad": "cursed", "last": "other"}
    records = [_of(golden, store, name) for name, store in stores.items()]
    assert handlers.failed(function, records) == ["bad"]
    assert {"demo", "other"} <= set(handlers.found)


@pytest.mark.parametrize(("function", "queue"), QUEUES)
def test_what_follows_a_failed_message_of_its_group_waits_behind_it(
    function: str, queue: str, handlers: Handlers, load_event: LoadEvent
) -> None:
    (golden,) = load_event(QUEUES[function, queue])["Records"]
    bad = _of(golden, "cursed", "bad")
    behind = _of(golden, "demo", "behind")
    # SQS takes a group on a standard queue too, for fairness: there it is no order.
    behind["attributes"]["MessageGroupId"] = bad["attributes"]["MessageGroupId"] = "cursed"
    beside = _of(golden, "other", "beside")
    in_order = golden["eventSourceARN"].endswith(".fifo")
    wanted = ["bad", "behind"] if in_order else ["bad"]
    assert handlers.failed(function, [bad, behind, beside]) == wanted
    assert ("demo" in handlers.found) is not in_order
    assert "other" in handlers.found


def _of_aws(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": ""}}, "UpdateItem")


FOR_ALL = [
    RetryLater("The database is busy."),
    EndpointConnectionError(endpoint_url="https://sqs"),
    _of_aws("AccessDeniedException"),
    _of_aws("ThrottlingException"),
    _of_aws("AWS.SimpleQueueService.NonExistentQueue"),
]
FOR_ONE = [
    KeyError("id"),
    ParamValidationError(report="a number is no text"),
    _of_aws("ValidationException"),
    _of_aws("InvalidParameterValue"),
    _of_aws("InvalidMessageContents"),
    _of_aws("ValidationError"),  # of one statement in a batch
]


@pytest.mark.parametrize(("function", "queue"), QUEUES)
@pytest.mark.parametrize("trouble", FOR_ALL, ids=str)
def test_when_aws_fails_all_that_is_left_returns_at_once(
    trouble: Exception, function: str, queue: str, handlers: Handlers, load_event: LoadEvent
) -> None:
    (golden,) = load_event(QUEUES[function, queue])["Records"]
    handlers.trouble = trouble
    records = [_of(golden, s, f"m-{n}") for n, s in enumerate(["cursed", "demo", "other"])]
    woken = function in ("PushFunction", "OrdersFunction", "PollFunction")  # later
    waits = woken and isinstance(trouble, RetryLater)
    assert handlers.failed(function, records) == ([] if waits else ["m-0", "m-1", "m-2"])
    assert handlers.found == ([] if not waits else ["demo", "other"])


@pytest.mark.parametrize(("function", "queue"), QUEUES)
@pytest.mark.parametrize("trouble", FOR_ONE, ids=str)
def test_what_aws_refuses_of_one_message_is_that_messages_own(
    trouble: Exception, function: str, queue: str, handlers: Handlers, load_event: LoadEvent
) -> None:
    (golden,) = load_event(QUEUES[function, queue])["Records"]
    handlers.trouble = trouble
    records = [_of(golden, s, s) for s in ("cursed", "demo", "other")]
    assert handlers.failed(function, records) == ["cursed"]


class Marks:
    """`mark` in place of the real one: fails for the products named, and counts its calls."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.failing: dict[str, Exception] = {}
        self._mark = world.pending.mark
        self._clock = world.clock
        monkeypatch.setattr(world.pending, "mark", self)

    def __call__(self, changes: Iterable[Change]) -> None:
        self.calls += 1
        self._clock.advance(0.001)  # a call takes time, so that no two batches arrive at once
        todo = list(changes)
        for change in todo:
            if change.product in self.failing:
                raise self.failing[change.product]
        self._mark(todo)


def _ten(load_event: LoadEvent) -> list[Record]:
    """Return ten events of a product each, p-0 to p-9, and one that cannot be read."""
    (golden,) = load_event("intake.product.saved")["Records"]
    (unreadable,) = load_event("intake.poison.body-not-json")["Records"]
    named = [
        {**golden, "messageId": f"m-{n}", "body": golden["body"].replace("p-1003", f"p-{n}")}
        for n in range(10)
    ]
    return [*named, unreadable]


@pytest.fixture
def marks(world: World, monkeypatch: pytest.MonkeyPatch) -> Marks:
    return Marks(world, monkeypatch)


def test_a_whole_batch_is_marked_together_and_signals_its_store_once(
    handlers: Handlers, marks: Marks, load_event: LoadEvent, world: World
) -> None:
    assert handlers.failed("IntakeFunction", _ten(load_event)) == []
    assert (marks.calls, handlers.found) == (1, ["demo"])
    assert world.signals.signalled == [DEMO]


def test_a_batch_that_fails_together_is_recorded_without_the_guilty_ones(
    handlers: Handlers,
    marks: Marks,
    load_event: LoadEvent,
    world: World,
    dead_letters: FakeDeadLetters,
) -> None:
    marks.failing = {"p-3": ZeroDivisionError(), "p-8": _of_aws("ValidationException")}
    assert handlers.failed("IntakeFunction", _ten(load_event)) == ["m-3", "m-8"]
    assert {row.product for row in world.pending.rows} == {f"p-{n}" for n in range(10)} - {
        "p-3",
        "p-8",
    }
    assert set(world.signals.signalled) == {DEMO}
    assert len(dead_letters.letters) == 1


@pytest.mark.parametrize("trouble", FOR_ALL, ids=str)
def test_a_batch_that_fails_with_aws_is_not_tried_message_by_message(
    trouble: Exception, handlers: Handlers, marks: Marks, load_event: LoadEvent
) -> None:
    marks.failing = {"p-3": trouble}
    records = _ten(load_event)
    assert handlers.failed("IntakeFunction", records) == [record["messageId"] for record in records]
    assert marks.calls == 1


def test_when_aws_fails_between_two_messages_the_rest_returns_untried(
    handlers: Handlers, marks: Marks, load_event: LoadEvent, world: World
) -> None:
    marks.failing = {"p-5": RetryLater("The database is busy."), "p-2": ZeroDivisionError()}
    records = _ten(load_event)
    returned = [records[2], *records[5:]]
    assert handlers.failed("IntakeFunction", records) == [
        record["messageId"] for record in returned
    ]
    assert {row.product for row in world.pending.rows} == {"p-0", "p-1", "p-3", "p-4"}


def test_requests_about_links_keep_their_order_when_a_neighbour_fails(
    handlers: Handlers, marks: Marks, load_event: LoadEvent, link_requests: FakeLinkRequests
) -> None:
    names = ["unlink.requested", "product.saved", "link.requested"]
    records = [r for name in names for r in load_event(f"intake.{name}")["Records"]]
    marks.failing = {"p-1003": ZeroDivisionError()}
    assert handlers.failed("IntakeFunction", records) == [records[1]["messageId"]]
    kinds = [request.kind.value for request in link_requests.waiting(DEMO, 10)]
    assert kinds == ["unlink", "link"]
