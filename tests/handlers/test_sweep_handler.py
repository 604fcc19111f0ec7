"""`sweep` over the call of its schedule."""

import pytest

from tests.handlers.conftest import Handler, LoadEvent
from tests.world import World
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId

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
