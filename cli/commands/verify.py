"""`tillbridge verify`: compares POS and store of the running world, field by field."""

import typer

from cli.commands.options import FiguresOption, StackOption, StoreOption
from cli.deployment.connections import the_store
from cli.deployment.target import need_target
from cli.screen.console import console, errors
from cli.sides.compare import compare_sides
from cli.verify.as_json import write_json
from cli.verify.report import print_report


def verify(
    json_file: FiguresOption = None,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Compares every linked product's fields on both sides; exit status 1 when any differs."""
    target = need_target(stack)
    name = the_store(target, store)
    with errors.status("reading both sides"):
        verdict = compare_sides(target, name)
    print_report(verdict, console)
    if json_file is not None:
        write_json(verdict, json_file)
    raise typer.Exit(0 if verdict.ok else 1)
