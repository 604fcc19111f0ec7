"""A line of history as text: what a row has room for."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    FieldSent,
    HolderLevel,
    OrderUnits,
    ProductLine,
)
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, WebOrderId

MOST_BYTES = 1_000
"""Of a line with its key: DynamoDB counts a write unit for each 1,024."""

LEAST_BYTES = 300
"""That much text a line has, however long its key is."""

_MOST_FIELDS, _MOST_HOLDERS = MOST_BYTES // 20, MOST_BYTES // 16
"""No more of them find room, however short they are: so a product of 600 variants is not cut one by one."""

OF_VARIANT = "."
"""What stands between a variant's id and a field's name, in which it never is."""

BLANK_DIGEST = hashlib.sha256(b"").hexdigest()[:8]
"""The digest of a blank value, which takes the place of both: a variant has mostly blanks."""

_WORDS = 120
_EVENT_ID = 40


def text_of(line: ProductLine, most: int = MOST_BYTES) -> str:
    """Return a line, but for its time and product, as text of up to `most` bytes (at least
    LEAST_BYTES). What finds no room is counted in `more`, or cut: first the last value of the product
    and those of variants, then variants' fields, then values and fields of the product, each from the last on;
    then holders, words, ids of events."""
    for each in _shorter(_bounded(line)):
        text = json.dumps(_packed(each), ensure_ascii=False, separators=(",", ":"))
        if len(text.encode(errors="replace")) <= max(most, LEAST_BYTES):
            return text
    raise AssertionError("the shortest line fits")


def line_of(at_ms: int, product: PosProductId, text: str) -> ProductLine:
    """Return the line that a text holds. Raise ValueError or KeyError for one that it cannot be."""
    values = json.loads(text)
    return ProductLine(
        at_ms=at_ms,
        product=product,
        did=Did(values["d"]),
        version=values.get("v", -1),
        begun_ms=values.get("b", 0),
        because=_because(values["c"]) if "c" in values else None,
        by=values.get("y", ""),
        job=values.get("j", ""),
        lane=values.get("l", ""),
        holders=tuple(_holder(each) for each in values.get("h", ())),
        online=values.get("o"),
        order=_order(values["w"]) if "w" in values else None,
        fields={name: _field(each) for name, each in values.get("f", {}).items()},
        more=values.get("m", 0),
        call=values.get("k", ""),
        code=values.get("e", ""),
        words=values.get("t", ""),
        web=StoreProductId(values["n"]) if "n" in values else None,
    )


def _bounded(line: ProductLine) -> ProductLine:
    fields = dict(list(line.fields.items())[:_MOST_FIELDS])
    holders = line.holders[:_MOST_HOLDERS]
    cut = len(line.fields) - len(fields) + len(line.holders) - len(holders)
    return replace(line, fields=fields, holders=holders, more=line.more + cut)


def _shorter(line: ProductLine) -> Iterator[ProductLine]:
    yield line
    last_first = list(line.fields)[::-1]
    own = [name for name in last_first if OF_VARIANT not in name]
    of_variants = [name for name in last_first if OF_VARIANT in name]
    # A product is asked for more often than its variants, whose ids alone fill a line.
    for values, fields in ([*own[:1], *of_variants], of_variants), (own, own):
        for name in values:
            line = replace(line, fields={**line.fields, name: replace(line.fields[name], value="")})
            yield line
        for name in fields:
            kept = {each: value for each, value in line.fields.items() if each != name}
            line = replace(line, fields=kept, more=line.more + 1)
            yield line
    while len(line.holders) > 1:
        line = replace(line, holders=line.holders[:-1], more=line.more + 1)
        yield line
    line = replace(line, words=line.words[:_WORDS], by="", call="")
    yield line
    if line.because:
        short = replace(
            line.because, first=_named(line.because.first), last=_named(line.because.last)
        )
        line = replace(line, because=short)
        yield line
    line = replace(line, because=None, words="", job="", more=line.more + bool(line.because))
    yield line
    yield replace(line, holders=(), order=None, code="", more=line.more + len(line.holders))


def _named(event: EventSeen) -> EventSeen:
    cut = event.id[:_EVENT_ID], event.type[:_EVENT_ID], event.by[:_EVENT_ID]
    return replace(event, id=cut[0], type=cut[1], by=cut[2])


def _packed(line: ProductLine) -> dict[str, Any]:
    values: dict[str, Any] = {
        "d": line.did.value,
        "v": line.version if line.version >= 0 else None,
        "b": line.begun_ms or None,
        "c": _reasons(line.because) if line.because else None,
        "y": line.by or None,
        "j": line.job or None,
        "l": line.lane or None,
        "h": [_levels(each) for each in line.holders] or None,
        "o": line.online,
        "w": [line.order.order, line.order.variant, line.order.units, line.order.at_ms]
        if line.order
        else None,
        "f": {name: _packed_field(each) for name, each in line.fields.items()} or None,
        "m": line.more or None,
        "k": line.call or None,
        "e": line.code or None,
        "t": line.words or None,
        "n": line.web,
    }
    return {name: value for name, value in values.items() if value is not None}


def _packed_field(field: FieldSent) -> list[str] | int:
    blank = not field.value and field.digest == BLANK_DIGEST
    return 0 if blank else [field.value, field.digest]


def _field(values: Sequence[str] | int) -> FieldSent:
    return FieldSent("", BLANK_DIGEST) if isinstance(values, int) else FieldSent(*values)


def _levels(level: HolderLevel) -> list[Any]:
    counts = [str(level.on_hand), str(level.committed), level.web_units, level.level]
    return [level.variant, *counts, *([level.unsure] if level.unsure else [])]


def _holder(values: Sequence[Any]) -> HolderLevel:
    variant, on_hand, committed, web_units, level, *unsure = values
    return HolderLevel(
        _variant(variant), Decimal(on_hand), Decimal(committed), web_units, level, *unsure
    )


def _order(values: Sequence[Any]) -> OrderUnits:
    order, variant, units, at_ms = values
    return OrderUnits(WebOrderId(order), _variant(variant), units, at_ms)


def _variant(value: str | None) -> PosVariantId | None:
    return None if value is None else PosVariantId(value)


def _reasons(because: Because) -> list[Any]:
    first = event_values(because.first)
    if because.events == 1:
        return [1, first]
    return [because.events, first, event_values(because.last)]


def _because(values: Sequence[Any]) -> Because:
    events, first, *last = values
    return Because(event_of(first), event_of(last[0] if last else first), events)


def event_values(event: EventSeen) -> list[Any]:
    """Return an event as plain values."""
    values = [event.id, event.type, event.occurred_ms, event.received_ms, event.version]
    return [*values, event.by] if event.by else values


def event_of(values: Sequence[Any]) -> EventSeen:
    """Return the event that plain values hold."""
    return EventSeen(*values)


def because_of(row: Mapping[str, Any]) -> Because | None:
    """Return why a stored row is due, None of one that no event named."""
    if "first" not in row:
        return None
    return Because(
        event_of(row["first"]), event_of(row.get("last", row["first"])), row.get("events", 1)
    )
