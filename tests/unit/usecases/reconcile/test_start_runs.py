"""Starting runs: a message a store in few calls, and the age of the oldest last run from the list."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pytest

from tests.builders import OWN_ACCOUNT, a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.reconcile import FakeQueue, FakeRuns
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.adapters.messages.reconcile import read_trigger
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request, Run
from tillbridge.usecases.reconcile.start_runs import StartDeps, oldest_good_run_ms, start

HOUR = 3_600_000
SCHEDULE: dict[str, Any] = {"full": True}


class Starting:
    """The start of runs over fakes."""

    def __init__(self, *stores: str) -> None:
        self.clock, self.stores = FakeClock(), FakeStores(map(a_connection, stores))
        self.runs, self.queue = FakeRuns(), FakeQueue()
        self.list = FakeStoreList(self.stores, self.runs)
        self.deps = StartDeps(
            read=partial(read_trigger, own_account=OWN_ACCOUNT),
            stores=self.stores,
            store_list=self.list,
            queue=self.queue,
            dead_letters=FakeDeadLetters(),
            clock=self.clock,
        )

    def compared(self, store: str, hours_ago: int) -> None:
        ended_ms = self.clock.now_ms() - hours_ago * HOUR
        self.runs.note_ended(StoreId(store), Run("r", ended_ms, ended_ms=ended_ms))


def missing(some: Sequence[str], starting: Starting, patch: pytest.MonkeyPatch) -> None:
    """Let the messages of some stores be refused."""

    def send_all(stores: Sequence[StoreId], request: Request) -> Sequence[StoreId]:
        for store in stores:
            if store not in some:
                starting.queue.send(store, request)
        return [store for store in stores if store in some]

    patch.setattr(starting.queue, "send_all", send_all)


def test_a_store_whose_message_is_refused_keeps_no_other_from_its_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starting = Starting("a", "b", "c")
    missing(["b"], starting, monkeypatch)
    assert start(SCHEDULE, starting.deps) == 2
    assert [store for store, _ in starting.queue.sent] == ["a", "c"]


def test_when_no_run_can_be_started_the_schedules_call_fails_so_that_it_is_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starting = Starting("a", "b")
    missing(["a", "b"], starting, monkeypatch)
    with pytest.raises(RetryLater):
        start(SCHEDULE, starting.deps)


def test_a_schedule_without_stores_starts_nothing() -> None:
    assert start(SCHEDULE, Starting().deps) == 0


def test_the_age_is_that_of_the_store_that_was_compared_the_longest_ago() -> None:
    starting = Starting("a", "b", "c", "never")
    for store, hours in (("a", 2), ("b", 30), ("c", 5)):
        starting.compared(store, hours)
    assert oldest_good_run_ms(starting.deps) == 30 * HOUR


def test_a_store_is_compared_since_its_first_run_began_until_one_ends() -> None:
    starting = Starting("a")
    assert oldest_good_run_ms(starting.deps) == 0
    starting.runs.note_begun(StoreId("a"), starting.clock.now_ms())
    starting.clock.advance(7_200)
    assert oldest_good_run_ms(starting.deps) == 2 * HOUR


def test_paused_stores_do_not_count_however_many() -> None:
    starting = Starting(*(f"s-{number:03d}" for number in range(150)), "b")
    for number in range(150):
        name = f"s-{number:03d}"
        starting.compared(name, 99)
        starting.stores.save_connection(a_connection(name, state=StoreState.PAUSED))
    starting.compared("b", 3)
    assert oldest_good_run_ms(starting.deps) == 3 * HOUR


def test_a_store_that_nobody_can_read_counts() -> None:
    starting = Starting("a", "b")
    starting.compared("a", 50)
    starting.compared("b", 1)
    starting.list.unreadable.add(StoreId("a"))
    assert oldest_good_run_ms(starting.deps) == 50 * HOUR


def test_only_the_stores_that_were_compared_the_longest_ago_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starting = Starting(*(f"s-{number:04d}" for number in range(1_000)))
    for number in range(1_000):
        starting.compared(f"s-{number:04d}", number)
    read: list[int] = []
    connections = starting.list.connections

    def counted(stores: Sequence[StoreId]) -> Mapping[StoreId, Connection | None]:
        read.append(len(stores))
        return connections(stores)

    monkeypatch.setattr(starting.list, "connections", counted)
    assert oldest_good_run_ms(starting.deps) == 999 * HOUR
    assert read == [100]
