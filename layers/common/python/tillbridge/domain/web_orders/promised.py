"""What the web has been promised of a product, in a sentence."""

from collections.abc import Iterable, Sequence

from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.web_orders.accounts import LineAccount, open_units

_NAMED = 3
"""The orders that a sentence names."""


def promised_words(
    on_hand: int | None, promised: Iterable[tuple[WebOrderId, int]], online: int | None
) -> str:
    """Return what of a product is on hand, promised on the web and offered online; a number that is not
    known is left out. `promised`: the open units of each order; '' when there are none."""
    open_ = [(order, units) for order, units in promised if units]
    if not open_:
        return ""
    numbers = [str(order) for order, _ in open_]
    named = ", ".join(numbers[:_NAMED])
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    orders = "order" if len(numbers) == 1 else "orders"
    units = sum(units for _, units in open_)
    known = "" if on_hand is None else f"On hand {on_hand}, p"
    shown = "" if online is None else f"; online {online}"
    return f"{known or 'P'}romised on the web {units}: {orders} {named}{more}, not booked{shown}."


def owed_by_order(
    accounts: Iterable[LineAccount], product: PosProductId, version: int
) -> Sequence[tuple[WebOrderId, int]]:
    """Return the units of a product that each order owes, and that its POS record of `version` does not contain;
    orders that owe none are left out."""
    mine: dict[WebOrderId, list[LineAccount]] = {}
    for account in accounts:
        if account.holder is not None and account.holder.product == product:
            mine.setdefault(account.order, []).append(account)
    found = []
    for order, lines in mine.items():
        holders = dict.fromkeys(line.holder for line in lines)
        units = sum(
            open_units([line for line in lines if line.holder == holder], version)
            for holder in holders
        )
        if units:
            found.append((order, units))
    return found
