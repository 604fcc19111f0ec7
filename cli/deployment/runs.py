"""The reconcile runs that a deployment keeps."""

from cli.cannot_run import CannotRun
from cli.deployment.target import Target
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Result, Run


def runs_of(target: Target) -> DynamoRuns:
    """Return the repository of a deployment's runs."""
    return DynamoRuns(target.client("dynamodb"), target.outputs["stores_table"])


def the_run(target: Target, store: StoreId, run_id: str = "") -> Run:
    """Return the named run; without a name, the last. Raise CannotRun if none exists."""
    runs = runs_of(target)
    found = runs.find(store, run_id) if run_id else next(iter(runs.recent(store, 1)), None)
    if found is not None:
        return found
    if run_id:
        raise CannotRun(f"There is no run {run_id}. `tillbridge runs` lists them.")
    raise CannotRun("Nothing has been compared yet. `tillbridge reconcile` compares both sides.")


def need_waiting_run(target: Target, store: StoreId, run_id: str) -> None:
    """Raise CannotRun unless this run found drift that waits for approval."""
    run = runs_of(target).find(store, run_id)
    if run is None:
        raise CannotRun(f"There is no run {run_id}. `tillbridge runs` lists them.")
    if run.result not in (Result.WAITING, Result.REPORTED):
        raise CannotRun(f"Run {run_id} does not wait for approval: it is {run.result.value}.")
