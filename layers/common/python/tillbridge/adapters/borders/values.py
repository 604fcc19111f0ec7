"""The types of values from outside: texts, numbers, versions, ids. Each refuses what could not be
sent, kept or computed with, in words that follow its field's name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError
from pydantic_core import PydanticCustomError

from tillbridge.adapters.borders.json_texts import LONGEST_NUMBER, is_broken
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.versions import HIGHEST_NUMBER

MONEY_DIGITS = 15
"""Digits before the point of an amount: all that the double of a receiver holds exactly."""

COUNT_DIGITS = 60
"""Digits before the point of a count. A scanned barcode has up to 48 and is a count that cannot be
one (domain/stock.py), which holds up nothing but its level."""

FINEST = 40
"""Digits after the point."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_FIELDS_NAMED = 3
_LONGEST_PLACE = 60


def sound_text(value: Any) -> Any:
    """Return a value as it is, unless it is a text with a broken character, which is refused."""
    if isinstance(value, str) and is_broken(value):
        what = "NUL" if "\0" in value else "half of an emoji"
        raise PydanticCustomError("broken", "has a broken character ({what})", {"what": what})
    return value


def number_within(digits: int) -> Callable[[Any], Any]:
    """Return a reader of a number with at most so many digits before its point. None stays None."""

    def read(value: Any) -> Any:
        if value is None:
            return None
        number = _decimal(value)
        if (
            number is None
            or not number.is_finite()
            or number.adjusted() >= digits
            or -int(number.as_tuple().exponent) > FINEST
        ):
            raise PydanticCustomError("number", "is no number that can be used")
        return number

    return read


def whole_number(lowest: int, highest: int) -> Callable[[Any], Any]:
    """Return a reader of a whole number within these bounds; 7, "7" and 7.0 are one."""

    def read(value: Any) -> int:
        number = _decimal(value)
        sane = number is not None and number.is_finite() and number.adjusted() < LONGEST_NUMBER
        if number is None or not sane or number != int(number):
            raise PydanticCustomError("whole", "is no whole number")
        if not lowest <= number <= highest:
            raise PydanticCustomError("bounds", "is out of bounds")
        return int(number)

    return read


def _record_id(value: Any) -> Any:
    text = str(value) if type(value) in (int, Decimal) else sound_text(value)
    if isinstance(text, str) and not 0 < len(text) <= LONGEST_ID:
        raise PydanticCustomError("id", "is blank or too long")
    return text


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    text = str(value).strip()
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


type SoundText = Annotated[str, BeforeValidator(sound_text)]
"""A text that can be sent and kept."""

type Text = Annotated[
    str, BeforeValidator(lambda value: "" if value is None else sound_text(value))
]
"""The same; its null is blank."""

type Money = Annotated[Decimal, BeforeValidator(number_within(MONEY_DIGITS))]
type Quantity = Annotated[Decimal, BeforeValidator(number_within(COUNT_DIGITS))]
type Version = Annotated[int, BeforeValidator(whole_number(0, HIGHEST_NUMBER))]
type RecordId = Annotated[str, BeforeValidator(_record_id)]
"""An id of the POS, which keys rows of our tables."""


def is_sound(value: object) -> bool:
    """Return whether all texts and numbers of a value can be sent and kept, however deep they lie in
    tuples, mappings and data classes."""
    if isinstance(value, str):
        return not is_broken(value)
    if isinstance(value, Decimal):
        return value.is_finite() and value.adjusted() < MONEY_DIGITS
    if isinstance(value, int):
        return abs(value) <= HIGHEST_NUMBER
    if isinstance(value, Mapping):
        return all(is_sound(part) for pair in value.items() for part in pair)
    if isinstance(value, tuple):
        return all(map(is_sound, value))
    if is_dataclass(value):
        return all(is_sound(getattr(value, each.name)) for each in fields(value))
    return True


def complaint(problem: ValidationError) -> str:
    """Return in words what is wrong with a record, field by field; three fields at most."""
    said: dict[str, str] = {}
    for error in problem.errors(include_url=False, include_input=False, include_context=False):
        place = _place(error["loc"]) or "the record"
        said.setdefault(place, f"{place} {_what(error['type'], error['msg'])}".strip())
    named = list(said.values())[:_FIELDS_NAMED]
    more = len(said) - len(named)
    return ", ".join([*named, f"and {more} more"] if more else named)


def _place(where: tuple[int | str, ...]) -> str:
    """Return a field as people read it: 'variants 2 option values 1 value'."""
    # Texts that only domain/fields.py names stand under a key of our own.
    names = where[1:] if where[:1] == ("plain",) else where
    words = (str(each + 1) if isinstance(each, int) else each for each in names)
    return " ".join(words).removesuffix("_html").replace("_", " ")[:_LONGEST_PLACE]


def _what(kind: str, words: str) -> str:
    if kind == "missing":
        return "is missing"
    ours = kind in ("broken", "number", "whole", "bounds", "id")
    return words if ours else "is not as it should be"
