"""A call line as text: names and events that several calls share are written once."""

import json
from collections.abc import Sequence
from typing import Any

from tillbridge.domain.call_made import LONGEST_SAID, CallMade
from tillbridge.domain.history.call_line import MOST_FOR, CallLine, MadeFor, ToldCall
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lag_histogram import Lags
from tillbridge.domain.slices import SliceRecord

MOST_BYTES = 4_000
"""Of a line with its key and lags: DynamoDB counts a write unit for each 1,024. A sale's has less than 1,000."""

LEAST_BYTES = 2_800
"""That much text a line has, however long its key and lags are."""

_STAGES = (
    (MOST_FOR, LONGEST_SAID),
    (10, LONGEST_SAID),
    (5, 1_000),
    (2, 500),
    (1, 250),
    (0, 100),
    (0, 0),
)
"""How many products and how many characters of a refusal each call may have, until the line fits."""


def text_of(line: CallLine, most: int = MOST_BYTES) -> str:
    """Return a line, but for its time, token and lags, as text of up to `most` bytes (at least LEAST_BYTES).
    What finds no room: products that calls were made for, which are counted; what refusals said, which is
    cut; in the end the ids in paths."""
    room = max(most, LEAST_BYTES)
    for most_for, most_said in _STAGES:
        text = _text(line, most_for, most_said)
        if len(text.encode(errors="replace")) <= room:
            return text
    return _text(line, 0, 0, with_ids=False)


def line_of(at_ms: int, token: str, text: str, lags: Lags) -> CallLine:
    """Return the line that a text holds, with lags if it is its slice's last. Raise ValueError, KeyError,
    IndexError or TypeError for one that it cannot be."""
    values = json.loads(text)
    calls = tuple(_told(at_ms, each, values["n"], values["e"]) for each in values["c"])
    begun_ms, ended_ms = at_ms - values["b"], at_ms + values["t"]
    done = _done(values["d"], lags, begun_ms, ended_ms) if "d" in values else None
    return CallLine(at_ms, token, begun_ms, ended_ms, calls, done)


def _text(line: CallLine, most_for: int, most_said: int, *, with_ids: bool = True) -> str:
    names: dict[str, int] = {}
    events: dict[tuple[str, str], int] = {}

    def reason(made_for: MadeFor) -> list[Any]:
        if not made_for.events:
            return [made_for.product, made_for.lane]
        event = made_for.event, made_for.trigger
        values = [made_for.product, made_for.lane, events.setdefault(event, len(events))]
        return values if made_for.events == 1 else [*values, made_for.events]

    def packed(told: ToldCall) -> list[Any]:
        call, named = told.call, told.made_for[:most_for]
        return _without_blanks([
            names.setdefault(call.name, len(names)),
            call.status,
            call.ms,
            call.left,
            call.at_ms - line.at_ms,
            list(map(reason, named)),
            told.more + len(told.made_for) - len(named),
            list(call.ids) if with_ids else [],
            call.said[:most_said],
        ])  # fmt: skip

    values: dict[str, Any] = {
        "b": line.at_ms - line.begun_ms,
        "t": line.ended_ms - line.at_ms,
        "c": [packed(told) for told in line.calls],
        "n": list(names),
        "e": [list(event) for event in events],
    }
    if line.done is not None:
        done = line.done
        counts = [done.throttled, done.created, done.updated, done.stocked, done.failed]
        values["d"] = counts
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _without_blanks(values: list[Any]) -> list[Any]:
    while len(values) > 1 and not values[-1]:
        values.pop()
    return values


def _told(
    at_ms: int, values: Sequence[Any], names: Sequence[str], events: Sequence[Sequence[str]]
) -> ToldCall:
    blanks: list[Any] = [0, 0, 0, 0, 0, [], 0, [], ""]
    name, status, ms, left, after, reasons, more, ids, said = [*values, *blanks[len(values) :]]
    call = CallMade(names[name], at_ms + after, tuple(ids), status, ms, left, said)
    return ToldCall(call, tuple(_reason(each, events) for each in reasons), more)


def _reason(values: Sequence[Any], events: Sequence[Sequence[str]]) -> MadeFor:
    product, lane, *event = values
    if not event:
        return MadeFor(PosProductId(product), lane)
    event_id, trigger = events[event[0]]
    return MadeFor(PosProductId(product), lane, event_id, trigger, (*event, 1)[1])


def _done(counts: Sequence[int], lags: Lags, begun_ms: int, ended_ms: int) -> SliceRecord:
    throttled, created, updated, stocked, failed = counts
    return SliceRecord(
        started_ms=begun_ms,
        ended_ms=ended_ms,
        throttled=throttled,
        created=created,
        updated=updated,
        stocked=stocked,
        failed=failed,
        lags=dict(lags),
    )
