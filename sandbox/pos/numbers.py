"""Money and quantities as the decimal strings of the API and the events."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
_FINEST_MONEY = Decimal("0.0001")
_FINEST_QUANTITY = Decimal("0.00001")


def money_text(amount: Decimal) -> str:
    """Return a decimal string of two to four places: "12.50", "0.1255"."""
    exact = amount.quantize(_FINEST_MONEY, ROUND_HALF_UP)
    cents = exact.quantize(_CENT, ROUND_HALF_UP)
    return f"{cents:f}" if cents == exact else f"{exact.normalize():f}"


def quantity_text(quantity: Decimal) -> str:
    """Return a decimal string of at most five places, no trailing zeros: "3", "-1.5"."""
    rounded = quantity.quantize(_FINEST_QUANTITY, ROUND_HALF_UP).normalize()
    return "0" if rounded == 0 else f"{rounded:f}"
