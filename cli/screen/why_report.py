"""Why a product's values are what they are, printed for people and as JSON."""

from collections.abc import Sequence

from cli.deployment.why import Kept
from cli.screen.console import at_most, console, counted, short, table
from cli.shapes import why as shapes
from cli.shapes.moment import moment, moment_or_never
from tillbridge.domain.history.product_line import Because, EventSeen, HolderLevel, ProductLine
from tillbridge.domain.versions import number_of
from tillbridge.domain.why.events import at, because_of, who
from tillbridge.domain.why.reasons import Reason
from tillbridge.domain.why.words import (
    holder_words,
    in_short,
    notes,
    product_notes,
    reason_rows,
    standing_words,
    value_words,
)
from tillbridge.usecases.console.product_history import told

NEWEST = 10
"""Lines of the timeline."""

MOST_SHOWN = 10
"""Variants that are shown one by one."""


def show_fields(kept: Kept, found: Sequence[Reason]) -> None:
    """Print all that is known of some fields."""
    _head(kept)
    most = at_most(MOST_SHOWN)
    for reason in found[:most]:
        console.print()
        value = value_words(reason, reason.value)
        title = holder_words(reason, kept.link) + (f": {value}" if value else "")
        console.print(
            title, style="bold"
        )  # no title of a table, which a pipe has none of: it has the value
        console.print(table("", ("", ""), list(reason_rows(reason))))
    if (more := len(found) - most) > 0:
        console.print()
        console.print(f"{counted(more, 'variant')} more: `--json` has them all.")


def show_all(kept: Kept, found: Sequence[Reason]) -> None:
    """Print a line for each field, and what happened last."""
    _head(kept)
    if kept.id:
        rows = [_row(kept, each) for each in _of_the_product(found)]
        console.print()
        columns = ("field", "value", "since (UTC)", "because of")
        console.print(table("Values online", columns, rows, whole=columns[2:3]))
    if kept.lines:
        console.print()
        columns = ("when (UTC)", "what", "because of", "by")
        lines = [(at(e.line.at_ms), e.did, e.because, e.by) for e in told(kept.lines, NEWEST)]
        title = "What happened" + (", newest first" if len(lines) > 1 else "")
        console.print(table(title, columns, lines, whole=columns[:1]))
    if kept.id:
        console.print()
        console.print(f"`tillbridge why {kept.id} FIELD` says more of one, and of variants.")


def why_json(kept: Kept, found: Sequence[Reason]) -> shapes.Reasons:
    """Return the same as JSON."""
    return {
        "product": kept.id,
        "bigcommerce_id": kept.number,
        "name": kept.name,
        "linked": kept.link is not None and kept.link.is_linked,
        "notes": list(_notes(kept)),
        "fields": [_reason_json(each) for each in found],
        "timeline": [
            {**_line_json(each.line), "what": each.did} for each in told(kept.lines, NEWEST)
        ],
    }


def _head(kept: Kept) -> None:
    name = short(kept.name) or kept.id
    if not kept.id:
        console.print(f"{name or 'A product'} (#{kept.number}) is in BigCommerce alone.")
        return
    linked = f", linked to BigCommerce #{kept.number}" if kept.number else ""
    console.print(f"{name} ({kept.id}){linked}")
    for note in _notes(kept):
        console.print(note)
    if not kept.lines:
        console.print("No history of the last 90 days is kept of it.")


def _notes(kept: Kept) -> Sequence[str]:
    return list(product_notes(kept.id, kept.link, kept.lines)) if kept.id else []


def _of_the_product(found: Sequence[Reason]) -> Sequence[Reason]:
    """Return the reasons of the product itself and, of stock that variants hold, the first few."""
    held = [each for each in found if each.named.label == "stock"]
    return [*held[:MOST_SHOWN], *(e for e in found if e.variant is None and e not in held)]


def _row(kept: Kept, reason: Reason) -> tuple[str, str, str, str]:
    label, value = holder_words(reason, kept.link), short(value_words(reason, reason.value))
    since = at(reason.line.at_ms) if reason.line else ""
    return (
        label,
        value,
        since if reason.sure else f"{since} or before" if since else "",
        in_short(reason),
    )


def _reason_json(reason: Reason) -> shapes.Reason:
    return {
        "field": reason.named.label,
        "wire_names": list(reason.named.wires),
        "variant": reason.variant,
        "value": reason.value.value if reason.value else None,
        "standing": reason.standing.value,
        "words": standing_words(reason),
        "sure": reason.sure,
        "before": reason.before.value if reason.before else None,
        "setting": reason.mode.value if reason.named.field else None,
        "level": _level_json(reason.level) if reason.level else None,
        "line": _line_json(reason.line) if reason.line else None,
        "notes": list(notes(reason)),
    }


def _level_json(level: HolderLevel) -> shapes.LevelMade:
    return {
        "variant": level.variant,
        "on_hand": str(level.on_hand),
        "committed": str(level.committed),
        "web_units": level.web_units,
        "level": level.level,
        "unsure": level.unsure,
    }


def _event_json(event: EventSeen) -> shapes.EventSeen:
    return {
        "id": event.id,
        "type": event.type,
        "occurred_at": moment_or_never(event.occurred_ms),
        "received_at": moment_or_never(event.received_ms),
        "version": number_of(event.version),
        "by": event.by,
    }


def _because_json(because: Because) -> shapes.Because:
    return {
        "first": _event_json(because.first),
        "last": _event_json(because.last),
        "events": because.events,
    }


def _line_json(line: ProductLine) -> shapes.Line:
    return {
        "at": moment(line.at_ms),
        "did": line.did.value,
        "version": number_of(line.version) if line.version >= 0 else None,
        "lane": line.lane,
        "by": who(line),
        "job": line.job,
        "because": _because_json(line.because) if line.because else None,
        "because_of": because_of(line),
        "bigcommerce_id": line.web,
        "code": line.code,
        "words": line.words,
    }
