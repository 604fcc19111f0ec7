"""Values of fields as people read them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tillbridge.domain.details.detail import CUT
from tillbridge.domain.history.fields_sent import LONGEST_VALUE
from tillbridge.domain.history.product_line import FieldSent
from tillbridge.domain.money_words import money

_TRACKING = {"none": "not tracked", "product": "by product", "variant": "by variant"}
_SHOWN = {"True": "shown", "False": "hidden"}
_NO_COST = Decimal(0)


def shown_text(wire: str, value: Any) -> str:
    """Return a value by its name in BigCommerce's API; '' of a blank one, such as no cost."""
    if value is None or (wire == "cost_price" and value == _NO_COST):
        return ""
    return _text(wire, str(value))


def sent_text(wire: str, sent: FieldSent) -> str:
    """Return a value that history keeps: its beginning, if it is long."""
    if wire == "cost_price" and sent.value == "0":
        return ""
    return _text(wire, sent.value) + (CUT if len(sent.value) == LONGEST_VALUE else "")


def owned_text(owned: Mapping[str, Decimal], wires: tuple[str, ...]) -> str | None:
    """Return what BigCommerce has of its own: an amount, or sizes one by one; None where it has nothing."""
    found = [f"{owned[wire].normalize():f}" for wire in wires if wire in owned]
    if len(wires) == 1 and wires[0].endswith("_price"):
        found = [money(each) for each in found]
    return " x ".join(found) or None


def _text(wire: str, text: str) -> str:
    match wire:
        case "price" | "cost_price":
            return money(text)
        case "is_visible":
            return _SHOWN.get(text, text)
        case "inventory_tracking":
            return _TRACKING.get(text, text)
        case _:
            return text
