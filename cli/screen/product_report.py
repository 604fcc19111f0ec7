"""A product side by side, printed for people and as JSON."""

from collections.abc import Iterable, Sequence

from cli.screen.console import at_most, console, counted, short, table
from cli.shapes.moment import moment_or_never
from cli.shapes.products import FieldSides, LevelSides, ProductSides
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.lanes import ENTRY
from tillbridge.domain.why.events import at
from tillbridge.usecases.console.product_shown import (
    FieldShown,
    FieldState,
    LevelShown,
    ProductShown,
    VariantShown,
    WaitingShown,
)

LABEL_WIDTH = len("manufacturer")
"""The longest word of a field's name."""

MOST_VARIANTS = 20
"""Variants that are shown one by one."""

_MODES = {
    Mode.ON: "always",
    Mode.MANUAL: "by hand",
    Mode.CREATE: "when created",
    Mode.OFF: "never",
}
_STATES = {
    FieldState.SAME: "same",
    FieldState.DIFFERS: "differs",
    FieldState.WAITS: "waits",
    FieldState.ON_PURPOSE: "differs on purpose",
    FieldState.NOT_OURS: "BigCommerce's",
    FieldState.UNKNOWN: "not known",
}
_OF_VARIANTS = ("SKU", "price", "cost", "UPC", "GTIN")


def show_product(shown: ProductShown) -> None:
    """Print a product."""
    _head(shown)
    fields = [each for each in shown.fields if each.mode is not None]
    columns = ["field", "sent", "in the POS", "online", "state", "when (UTC)"]
    rows = list(map(_row, fields))
    # What was sent last is shown where it is none of the two that are shown anyway: 80 columns are few.
    if any(each.sent not in (None, each.pos, each.online) for each in fields):
        columns.append("last sent")
        rows = [(*row, _value(each.sent)) for row, each in zip(rows, fields, strict=True)]
    console.print()
    made = table(
        "Both sides",
        columns,
        rows,
        whole=("when (UTC)",),
        states=("state",),
        wide={"field": LABEL_WIDTH},
    )
    console.print(made)
    _words(shown.fields)
    if shown.level is not None:
        console.print()
        console.print(f"Stock: {_level_words(shown.level)}.")
    if shown.variants:
        _variants(shown)


def product_json(shown: ProductShown) -> ProductSides:
    """Return the same as JSON."""
    return {
        "product": shown.product,
        "bigcommerce_id": shown.number,
        "name": shown.name,
        "status": _status(shown),
        "words": shown.pos.words if shown.pos else "",
        "pos_seen_at": moment_or_never(shown.pos_seen_ms),
        "web_seen_at": moment_or_never(shown.web_seen_ms),
        "fields": [_field_json(each) for each in shown.fields],
        "level": _level_json(shown.level) if shown.level else None,
        "variants": [
            {
                "variant": each.variant,
                "name": each.name,
                "bigcommerce_id": each.number,
                "fields": [_field_json(one) for one in each.fields],
                "level": _level_json(each.level) if each.level else None,
            }
            for each in shown.variants
        ],
        "variants_left": shown.variants_left,
        "waiting": [
            {
                "lane": each.lane.value,
                "since": moment_or_never(each.since_ms),
                "attempts": each.attempts,
                "by": each.by,
                "because": list(each.because),
            }
            for each in shown.waiting
        ],
        "promised": shown.promised,
    }


def _head(shown: ProductShown) -> None:
    name = short(shown.name)
    if shown.product is None:
        console.print(f"{name} (#{shown.number}) is in BigCommerce alone.")
    elif shown.number is None:
        console.print(f"{name} ({shown.product}) is not linked.")
    else:
        console.print(f"{name} ({shown.product}), linked to BigCommerce #{shown.number}")
    row = shown.pos or shown.web
    for words in (row.words, *row.notes) if row else ():
        if words:
            console.print(words)
    if shown.promised:
        console.print(shown.promised)
    for each in shown.waiting:
        console.print(_waiting_words(each))
    seen = (("POS", shown.pos_seen_ms), ("BigCommerce", shown.web_seen_ms))
    console.print("; ".join(_seen(side, ms) for side, ms in seen) + ".")


def _seen(side: str, ms: int) -> str:
    return f"{side} as of {at(ms)} UTC" if ms else f"{side}: nothing is kept"


def _waiting_words(it: WaitingShown) -> str:
    because = f", because of {' and '.join(it.because)}" if it.because else ""
    by = f", asked by {it.by}" if it.by else ""
    tried = f", tried {counted(it.attempts, 'time')}" if it.attempts else ""
    return f"Waits in {ENTRY[it.lane].shown} since {at(it.since_ms)} UTC{because}{by}{tried}."


def _row(it: FieldShown) -> tuple[str, ...]:
    mode = _MODES[it.mode] if it.mode is not None else ""
    when = at(it.sent_ms) if it.sent_ms else ""
    return (
        it.label,
        mode,
        _value(it.pos),
        _value(it.online),
        _STATES[it.state],
        when,
    )


def _value(text: str | None) -> str:
    if text is None:
        return ""
    return short(text) if text else "(blank)"


def _words(fields: Iterable[FieldShown]) -> None:
    told = [
        (each.label, each.words)
        for each in fields
        if each.words and each.mode is not None and each.state is not FieldState.UNKNOWN
    ]
    if told:
        console.print()
        console.print(table("Notes", ("field", ""), told, whole=("field",)))


def _variants(shown: ProductShown) -> None:
    rows = [_variant_row(each) for each in shown.variants[: at_most(MOST_VARIANTS)]]
    columns = ("variant", "number", *_OF_VARIANTS, "level", "online", "differs in")
    console.print()
    console.print(table("Variants", columns, rows, whole=("number",)))
    more = len(shown.variants) - len(rows)
    if more > 0:
        console.print(f"{counted(more, 'variant')} more: `--json` has them.")
    if shown.variants_left:
        words = f"Of {counted(shown.variants_left, 'variant')} more nothing is kept."
        console.print(words)


def _variant_row(it: VariantShown) -> tuple[str, ...]:
    fields = {each.label: each for each in it.fields}
    level = it.level
    numbers = (level.level, level.online) if level else (None, None)
    return (
        it.name,
        "" if it.number is None else str(it.number),
        *(_both(fields.get(label)) for label in _OF_VARIANTS),
        *("" if each is None else str(each) for each in numbers),
        ", ".join(_differing(it.fields)),
    )


def _both(it: FieldShown | None) -> str:
    if it is None:
        return ""
    return short(it.online or "" if it.pos is None else it.pos)


def _differing(fields: Sequence[FieldShown]) -> list[str]:
    return [each.label for each in fields if each.state in (FieldState.DIFFERS, FieldState.WAITS)]


def _level_words(it: LevelShown) -> str:
    known = (
        ("on hand", it.on_hand),
        ("promised on the web", it.promised),
        ("kept back", it.kept_back),
        ("may be sold online", it.level),
        ("online", it.online),
    )
    return ", ".join(f"{words} {number}" for words, number in known if number is not None)


def _status(shown: ProductShown) -> str:
    row = shown.pos or shown.web
    return row.state.value if row else ""


def _field_json(it: FieldShown) -> FieldSides:
    return {
        "field": it.label,
        "owner": "bigcommerce" if it.mode is None else "pos",
        "mode": it.mode.value if it.mode is not None else None,
        "pos": it.pos,
        "web": it.online,
        "state": it.state.value,
        "last_sent": it.sent,
        "last_sent_at": moment_or_never(it.sent_ms),
        "place": it.place,
        "words": it.words,
    }


def _level_json(it: LevelShown) -> LevelSides:
    return {
        "on_hand": it.on_hand,
        "promised": it.promised,
        "kept_back": it.kept_back,
        "level": it.level,
        "online": it.online,
    }
