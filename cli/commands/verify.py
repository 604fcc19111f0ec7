"""`tillbridge verify`: compare POS and store, field by field."""

import typer

from cli.commands.options import FiguresOption, StackOption, StoreOption


def command(
    json_file: FiguresOption = None,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Compare every field of the linked products on both sides.

    Exit status 1 when anything differs, is missing or is there twice."""
    from cli.deployment.connections import choose
    from cli.screen.console import errors
    from cli.screen.verdict_report import print_report
    from cli.sides.compare import compare_sides
    from cli.verify.as_json import write_json

    target, name = choose(stack, store)
    with errors.status("reading both sides"):
        verdict = compare_sides(target, name)
    print_report(verdict)
    if json_file is not None:
        write_json(verdict, json_file)
    raise typer.Exit(0 if verdict.ok else 1)
