"""The runs of reconcile that a deployment remembers."""

import typer

from cli.deployment.target import Target
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Result, Run


def runs_of(target: Target) -> DynamoRuns:
    """Return the runs of a deployment."""
    return DynamoRuns(target.client("dynamodb"), target.outputs["stores_table"])


def the_run(target: Target, store: StoreId, run_id: str = "") -> Run:
    """Return the run named, or the last one. Raise typer.BadParameter when there is none."""
    runs = runs_of(target)
    found = runs.find(store, run_id) if run_id else next(iter(runs.recent(store, 1)), None)
    if found is None:
        raise typer.BadParameter("There is no such run. `tillbridge reconcile` makes one.")
    return found


def need_waiting_run(target: Target, store: StoreId, run_id: str) -> None:
    """Raise typer.BadParameter unless this run found drift that a person may approve."""
    run = runs_of(target).find(store, run_id)
    if run is None:
        raise typer.BadParameter(f"There is no run {run_id}. `tillbridge runs` lists them.")
    if run.result not in (Result.WAITING, Result.REPORTED):
        raise typer.BadParameter(f"Run {run_id} waits for nobody: it is {run.result.value}.")
