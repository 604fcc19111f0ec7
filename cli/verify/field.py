"""A field as verify sees it: where it belongs, how it is read, compared and shown."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Flag, auto
from typing import Any

from cli.verify.pos_values import PosUnit
from cli.verify.store_values import StoreUnit
from cli.verify.texts import one_key

_FOUR_PLACES = Decimal("0.0001")
_LONGEST_SHOWN = 80


class Place(Flag):
    """Whether products, variants or both have a field."""

    PRODUCT = auto()
    VARIANT = auto()
    BOTH = PRODUCT | VARIANT


def without_case(one: str, other: str) -> bool:
    """Return whether two texts are one to BigCommerce where case does not count."""
    return one_key(one) == one_key(other)


def same_html(one: str, other: str) -> bool:
    """Return whether two texts are equal as HTML, where neither the kind of line ending nor blanks
    around the text matter.

    BigCommerce's documentation says "The product description, which can include HTML formatting".
    It says nothing like it about a name."""
    return _one_line_end(one) == _one_line_end(other)


def same_money(one: Decimal, other: Decimal) -> bool:
    """Return whether two amounts are equal to BigCommerce, which keeps four decimals."""
    return _rounded(one) == _rounded(other)


def text_shown(value: Any) -> str:
    """Return a value as text, shortened."""
    text = str(value)
    if not text:
        return "blank"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def money_shown(amount: Decimal) -> str:
    """Return an amount without trailing zeros."""
    return f"{_rounded(amount).normalize():f}"


def visibility_shown(visible: bool) -> str:
    """Return whether shoppers see a product, in a word."""
    return "shown" if visible else "hidden"


def tracking_shown(tracking: str) -> str:
    """Return where stock is counted, in words."""
    words = {"none": "not tracked", "product": "tracked", "variant": "tracked by variant"}
    return words.get(tracking, tracking)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(_FOUR_PLACES, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Field:
    """How a value is read from each side, when two values are equal, and how one is shown.

    `in_pos` returns None for a value that the POS does not define, and raises KeyError for a key
    that the POS left out; neither is compared. `setting` is the store's setting for the field; ""
    means that it has the field's own name.
    """

    label: str
    place: Place
    in_pos: Callable[[PosUnit], Any]
    in_store: Callable[[StoreUnit], Any]
    setting: str = ""
    same: Callable[[Any, Any], bool] = operator.eq
    shown: Callable[[Any], str] = text_shown
