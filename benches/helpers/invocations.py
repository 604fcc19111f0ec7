"""What the local AWS's logs say of calls of a function."""

import re
from dataclasses import dataclass

from cli.deployment.target import Target

_REPORT = re.compile(r"REPORT .*\tDuration: (?P<ms>[\d.]+) ms")


@dataclass(frozen=True, slots=True)
class Invocation:
    """One call of a function: when it began and ended (epoch ms)."""

    began_ms: float
    ended_ms: float


def invocations(target: Target, function: str) -> list[Invocation]:
    """Return the calls of a function (`push`) so far, in the order of their ends."""
    group = f"/aws/lambda/{target.outputs[f'{function}_function_name']}"
    pages = target.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
    found = []
    for page in pages:
        for event in page["events"]:
            if told := _REPORT.match(event["message"]):
                ended = float(event["timestamp"])
                found.append(Invocation(ended - float(told["ms"]), ended))
    return sorted(found, key=lambda each: each.ended_ms)
