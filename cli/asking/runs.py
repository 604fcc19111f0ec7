"""Requests to reconcile, and the runs they start."""

from collections.abc import Callable, Mapping
from typing import Any

from cli.asking.bus import put, request
from cli.asking.polling import poll
from cli.deployment.runs import runs_of
from cli.deployment.target import Target
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Run

PATIENCE_S = 900.0
"""How long to wait for the next checkpoint of a run."""

LOOK_BACK = 50


class NoRun(Exception):
    """No run began, or it makes no progress; the message says what to do."""


def ask_for_run(
    target: Target,
    store: StoreId,
    data: Mapping[str, Any],
    watch: Callable[[Run], None] = lambda _: None,
) -> Run:
    """Request a run, wait until it has ended, and return it. Raise NoRun.

    Call `watch` with the run while it is under way."""
    runs = runs_of(target)
    known = {run.id for run in runs.recent(store, LOOK_BACK)}
    put(target, [request("reconcile.requested", store, data)])

    def mine() -> Run | None:
        return next((r for r in runs.recent(store, 5) if r.id not in known and _is(r, data)), None)

    for run in poll(mine, PATIENCE_S, _stuck):
        if run is None:
            continue
        watch(run)
        if run.ended:
            return run
        if run.note:
            raise NoRun(f"{run.note} The run continues within the hour.")
    raise AssertionError("polling ends only with a run or an error")


def _stuck(_: object) -> NoRun:
    return NoRun(
        f"Nothing has happened for {PATIENCE_S:.0f} s. See the log of the reconcile function."
    )


def _is(run: Run, data: Mapping[str, Any]) -> bool:
    if data.get("approve"):
        return run.repairs == str(data["approve"])
    same_kind = run.full or not bool(data.get("full"))
    return not run.repairs and same_kind and run.dry_run == bool(data.get("dry_run"))
