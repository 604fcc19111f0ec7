"""The last errors that the functions logged: the first thing to look at when work is stuck."""

import json
from typing import Any

from cli.deployment.target import Target

MOST = 5


def function_errors(target: Target) -> list[str]:
    """Return a line for each of the last five errors, newest last."""
    logs = target.client("logs")
    found: list[tuple[int, str]] = []
    for output, short in target.outputs.items():
        if not output.endswith("_function_name"):
            continue  # an account has other logs too, which are none of ours
        name = f"/aws/lambda/{short}"
        events = logs.filter_log_events(logGroupName=name, filterPattern="?ERROR ?Traceback ?rror")
        found += [
            (each["timestamp"], f"{short}: {_line(each)}") for each in events.get("events", [])
        ]
    return [line for _, line in sorted(found)[-MOST:]]


def _line(event: dict[str, Any]) -> str:
    text = str(event["message"]).strip()
    try:
        said = json.loads(text)
    except ValueError:
        return text.splitlines()[-1][:300] if text else ""
    return str(said.get("message", text))[:300]
