"""What the web has been promised of a product, in a sentence."""

from collections.abc import Iterable

from tillbridge.domain.ids import WebOrderId

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
