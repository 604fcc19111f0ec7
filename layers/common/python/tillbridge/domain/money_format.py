"""How a store writes money: its currency, and where symbol and separators stand."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

MOST_DECIMALS = 4
"""BigCommerce keeps no more decimals of a price than these."""

LONGEST_SHOWN = 15
"""Digits of the longest price that is shown in groups; a longer one is no price."""

_MINUS = "\N{MINUS SIGN}"
_LONGEST_SYMBOL = 8


class Side(StrEnum):
    """Where the symbol stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class MoneyFormat:
    """How a store writes prices. `currency`: ISO 4217, "" not told. `symbol`: "" for none. `point` parts the
    decimals, `thousands` groups of three; "" for none."""

    currency: str = ""
    symbol: str = ""
    side: Side = Side.LEFT
    decimals: int = 2
    point: str = "."
    thousands: str = ","

    def __post_init__(self) -> None:
        if not 0 <= self.decimals <= MOST_DECIMALS:
            raise ValueError(f"{self.decimals} decimals")
        if len(self.symbol) > _LONGEST_SYMBOL or len(self.point) > 1 or len(self.thousands) > 1:
            raise ValueError("a symbol or a separator that is too long")
        if self.point.isdigit() or self.thousands.isdigit():
            raise ValueError("a digit as separator")
        if self.decimals and self.point in ("", self.thousands):
            raise ValueError("decimals that nothing parts")


PLAIN = MoneyFormat()
"""How a price is written of a store that does not tell."""


def in_format(price: str, how: MoneyFormat) -> str:
    """Return a price as a store writes it: with its decimals, or as many as the price has if these are more, so
    that none is hidden. What is no price is returned as it is."""
    try:
        value = Decimal(price)
    except InvalidOperation:
        return price
    too_long = len(price) > LONGEST_SHOWN or abs(value.adjusted()) > LONGEST_SHOWN
    if not value.is_finite() or too_long:
        return price
    whole, _, part = _fixed(value.copy_abs(), how.decimals).partition(".")
    groups = f"{int(whole):,}".replace(",", how.thousands)
    number = f"{groups}{how.point or '.'}{part}" if part else groups
    sign = _MINUS if value < 0 else ""
    if not how.symbol:
        return f"{sign}{number}"
    if how.side is Side.LEFT:
        return f"{sign}{how.symbol}{number}"
    return f"{sign}{number}\N{NO-BREAK SPACE}{how.symbol}"


def _fixed(value: Decimal, decimals: int) -> str:
    exponent = value.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return format(value, f".{max(own, decimals)}f")
