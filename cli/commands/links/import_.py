"""`tillbridge links import`: link what a file of links names."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.cannot_run import WrongArguments
from cli.commands.options import DryRunOption, JsonOption, StackOption, StoreOption

if TYPE_CHECKING:
    from cli.shapes.links import Answer


def command(
    file: Annotated[
        Path, typer.Argument(help="A file that `links export` wrote; - is standard input.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Link what a file of links names, as `link` does.

    First it says what would be linked, what is linked already, what contradicts and what is gone. Then
    the POS's values are pushed. Doing it again goes on where it stopped."""
    if str(file) == "-" and not (yes or dry_run):
        raise WrongArguments("Standard input holds the links, so nobody can be asked: give --yes.")
    from cli.deployment.connections import choose
    from cli.screen.confirm import confirm
    from cli.screen.console import counted, errors, print_json
    from cli.screen.link_plan_report import link_plan_json, say_link_plan
    from cli.screen.waiting import link_in_parts
    from cli.sides.imported_links import planned

    target, chosen = choose(stack, store)
    with errors.status("reading both sides"):
        plan = planned(target, chosen, file)
    say_link_plan(plan)
    answers: list[Answer] = []
    if plan.to_link and not dry_run:
        question = f"Link these {counted(len(plan.to_link), 'product')} and push?"
        confirm(question, yes=yes, as_json=as_json)
        pairs = [(row.product, row.number) for row in plan.to_link]
        answers = link_in_parts(target, chosen, pairs)
    if as_json:
        print_json(link_plan_json(plan, answers))
    if plan.left_out or not all(each["done"] for each in answers):
        raise typer.Exit(1)
