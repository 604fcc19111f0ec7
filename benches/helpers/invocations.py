"""What the local AWS's logs say of calls of a function."""

import re
from collections.abc import Iterator
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
    found = []
    for at_ms, line in _lines(target, function):
        if report := _REPORT.match(line):
            found.append(Invocation(at_ms - float(report["ms"]), at_ms))
    return sorted(found, key=lambda each: each.ended_ms)


def told(target: Target, function: str, words: str) -> int:
    """Return how many lines of a function's log say these words."""
    return sum(words in line for _, line in _lines(target, function))


def _lines(target: Target, function: str) -> Iterator[tuple[float, str]]:
    group = f"/aws/lambda/{target.outputs[f'{function}_function_name']}"
    pages = target.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
    for page in pages:
        for event in page["events"]:
            yield float(event["timestamp"]), event["message"]
