"""`tillbridge verify`: compare POS and store, field by field."""

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Compare every field of the linked products on both sides.

    Exit status 1 when anything differs, is missing or is there twice."""
    from cli.deployment.connections import choose
    from cli.screen.console import errors, print_json
    from cli.screen.verdict_report import print_report
    from cli.sides.compare import compare_sides
    from cli.verify.as_json import verdict_json

    target, name = choose(stack, store)
    with errors.status("reading both sides"):
        verdict = compare_sides(target, name)
    print_report(verdict)
    if as_json:
        print_json(verdict_json(verdict))
    raise typer.Exit(0 if verdict.ok else 1)
