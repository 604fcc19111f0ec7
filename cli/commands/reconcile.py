"""`tillbridge reconcile`: compares both sides, and repairs what may be repaired."""

import json
from typing import Annotated

import typer

from cli.commands.options import StackOption, StoreOption


def command(
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
    """Compare both sides, and repair drift by pushing.

    What the views list is read anew. Exit status 1 when drift was found that nobody repaired."""
    if approve and (dry_run or full):
        raise typer.BadParameter(
            "--approve repairs what an earlier run found; it goes with neither --dry-run nor --full."
        )
    from cli.asking.runs import NoRun, ask_for_run
    from cli.deployment.connections import is_paused, the_store
    from cli.deployment.runs import need_waiting_run, runs_of
    from cli.deployment.target import need_target
    from cli.screen.bars import spinner
    from cli.screen.run_report import finding_json, run_json, show_run, under_way
    from tillbridge.domain.run import Result

    target = need_target(stack)
    name = the_store(target, store)
    if is_paused(target, name):
        raise typer.BadParameter(f"The store '{name}' is paused; nothing is compared meanwhile.")
    if approve:
        need_waiting_run(target, name, approve)
    data = {"full": full, "dry_run": dry_run, **({"approve": approve} if approve else {})}
    try:
        with spinner("asking for a run") as say:
            run = ask_for_run(target, name, data, lambda now: say(under_way(now)))
    except NoRun as problem:
        raise typer.BadParameter(str(problem)) from problem
    findings = list(runs_of(target).findings(name, run))
    if as_json:
        whole = {**run_json(run), "findings": [finding_json(each) for each in findings]}
        typer.echo(json.dumps(whole, indent=1))
    else:
        show_run(run, findings)
    raise typer.Exit(0 if run.result in (Result.CLEAN, Result.REPAIRED) else 1)
