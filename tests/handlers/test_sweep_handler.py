"""`sweep` over the call of its schedule."""

import importlib

import pytest

from tests.handlers.conftest import Handler, LoadEvent
from tests.poll_world import KEY, PollWorld
from tests.world import World
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.polling import PollNote
from tillbridge.usecases.poll_pos.accounts_due import PollingDeps

DEMO = StoreId("demo")


def test_the_sweep_signals_stores_with_due_rows_and_no_other(
    intake: Handler, sweep_handler: Handler, load_event: LoadEvent, world: World
) -> None:
    sweep_handler(load_event("sweep.schedule"))
    assert world.signals.signalled == []
    intake(load_event("intake.product.saved"))
    sweep_handler(load_event("sweep.schedule"))
    assert world.signals.signalled == [DEMO, DEMO]


def test_the_sweep_measures_what_waits_the_longest(
    intake: Handler,
    sweep_handler: Handler,
    load_event: LoadEvent,
    world: World,
    capsys: pytest.CaptureFixture[str],
) -> None:
    intake(load_event("intake.product.saved"))
    (row,) = world.pending.rows
    world.clock.now = row.queued_ms + 42_000
    sweep_handler(load_event("sweep.schedule"))
    out = capsys.readouterr().out.replace(" ", "")
    assert '"lane":"content","oldest_pending":[42.0]' in out
    assert '"lane":"stock","oldest_pending":[0.0]' in out
    assert '"needing_attention":[0.0]' in out


def test_a_sweep_that_could_not_signal_a_store_tells_what_it_saw_and_is_repeated(
    intake: Handler,
    sweep_handler: Handler,
    load_event: LoadEvent,
    world: World,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    intake(load_event("intake.product.saved"))
    monkeypatch.setattr(world.signals, "signal_all", lambda stores: stores)
    with pytest.raises(RetryLater):
        sweep_handler(load_event("sweep.schedule"))
    assert '"needing_attention":[0.0]' in capsys.readouterr().out.replace(" ", "")


@pytest.fixture
def polled(sweep_handler: Handler, monkeypatch: pytest.MonkeyPatch) -> PollWorld:
    """Return a POS account that the sweep knows."""
    shop = PollWorld()
    deps = PollingDeps(shop.accounts, shop.pokes, shop.clock)
    app = importlib.import_module("functions.sweep.app")
    monkeypatch.setattr(app, "polling_dependencies", lambda: deps)
    return shop


def test_polls_start_each_minute_and_stores_are_swept_each_fifth(
    sweep_handler: Handler,
    load_event: LoadEvent,
    polled: PollWorld,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sweep_handler(load_event("sweep.schedule.minute"))
    assert polled.pokes.signalled == [KEY]
    assert "run_age" not in capsys.readouterr().out
    sweep_handler(load_event("sweep.schedule"))
    assert polled.pokes.signalled == [KEY, KEY]
    assert "run_age" in capsys.readouterr().out


def test_an_account_that_is_not_due_is_left_alone_and_its_age_is_told(
    sweep_handler: Handler,
    load_event: LoadEvent,
    polled: PollWorld,
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = polled.clock.now
    polled.accounts.notes[KEY] = PollNote(good_ms=now - 42_000, due_ms=now + 1)
    sweep_handler(load_event("sweep.schedule.minute"))
    assert polled.pokes.signalled == []
    out = capsys.readouterr().out.replace(" ", "")
    assert '"poll_age":[42.0]' in out
    assert '"pos_trouble":[0.0]' in out


def test_an_account_in_trouble_is_counted_and_hides_no_other(
    sweep_handler: Handler,
    load_event: LoadEvent,
    polled: PollWorld,
    capsys: pytest.CaptureFixture[str],
) -> None:
    polled.accounts.notes[KEY] = PollNote(good_ms=1, trouble="pos_token_dead")
    sweep_handler(load_event("sweep.schedule.minute"))
    assert polled.pokes.signalled == [KEY]
    out = capsys.readouterr().out.replace(" ", "")
    assert '"poll_age":[0.0]' in out
    assert '"pos_trouble":[1.0]' in out


def test_polls_that_could_not_be_started_stop_no_sweep_of_stores(
    sweep_handler: Handler,
    load_event: LoadEvent,
    polled: PollWorld,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(polled.pokes, "signal_all", lambda accounts: accounts)
    with pytest.raises(RetryLater):
        sweep_handler(load_event("sweep.schedule"))
    assert "run_age" in capsys.readouterr().out
