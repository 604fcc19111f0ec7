"""A store is paused and resumed by people."""

import pytest

from tests.builders import STORE, a_connection
from tests.fakes.clock import START_MS, FakeClock
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Pause, StoreState
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.pausing import LONGEST_WHY, pause, resume


def test_a_pause_says_who_made_it_why_and_when() -> None:
    stores = FakeStores([a_connection(not_before_ms=5, failures=2)])
    paused = pause(stores, FakeClock(), STORE, "Olivia", "  a sale\nis prepared ")
    assert paused == stores.find(STORE)
    assert (paused.state, paused.pause, paused.failures) == (
        StoreState.PAUSED,
        Pause("Olivia", "a sale is prepared", START_MS),
        0,
    )


def test_who_pauses_a_paused_store_is_shown_who_did() -> None:
    stores = FakeStores([a_connection()])
    pause(stores, FakeClock(), STORE, "Olivia", "a sale")
    assert pause(stores, FakeClock(), STORE, "Sam", "lunch").pause.by == "Olivia"


def test_a_reason_that_no_band_can_show_pauses_nothing() -> None:
    stores = FakeStores([a_connection()])
    with pytest.raises(CannotAsk, match="200 characters"):
        pause(stores, FakeClock(), STORE, "Olivia", "W" * (LONGEST_WHY + 1))
    assert stores.find(STORE) == a_connection()


def test_a_resumed_store_is_signalled() -> None:
    stores, signals = FakeStores([a_connection()]), FakeSignals()
    pause(stores, FakeClock(), STORE, "Olivia", "")
    assert resume(stores, signals, STORE) == a_connection()
    assert signals.signalled == [STORE]


def test_a_store_is_resumed_though_the_queue_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stores, signals = FakeStores([a_connection(state=StoreState.PAUSED)]), FakeSignals()

    def away(_: StoreId) -> None:
        found = stores.find(STORE)
        assert found is not None
        assert found.state is StoreState.ACTIVE, (
            "the state comes first: the sweep heals a lost signal"
        )
        raise ConnectionError

    monkeypatch.setattr(signals, "signal", away)
    monkeypatch.setattr("tillbridge.usecases.fence._listeners", [])  # the tests raise what it tells
    assert resume(stores, signals, STORE).state is StoreState.ACTIVE


def test_a_store_that_is_not_connected_is_not_paused_or_resumed() -> None:
    with pytest.raises(UnknownStore):
        pause(FakeStores(), FakeClock(), STORE, "Olivia", "")
    with pytest.raises(UnknownStore):
        resume(FakeStores(), FakeSignals(), STORE)
