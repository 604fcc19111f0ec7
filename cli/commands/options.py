"""Options that several commands share."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.completing import stores
from cli.deployment.home import STDIN
from cli.deployment.world import NAME
from cli.sides.view_choices import Side, Status

MOST = 1_000_000
"""The most products that a command lists; the help of --limit names it."""


_HOST = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?|[0-9A-Fa-f:.]+")
_LONGEST_HOST = 253
"""What DNS takes for a name; what else is asked for could not even be looked up."""


class Quota(StrEnum):
    """A plan's quota: 150 or 450 calls in 30 seconds, or none."""

    STANDARD = "standard"
    PRO = "pro"
    NONE = "none"


class PosOfAWorld(StrEnum):
    """The POS of a local world's shop: one that keeps Tillbridge's contract, or the simulator of a vendor's."""

    CONTRACT = "contract"
    LIGHTSPEED = "lightspeed"

    @property
    def vendor(self) -> str:
        """Whose POS it is, "" where it is no vendor's."""
        return "" if self is PosOfAWorld.CONTRACT else self.value


# Plain assignments: Typer cannot see into a `type` statement, and --help would show no text.
# A command with --stack has --world, --profile and --region beside it (cli/deployment_command.py).
StackOption = Annotated[
    str, typer.Option("--stack", help="A deployed stack. Without it: the running local world.")
]
StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        help="The store's name; needed when several are connected.",
        autocompletion=stores,
    ),
]


def _a_name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise typer.BadParameter(
            "Use letters, digits, - and _ only, 32 at most, and begin with a letter or digit."
        )
    return name


def _a_host(host: str) -> str:
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        raise typer.BadParameter("Give an address of this machine, such as 127.0.0.1.")
    return host


HostOption = Annotated[
    str,
    typer.Option(callback=_a_host, help="The address to listen on; 0.0.0.0 lets containers in."),
]
NameOption = Annotated[
    str,
    typer.Option(
        "--name",
        callback=_a_name,
        help="The world's name, by which commands choose it among several.",
    ),
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


def a_file_or_dash(file: Path | None) -> Path | None:
    """Return a file that is there, or `-`, which is standard input. Raise BadParameter for any other."""
    if file is not None and str(file) != STDIN and (not file.exists() or file.is_dir()):
        raise typer.BadParameter(f"There is no file {file}.")
    return file


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
