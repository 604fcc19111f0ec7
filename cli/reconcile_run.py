"""Asking for a run and waiting for its end."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from cli.requests_out import put, request
from cli.target import Target
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Run

POLL_S = 0.5
PATIENCE_S = 900.0
"""A slice may take so long before its next checkpoint shows."""

LOOK_BACK = 50


class NoRun(Exception):
    """No run began, or it does not move; the message says what to do."""


def runs_of(target: Target) -> DynamoRuns:
    """The runs of a deployment."""
    return DynamoRuns(target.client("dynamodb"), target.outputs["stores_table"])


def ask_for_run(
    target: Target,
    store: StoreId,
    data: Mapping[str, Any],
    watch: Callable[[Run | None], None] = lambda _: None,
) -> Run:
    """Sends reconcile.requested and waits until its run has ended. Raises NoRun."""
    runs = runs_of(target)
    known = {run.id for run in runs.recent(store, LOOK_BACK)}
    put(target, [request("reconcile.requested", store, data)])
    last, moved = None, time.monotonic()
    while True:
        mine = next((r for r in runs.recent(store, 5) if r.id not in known and _is(r, data)), None)
        watch(mine)
        if mine is not None and mine.ended:
            return mine
        if mine is not None and mine.note:
            raise NoRun(f"{mine.note} It goes on by itself within the hour.")
        if mine != last:
            last, moved = mine, time.monotonic()
        elif time.monotonic() - moved > PATIENCE_S:
            raise NoRun(f"Nothing moved for {PATIENCE_S:.0f} s. Look at the log of reconcile.")
        time.sleep(POLL_S)


def _is(run: Run, data: Mapping[str, Any]) -> bool:
    if data.get("approve"):
        return run.repairs == str(data["approve"])
    same_kind = run.full or not bool(data.get("full"))
    return not run.repairs and same_kind and run.dry_run == bool(data.get("dry_run"))
