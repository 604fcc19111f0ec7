"""Judging one level: what is online is what the POS has to sell, less what the web has promised of it.

Too much is worse than too little: it is sold, and nobody can deliver it."""

from dataclasses import dataclass

from cli.verify.pos_stock import free, level, safety
from cli.verify.pos_values import PosUnit, text
from cli.verify.promised import Promised

_NAMED = 3
"""The orders that a sentence names."""


@dataclass(frozen=True, slots=True)
class WrongLevel:
    """A level that is too high or too low (`too`), what it should be, and why, in a sentence."""

    too: str
    should: str
    words: str


def wrong_level(
    unit: PosUnit, online: int, promised: Promised | None, called: str
) -> WrongLevel | None:
    """Return what is wrong with the level of a product or variant, called so; None when nothing is, or when
    nobody knows what it should be."""
    promised = promised or Promised()
    most, least = level(unit, promised.least), level(unit, promised.most)
    if most is None or least is None or least <= online <= most:
        return None
    too, off, side = (
        ("high", online - most, "many are") if online > most else ("low", least - online, "few are")
    )
    should = str(most) if least == most else f"{least} to {most}"
    sku = text(unit, "sku") if "sku" in unit.own else ""
    words = (
        f"{called}{f' (SKU {sku})' if sku else ''}: {online} online, and should be {should}; "
        f"{off} too {side} on sale. {_why(unit, promised)}"
    )
    return WrongLevel(too, should, words)


def _why(unit: PosUnit, promised: Promised) -> str:
    kept = safety(unit)
    parts = [f"The POS has {free(unit)} to sell"]
    if promised.most:
        orders = sorted(promised.orders)
        more = f" and {len(orders) - _NAMED} more" if len(orders) > _NAMED else ""
        named = ", ".join(map(str, orders[:_NAMED]))
        units = (
            f"{promised.most}"
            if promised.least == promised.most
            else f"{promised.least} to {promised.most}"
        )
        parts.append(f"{units} of them promised on the web ({_orders(orders)} {named}{more})")
    if kept:
        parts.append(f"{kept} kept as safety stock")
    return f"{', '.join(parts)}."


def _orders(orders: list[int]) -> str:
    return "order" if len(orders) == 1 else "orders"
