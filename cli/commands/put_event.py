"""`tillbridge put-event`: put the events of a file on the bus."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.cannot_run import CannotRun
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
    """Send the events in a JSON file to the event bus."""
    from cli.asking.bus import put
    from cli.deployment.target import need_target
    from cli.screen.console import console, counted

    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise CannotRun(f"{file} is not JSON: {problem}") from problem
    entries = found if isinstance(found, list) else [found]
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise CannotRun(
            f"{file} holds no event. An event is a JSON object; a file may hold a list of them."
        )
    put(need_target(stack), entries)
    console.print(f"Sent {counted(len(entries), 'event')}.")
