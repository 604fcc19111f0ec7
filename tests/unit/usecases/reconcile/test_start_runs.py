"""Starting runs: a message a store in few calls."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest

from tests.builders import OWN_ACCOUNT, a_connection
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.reconcile import FakeQueue, FakeRuns
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.adapters.messages.reconcile import read_trigger
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request
from tillbridge.usecases.reconcile.start_runs import StartDeps, start

SCHEDULE: dict[str, Any] = {"full": True}


class Starting:
    """The start of runs over fakes."""

    def __init__(self, *stores: str) -> None:
        self.stores = FakeStores(map(a_connection, stores))
        self.runs, self.queue = FakeRuns(), FakeQueue()
        self.list = FakeStoreList(self.stores, self.runs)
        self.deps = StartDeps(
            read=partial(read_trigger, own_account=OWN_ACCOUNT),
            stores=self.stores,
            store_list=self.list,
            queue=self.queue,
            dead_letters=FakeDeadLetters(),
        )


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
