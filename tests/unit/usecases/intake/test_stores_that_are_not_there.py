"""What is said of a store that nobody has, that was removed or cannot be read."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection
from tests.fakes.stores import FakeStores
from tests.unit.usecases.intake.messages import OTHER, Intake, a_sale
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import UnreadableStore
from tillbridge.domain.ids import StoreId


def test_an_event_of_an_unknown_store_is_kept_with_what_to_do() -> None:
    intake = Intake()
    body = a_sale("p-1", 1, "elsewhere")
    intake.takes(body, a_sale("p-2", 1))
    ((kept, reason),) = intake.dead.letters
    assert kept == body
    assert "tillbridge store add elsewhere" in reason
    assert intake.signals.signalled == [STORE]


def _unreadable(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    stores = intake.deps.stores
    real = stores.find

    def find(store: StoreId) -> Connection | None:
        if store == OTHER:
            raise UnreadableStore("odd")
        return real(store)

    monkeypatch.setattr(stores, "find", find)


@pytest.mark.parametrize("asked", ["sale.completed market p-1 4", "link.requested market p-1 r-1"])
def test_what_is_asked_of_a_store_that_cannot_be_read_waits_and_the_others_go(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = Intake(STORE, OTHER)
    with monkeypatch.context() as patch:
        _unreadable(intake, patch)
        with pytest.raises(UnreadableStore):
            intake.takes(asked, a_sale("p-2", 4))
    assert {row.store for row in intake.pending.rows} == {STORE}
    assert intake.signals.signalled == [STORE]
    assert intake.dead.letters == []
    intake.takes(asked)
    assert intake.signals.signalled == [STORE, OTHER]


def test_a_wake_of_a_store_that_cannot_be_read_is_left_to_the_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    intake = Intake(STORE, OTHER)
    _unreadable(intake, monkeypatch)
    intake.takes(f"wake {OTHER}", f"wake {STORE}")
    assert intake.signals.signalled == [STORE]


def test_what_the_pos_of_a_removed_store_tells_marks_nothing_and_is_no_dead_letter() -> None:
    stores = FakeStores([a_connection(), a_connection(OTHER)])
    intake = Intake()
    intake.deps = replace(intake.deps, stores=stores)
    stores.take_out(OTHER, "mina", 5)
    intake.takes(a_sale("p-1", 2, OTHER), a_sale("p-2", 3), f"canary.due {OTHER} p-1 0")
    assert {row.store for row in intake.pending.rows} == {STORE}
    assert (intake.dead.letters, intake.signals.signalled) == ([], [STORE])


def test_what_a_person_asks_of_a_removed_store_says_who_removed_it() -> None:
    stores = FakeStores([a_connection()])
    intake = Intake()
    intake.deps = replace(intake.deps, stores=stores)
    stores.take_out(STORE, "mina", 5)
    intake.takes(f"push.requested {STORE} p-1 0", f"wake {STORE}")
    ((_, reason),) = intake.dead.letters
    assert "was removed by mina" in reason
    assert "tillbridge store add harbour" in reason


def test_two_events_of_one_unknown_store_are_both_kept() -> None:
    intake = Intake()
    intake.takes(a_sale("p-1", 1, "elsewhere"), a_sale("p-2", 1, "elsewhere"))
    assert len(intake.dead.letters) == 2
    assert intake.signals.signalled == []


def test_a_wake_of_a_store_that_was_disconnected_meanwhile_is_no_dead_letter() -> None:
    intake = Intake()
    intake.takes("wake gone", a_sale("p-1", 7))
    assert intake.dead.letters == []
    assert intake.signals.signalled == [STORE]
