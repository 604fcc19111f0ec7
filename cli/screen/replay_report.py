"""A replay as JSON."""

from datetime import datetime

from cli.asking.replay import Replay
from cli.shapes.moment import moment
from cli.shapes.runs import Replayed


def replayed_json(done: Replay, begin: datetime, end: datetime) -> Replayed:
    """Return a replay that has ended."""
    since, until = (moment(round(each.timestamp() * 1_000)) for each in (begin, end))
    return {"replay": done.name, "state": done.state.casefold(), "since": since, "until": until}
