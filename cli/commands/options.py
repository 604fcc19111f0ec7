"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.sides.view_choices import Side, Status

MOST = 1_000_000
"""The most products that a command lists; the help of --limit names it."""


class Quota(StrEnum):
    """A plan's quota: 150 or 450 calls in 30 seconds, or none."""

    STANDARD = "standard"
    PRO = "pro"
    NONE = "none"


# Plain assignments: Typer cannot see into a `type` statement, and --help would show no text.
StackOption = Annotated[
    str, typer.Option("--stack", help="A deployed stack. Without it: the running local world.")
]
StoreOption = Annotated[
    str, typer.Option("--store", help="The store's name; needed when several are connected.")
]

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")]


def _for_a_program(ctx: typer.Context, asked: bool) -> bool:
    if asked:
        from cli.screen.console import words_to_stderr

        ctx.with_resource(words_to_stderr())
    return asked


JsonOption = Annotated[
    bool,
    typer.Option(
        "--json",
        callback=_for_a_program,
        help="Print a JSON object, and what is for people to standard error.",
    ),
]
SideOption = Annotated[
    Side, typer.Option("--side", help="pos: products in the POS; web: products in BigCommerce.")
]
StatusOption = Annotated[
    Status | None, typer.Option("--status", help="Only products with this status.")
]
AfterOption = Annotated[
    str, typer.Option("--after", help="Go on where the page before ended: what it said.")
]


def _in_a_folder(file: Path | None) -> Path | None:
    # Checked now, not after minutes of work whose result could not be written.
    if file is not None and not file.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {file.parent}. Create it, or name another.")
    return file


RecordOption = Annotated[
    Path | None,
    typer.Option(
        "--record",
        dir_okay=False,
        callback=_in_a_folder,
        help="Write every API call to this file, as JSON lines.",
    ),
]
