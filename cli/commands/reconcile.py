"""`tillbridge reconcile`: compares both sides, and repairs what may be repaired."""

import json
from typing import Annotated, Any

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from cli.asking.runs import NoRun, ask_for_run, runs_of
from cli.commands.options import StackOption, StoreOption
from cli.deployment.connections import the_store
from cli.deployment.target import Target, need_target
from cli.screen.console import errors
from cli.screen.run_report import finding_json, run_json, show_run
from tillbridge.domain.connection import StoreState
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Result, Run


def reconcile(
    full: Annotated[
        bool, typer.Option("--full", help="Every product, not only what changed.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Repair nothing.")] = False,
    approve: Annotated[
        str, typer.Option(help="Repair what this run found; later runs then repair by themselves.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Compares both sides and refreshes what the views list; drift is repaired by pushing.

    Exit status 1 when drift was found that nobody repaired."""
    if approve and (dry_run or full):
        raise typer.BadParameter(
            "--approve repairs what an earlier run found; it goes with neither --dry-run nor --full."
        )
    target = need_target(stack)
    name = the_store(target, store)
    connection = target.stores.find(name)
    if connection is not None and connection.state is StoreState.PAUSED:
        raise typer.BadParameter(f"The store '{name}' is paused; nothing is compared meanwhile.")
    if approve:
        _must_wait(target, name, approve)
    data = {"full": full, "dry_run": dry_run, **({"approve": approve} if approve else {})}
    try:
        run = _with_progress(target, name, data)
    except NoRun as problem:
        raise typer.BadParameter(str(problem)) from problem
    findings = list(runs_of(target).findings(name, run))
    if as_json:
        whole = {**run_json(run), "findings": [finding_json(each) for each in findings]}
        typer.echo(json.dumps(whole, indent=1))
    else:
        show_run(run, findings)
    raise typer.Exit(0 if run.result in (Result.CLEAN, Result.REPAIRED) else 1)


def _must_wait(target: Target, store: StoreId, run_id: str) -> None:
    run = runs_of(target).find(store, run_id)
    if run is None:
        raise typer.BadParameter(f"There is no run {run_id}. `tillbridge runs` lists them.")
    if run.result not in (Result.WAITING, Result.REPORTED):
        raise typer.BadParameter(f"Run {run_id} waits for nobody: it is {run.result.value}.")


def _with_progress(target: Target, store: StoreId, data: dict[str, Any]) -> Run:
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=errors, transient=True) as bars:
        task = bars.add_task("asking for a run", total=None)

        def watch(run: Run | None) -> None:
            if run is not None:
                words = (
                    f"{run.stage.value}: {run.web_pages} pages of the store, {run.pos_pages} of "
                    f"the POS, {run.drift} findings"
                )
                bars.update(task, description=words)

        return ask_for_run(target, store, data, watch)
