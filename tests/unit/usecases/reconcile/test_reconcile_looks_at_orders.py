"""Each run has web orders looked at whose marks, or whose events from the POS, may have been lost."""

import pytest

from tests.builders import STORE, a_connection
from tests.reconcile_world import FULL, INCREMENTAL, ReconcileWorld
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.lanes import Lane
from tillbridge.domain.run import Request
from tillbridge.domain.web_orders.book_rows import OPEN, SINCE, book_mark


def _world(mode: WebOrderMode = WebOrderMode.POS) -> ReconcileWorld:
    return ReconcileWorld(connection=a_connection(settings=Settings(web_orders=mode)))


def _rows(world: ReconcileWorld) -> dict[str, int]:
    rows = world.pending.rows
    return {row.product: row.not_before_ms for row in rows if row.lane is Lane.BOOK}


@pytest.mark.parametrize("request_", [FULL, INCREMENTAL])
def test_a_run_has_open_orders_looked_at_and_bookings_read(request_: Request) -> None:
    world = _world()
    world.reconcile(request_)
    assert _rows(world) == {OPEN: 0, SINCE: 0}


def test_a_look_that_waits_is_due_at_once() -> None:
    world = _world()
    world.pending.mark([book_mark(STORE, OPEN, 0)])
    world.reconcile()
    assert _rows(world)[OPEN] == 0


@pytest.mark.parametrize("mode", [WebOrderMode.OFF, WebOrderMode.LEDGER])
def test_where_the_pos_is_not_told_nothing_is_marked(mode: WebOrderMode) -> None:
    world = _world(mode)
    world.reconcile()
    assert _rows(world) == {}


def test_a_dry_run_marks_nothing() -> None:
    world = _world()
    world.reconcile(Request(full=True, dry_run=True))
    assert _rows(world) == {}
