"""What a field is to verify: where it stands, how it is read, compared and shown."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Flag, auto
from typing import Any

from cli.verify.pos_values import PosUnit
from cli.verify.store_values import StoreUnit

_FOUR_PLACES = Decimal("0.0001")
_LONGEST_SHOWN = 80


class Place(Flag):
    """Where a field stands."""

    PRODUCT = auto()
    VARIANT = auto()
    BOTH = PRODUCT | VARIANT


def without_case(one: str, other: str) -> bool:
    """Whether two texts differ in capitals at most."""
    return one.casefold() == other.casefold()


def same_html(one: str, other: str) -> bool:
    """Whether two texts are one HTML, which has one line end, however it is written, and no blanks
    around a text. BigCommerce's documentation: "The product description, which can include HTML
    formatting". Of a name nothing like it is said."""
    return _one_line_end(one) == _one_line_end(other)


def same_money(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are one to BigCommerce, which keeps four decimals."""
    return _rounded(one) == _rounded(other)


def text_shown(value: Any) -> str:
    """A value as it is, shortened."""
    text = str(value)
    if not text:
        return "blank"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def money_shown(amount: Decimal) -> str:
    """An amount without zeros at its end."""
    return f"{_rounded(amount).normalize():f}"


def visibility_shown(visible: bool) -> str:
    """Whether shoppers see it, in a word."""
    return "shown" if visible else "hidden"


def tracking_shown(tracking: str) -> str:
    """Where stock is counted, in words."""
    words = {"none": "not tracked", "product": "tracked", "variant": "tracked by variant"}
    return words.get(tracking, tracking)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(_FOUR_PLACES, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Field:
    """How a value is read of either side, when two values are one, and how one is shown.

    `in_pos` returns None for what the POS does not say, and raises KeyError for a key that it left
    out: neither is compared. `setting` names what a store may switch off; "" is the field's name.
    """

    label: str
    place: Place
    in_pos: Callable[[PosUnit], Any]
    in_store: Callable[[StoreUnit], Any]
    setting: str = ""
    same: Callable[[Any, Any], bool] = operator.eq
    shown: Callable[[Any], str] = text_shown
