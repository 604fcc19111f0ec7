"""`tillbridge put-event`: put the events of a file on the bus."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.asking.checked import can_be_sent
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
    except RecursionError as problem:
        raise CannotRun(f"{file} holds no event: its brackets are too deep.") from problem
    except ValueError as problem:
        raise CannotRun(f"{file} is not JSON: {problem}") from problem
    entries = found if isinstance(found, list) else [found]
    if not entries or not all(map(_is_event, entries)):
        raise CannotRun(
            f"{file} holds no event. An event is a JSON object; a file may hold a list of them."
        )
    put(need_target(stack), entries)
    console.print(f"Sent {counted(len(entries), 'event')}.")


def _is_event(entry: object) -> bool:
    """Return whether this is an object whose texts the bus can take, whatever else is in it."""
    if not isinstance(entry, dict):
        return False
    named = [entry.get("source", ""), entry.get("detail-type", "")]
    return all(isinstance(each, str) and can_be_sent(each) for each in named)
