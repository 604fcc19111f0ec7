"""`tillbridge reconcile`: compare both sides, and repair drift where that is allowed."""

from typing import Annotated

import typer

from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    full: Annotated[
        bool, typer.Option("--full", help="Compare every product, not only those that changed.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only report; repair nothing.")
    ] = False,
    approve: Annotated[
        str, typer.Option(help="Repair what this run found. Later runs then repair without asking.")
    ] = "",
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt",
            help="The POS was restored from a backup: take what it shows now, although its versions "
            "are older, and compare every product of all stores of this POS.",
        ),
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Compare both sides, and repair drift by pushing.

    It also refreshes what `list` and `search` show. Exit status 1 when drift was found and not
    repaired."""
    if approve and (dry_run or full):
        raise WrongArguments(
            "--approve repairs what an earlier run found. Leave out --dry-run and --full."
        )
    if adopt and (dry_run or approve):
        raise WrongArguments(
            "--adopt begins to take what the POS shows. Leave out --dry-run and --approve."
        )
    from cli.asking.runs import ask_for_run
    from cli.deployment.connections import choose
    from cli.deployment.runs import need_waiting_run, runs_of
    from cli.screen.bars import spinner
    from cli.screen.console import print_json
    from cli.screen.run_report import finding_json, run_json, show_run, under_way
    from cli.screen.waiting import may_stop_waiting
    from tillbridge.domain.run import Result

    target, name = choose(stack, store)
    if approve:
        need_waiting_run(target, name, approve)
    data: dict[str, bool | str] = {"full": full or adopt, "dry_run": dry_run}
    data |= {"approve": approve} if approve else {}
    data |= {"adopt": True} if adopt else {}
    with may_stop_waiting("runs"), spinner("starting a run") as say:
        run = ask_for_run(target, name, data, lambda now: say(under_way(now)))
    findings = list(runs_of(target).findings(name, run))
    if as_json:
        print_json({**run_json(run), "findings": [finding_json(each) for each in findings]})
    else:
        show_run(run, findings)
    raise typer.Exit(0 if run.result in (Result.CLEAN, Result.REPAIRED) else 1)
