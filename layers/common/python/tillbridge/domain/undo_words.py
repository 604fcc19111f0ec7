"""What people read of what an undo puts back, and of what it leaves alone."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from tillbridge.domain.before_push import Before, Was, wire_of
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.money_words import money

if TYPE_CHECKING:  # the console says words without knowing how an undo is decided
    from tillbridge.domain.undoing import Undoing

HIDDEN_AND_UNLINKED = "Hidden in BigCommerce, and unlinked. It was not deleted."

_AMOUNTS = ("price", "cost_price")

SHOWN, LONGEST = 4, 40
"""So many values are told of a product, and so many characters of each."""


def left_alone(todo: "Undoing", before: Before) -> str:
    """Return what an undo left alone, and why, in sentences; '' when nothing."""
    return " ".join(_left_alone(todo, before))


def _left_alone(todo: "Undoing", before: Before) -> Iterator[str]:
    if todo.online:
        yield f"Changed in BigCommerce since, and left alone: {labels(todo.online)}."
    if todo.pos:
        yield f"Changed in the POS since, and left alone: {labels(todo.pos)}."
    if todo.gone:
        yield f"Of variants that are gone or were made anew, so not put back: {labels(todo.gone)}."
    if before.no_room:
        yield f"Too long to be kept, so not put back: {labels(before.no_room)}."


def old_values(fields: Mapping[str, Was], how: MoneyFormat | None = None) -> str:
    """Return which values come back for which, in a line; amounts as a store writes them (`how`)."""
    told = [_line(key, was, how) for key, was in list(fields.items())[:SHOWN]]
    more = len(fields) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def values_of(fields: Mapping[str, Was], how: MoneyFormat | None = None) -> str:
    """Return the same of one field, without its name."""
    told = [_line(key, was, how).removeprefix(f"{_name(key)} ") for key, was in fields.items()]
    more = len(told) - SHOWN
    return "; ".join(told[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def labels(keys: Iterable[str]) -> str:
    """Return what people call these fields, each once; a variant's as the product's."""
    return ", ".join(dict.fromkeys(_label(key) for key in keys))


def _label(key: str) -> str:
    return f"{_name(key)} of variants" if "." in key else _name(key)


def _name(key: str) -> str:
    wire = wire_of(key)
    return FIELDS[wire].label if wire in FIELDS else wire


def _line(key: str, was: Was, how: MoneyFormat | None) -> str:
    old, new = _text(was.value), was.sent.value
    if how is not None and wire_of(key) in _AMOUNTS:
        old, new = money(old, how), money(new, how)
    old = _shown(old)
    if wire_of(key) == "price" and was.value is None:
        old = "the product's"  # a variant without a price of its own follows it
    line = f"{_name(key)} {old} in place of {_shown(new)}"
    return f"{line} of a variant" if was.variant is not None else line


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "visible" if value else "hidden"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _shown(text: str) -> str:
    text = {"True": "visible", "False": "hidden"}.get(text, text)
    if not text:
        return "nothing"
    return f"“{text[: LONGEST - 1]}…”" if len(text) > LONGEST else f"“{text}”"
