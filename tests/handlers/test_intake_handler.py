"""`intake` over every golden event it may receive."""

from pathlib import Path

import pytest

from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.link_requests import FakeLinkRequests
from tests.handlers.conftest import EVENTS, Handler, LoadEvent
from tests.world import World
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link_requests import LinkRequestKind

DEMO = StoreId("demo")


def _names(pattern: str) -> list[str]:
    return sorted(Path(path).stem for path in EVENTS.glob(pattern))


POISON = _names("intake.poison.*.json")
TRIGGERS = [
    name
    for name in _names("intake.*.*.json")
    if "poison" not in name and "claim" not in name and name.split(".")[2] in ("completed", "saved")
]


@pytest.mark.parametrize("name", TRIGGERS)
def test_each_trigger_marks_products_and_signals_its_store_once(
    name: str, intake: Handler, load_event: LoadEvent, world: World, dead_letters: FakeDeadLetters
) -> None:
    intake(load_event(name))
    assert world.pending.due(DEMO, Lane.CONTENT, world.clock.now_ms(), 100)
    moves_stock = "product." not in name
    assert bool(world.pending.due(DEMO, Lane.STOCK, world.clock.now_ms(), 100)) is moves_stock
    assert world.signals.signalled == [DEMO]
    assert dead_letters.letters == []


@pytest.mark.parametrize("name", POISON)
def test_what_cannot_be_read_goes_to_the_dead_letters_with_its_reason(
    name: str, intake: Handler, load_event: LoadEvent, world: World, dead_letters: FakeDeadLetters
) -> None:
    event = load_event(name)
    assert intake(event) == {"batchItemFailures": []}
    assert [body for body, _ in dead_letters.letters] == [r["body"] for r in event["Records"]]
    assert all(reason for _, reason in dead_letters.letters)
    assert world.signals.signalled == []


def test_the_neighbours_of_a_poisoned_event_go_on(
    intake: Handler, load_event: LoadEvent, world: World, dead_letters: FakeDeadLetters
) -> None:
    intake(load_event("intake.neighbours"))
    assert dead_letters.letters
    assert world.pending.due(DEMO, Lane.CONTENT, world.clock.now_ms(), 100)
    assert world.signals.signalled == [DEMO]


def test_a_wake_signals_its_store(intake: Handler, load_event: LoadEvent, world: World) -> None:
    intake(load_event("intake.wake"))
    assert world.signals.signalled == [DEMO]


def test_a_doubled_event_leaves_one_row(
    intake: Handler, load_event: LoadEvent, world: World
) -> None:
    intake(load_event("intake.sale.completed.duplicate"))
    rows = world.pending.due(DEMO, Lane.STOCK, world.clock.now_ms(), 100)
    assert len({row.product for row in rows}) == len(rows)


@pytest.mark.parametrize("kind", list(LinkRequestKind))
def test_a_request_about_links_waits_for_the_stores_one_writer_and_signals_it(
    kind: LinkRequestKind,
    intake: Handler,
    load_event: LoadEvent,
    world: World,
    link_requests: FakeLinkRequests,
) -> None:
    intake(load_event(f"intake.{kind.value}.requested"))
    (request,) = link_requests.waiting(DEMO, 10)
    assert (request.kind, request.product) == (kind, "p-1001")
    assert world.signals.signalled == [DEMO]
    assert list(world.pending.rows) == []


def test_an_unreadable_request_about_links_lets_its_neighbours_go_on(
    intake: Handler,
    load_event: LoadEvent,
    link_requests: FakeLinkRequests,
    dead_letters: FakeDeadLetters,
) -> None:
    names = ("link.requested", "poison.link-of-nothing", "unlink.requested")
    records = [r for name in names for r in load_event(f"intake.{name}")["Records"]]
    assert intake({"Records": records}) == {"batchItemFailures": []}
    kinds = [request.kind for request in link_requests.waiting(DEMO, 10)]
    assert kinds == [LinkRequestKind.LINK, LinkRequestKind.UNLINK]
    ((body, reason),) = dead_letters.letters
    assert body == records[1]["body"]
    assert "links" in reason
    assert "contracts/events" in reason


def test_a_request_about_links_of_a_store_nobody_connected_is_kept_with_what_to_do(
    intake: Handler,
    load_event: LoadEvent,
    world: World,
    dead_letters: FakeDeadLetters,
) -> None:
    event = load_event("intake.link.requested")
    body = event["Records"][0]["body"]
    event["Records"][0]["body"] = body.replace('"demo"', '"nobody"')
    intake(event)
    ((_, reason),) = dead_letters.letters
    assert "tillbridge store add nobody" in reason
    assert world.signals.signalled == []
