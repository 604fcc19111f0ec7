"""The sweep leaves removed stores alone, and deletes what is left of them after thirty days."""

import pytest

from tests.builders import STORE
from tests.unit.usecases.sweep_net import GONE, OTHER, Net
from tillbridge.domain.errors import RetryLater
from tillbridge.usecases.sweep import sweep


def test_rows_of_a_removed_store_are_no_strays_and_signal_nobody() -> None:
    net = Net(STORE, OTHER)
    net.marks(OTHER, "p-1")
    net.marks(GONE, "p-1")
    net.removals.remove(OTHER, "mina", net.clock.now_ms())
    swept = sweep(net.deps)
    assert (swept.strays, swept.rows, net.signals.signalled) == (1, 2, [])
    assert net.leftovers.deleted == []


def test_after_thirty_days_the_sweep_deletes_what_is_left() -> None:
    net = Net(STORE, OTHER)
    net.removals.remove(OTHER, "mina", net.clock.now_ms())
    net.clock.advance(30 * 24 * 3_600)
    net.sweeps()
    assert net.leftovers.deleted == [(OTHER, None)]
    assert net.removals.removed() == []


def test_a_list_of_removed_stores_that_cannot_be_read_stops_no_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    net = Net()
    net.marks(STORE, "p-1")

    def busy() -> None:
        raise RetryLater("busy")

    monkeypatch.setattr(net.removals, "removed", busy)
    assert net.sweeps() == [STORE]


def test_a_store_stays_until_the_mirror_of_its_last_account_is_gone() -> None:
    net = Net(STORE, OTHER)
    net.removals.remove(OTHER, "mina", net.clock.now_ms())
    net.clock.advance(30 * 24 * 3_600)
    net.leftovers.mirror_slices = 2
    net.sweeps()
    assert (net.leftovers.deleted, net.removals.left) == ([], [])
    net.sweeps()
    assert net.leftovers.deleted == [(OTHER, None)]
    assert [store for _, store in net.removals.left] == [OTHER]
