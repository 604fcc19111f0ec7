"""Telling the POS's events of a time again, from the bus's archive."""

from dataclasses import dataclass
from datetime import datetime

from ulid import ULID

from cli.asking.polling import poll
from cli.asking.quiet import NeverQuiet
from cli.deployment.target import Target

PATIENCE_S = 600.0
"""A replay that shows nothing new for so long is left alone; it goes on."""

_UNDER_WAY = frozenset({"STARTING", "RUNNING"})


@dataclass(frozen=True, slots=True)
class Replay:
    """How a replay ended: its name, 'COMPLETED' or another state of EventBridge's, and why."""

    name: str
    state: str
    words: str = ""


def replay(target: Target, since: datetime, until: datetime) -> Replay:
    """Tell the events of a time again, to the rule of the POS's events alone, and return how it ended. Raise
    NeverQuiet when it does not end."""
    events, outputs = target.client("events"), target.outputs
    name = f"tillbridge-{ULID()}"
    events.start_replay(
        ReplayName=name,
        EventSourceArn=outputs["pos_events_archive_arn"],
        EventStartTime=since,
        EventEndTime=until,
        Destination={
            "Arn": outputs["bus_arn"],
            "FilterArns": [outputs["pos_events_rule_arn"]],
        },
    )

    def look() -> tuple[str, str, str]:
        told = events.describe_replay(ReplayName=name)
        at = str(told.get("EventLastReplayedTime", ""))
        return told["State"], told.get("StateReason", ""), at

    def stuck(seen: tuple[str, str, str]) -> NeverQuiet:
        return NeverQuiet(
            f"The replay {name} is still {seen[0].casefold()}, and nothing has moved for {PATIENCE_S / 60:.0f} "
            f"minutes. It goes on without this command: `aws events describe-replay --replay-name {name}`."
        )

    for state, words, _ in poll(look, PATIENCE_S, stuck):
        if state not in _UNDER_WAY:
            return Replay(name, state, words)
    raise AssertionError("a poll ends by returning or raising")
