"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Quota(StrEnum):
    """A plan's quota: 150 or 450 calls in 30 seconds, or none."""

    STANDARD = "standard"
    PRO = "pro"
    NONE = "none"


# Plain assignments: of a `type` statement typer sees only the name, and --help shows no words.
StackOption = Annotated[
    str, typer.Option("--stack", help="A deployed stack; without it, the running local world.")
]
StoreOption = Annotated[
    str, typer.Option("--store", help="The connected store; needed when there are several.")
]


def _in_a_folder(file: Path | None) -> Path | None:
    # Refused now, and not after the minutes of work whose result it should have held.
    if file is not None and not file.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {file.parent}.")
    return file


RecordOption = Annotated[
    Path | None,
    typer.Option(
        "--record",
        dir_okay=False,
        callback=_in_a_folder,
        help="Write the traffic there, as JSON lines.",
    ),
]
FiguresOption = Annotated[
    Path | None,
    typer.Option(
        "--json", dir_okay=False, callback=_in_a_folder, help="Write the figures there, as JSON."
    ),
]
