"""`tillbridge runs`: every comparison that is kept."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.asking.runs import runs_of
from cli.commands.options import StackOption, StoreOption
from cli.deployment.connections import the_store
from cli.deployment.target import need_target
from cli.screen.console import console, table
from cli.screen.run_report import RESULTS, run_json
from tillbridge.domain.run import Run


def runs(
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many, newest first.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Lists the last runs of reconcile: when, how long, what they read, found and repaired."""
    target = need_target(stack)
    found = runs_of(target).recent(the_store(target, store), limit)
    if as_json:
        typer.echo(json.dumps([run_json(run) for run in found], indent=1))
        return
    if not found:
        console.print("Nothing was compared yet. `tillbridge reconcile` compares both sides.")
        return
    columns = ("run", "began (UTC)", "what it did")
    console.print(table("Runs", columns, map(_row, found), whole=columns[:2]))


def _row(run: Run) -> tuple[str, str, str]:
    began = datetime.fromtimestamp(run.started_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M:%S")
    kind = "repair" if run.repairs else "full" if run.full else "incremental"
    seconds = max(0, run.ended_ms - run.started_ms) / 1_000
    dry = " (dry)" if run.dry_run else ""
    words = (
        f"{kind}{dry}: {RESULTS[run.result.value]}; {run.web_pages + run.pos_pages:,} pages with "
        f"{run.calls.total():,} calls in {seconds:,.1f} s, {run.drift:,} drift, "
        f"{run.repaired:,} repaired"
    )
    return run.id, began, words
