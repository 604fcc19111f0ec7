"""`tillbridge put-event`: events of a file onto the bus."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.commands.options import StackOption


def command(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="A JSON file such as those in events/bus/."
        ),
    ],
    stack: StackOption = "",
) -> None:
    """Put the event or events of a JSON file on the bus."""
    from cli.asking.bus import put
    from cli.deployment.target import need_target
    from cli.screen.console import console
    from sandbox.pos.publisher import PublishError

    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise typer.BadParameter(f"{file} is no JSON: {problem}") from problem
    entries = found if isinstance(found, list) else [found]
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise typer.BadParameter(f"{file} holds no event: a JSON object, or a list of them.")
    try:
        put(need_target(stack), entries)
    except PublishError as problem:
        raise typer.BadParameter(str(problem)) from problem
    console.print("Sent 1 event." if len(entries) == 1 else f"Sent {len(entries)} events.")
