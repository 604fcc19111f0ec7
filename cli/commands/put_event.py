"""`tillbridge put-event`: put the events of a file on the bus."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.asking.checked import can_be_sent
from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption
from cli.deployment.home import file_bytes


def command(
    file: Annotated[
        Path,
        typer.Argument(
            help="A JSON file such as those in events/bus/; - reads from standard input."
        ),
    ],
    raw: Annotated[
        bool,
        typer.Option("--raw", help="Send what no function could read, too: to see where it ends."),
    ] = False,
    as_json: JsonOption = False,
    stack: StackOption = "",
) -> None:
    """Send the events in a JSON file to the event bus.

    Each is judged first as the function that takes it would: nothing is sent when one is wrong."""
    from cli.asking.bus import put
    from cli.asking.events import wrong_with
    from cli.deployment.target import need_target
    from cli.screen.console import console, counted, print_json

    entries = _events(file)
    for number, entry in enumerate(entries, 1):
        if not raw and (wrong := wrong_with(entry)):
            which = f"Event {number} of {file}" if len(entries) > 1 else f"The event of {file}"
            raise WrongArguments(f"{which} was not sent. {wrong} --raw sends it all the same.")
    put(need_target(stack), entries)
    console.print(f"Sent {counted(len(entries), 'event')}.")
    if as_json:
        sent = [entry.get("detail-type", "") for entry in entries]
        print_json({"sent": len(entries), "events": sent})


def _events(file: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(file_bytes(file))
    except RecursionError as problem:
        raise WrongArguments(f"{file} holds no event: its brackets are too deep.") from problem
    except OSError as problem:
        raise WrongArguments(f"{file} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise WrongArguments(f"{file} is not JSON: {problem}") from problem
    entries = found if isinstance(found, list) else [found]
    if not entries or not all(map(_is_event, entries)):
        raise WrongArguments(
            f"{file} holds no event. An event is a JSON object; a file may hold a list of them."
        )
    return entries


def _is_event(entry: object) -> bool:
    """Return whether this is an object whose texts the bus can take, whatever else is in it."""
    if not isinstance(entry, dict):
        return False
    named = [entry.get("source", ""), entry.get("detail-type", "")]
    return all(isinstance(each, str) and can_be_sent(each) for each in named)
