"""How many units the POS must have taken off, net, for a line of a web order as it is now.

It is read from the order's state, never from its events: a cancel that comes twice, late or after a
refund says the same thing as one that comes once."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.web_orders.shown import OrderStatus, WebLine, WebOrder

PENDING_MS = 24 * 60 * 60 * 1_000
"""How long an order in status Pending keeps its units from being sold: most are paid within minutes,
and of those that are not, nobody says so."""

_UNDONE = (OrderStatus.REFUNDED, OrderStatus.CANCELLED, OrderStatus.DECLINED)


_FROM_A_TILL = re.compile(r"POS(?![A-Za-z])")
"""How the source of an order begins that came from a till. Posh, POSTERS and whoever else begins so sell on
the web: an order that is taken for a till's has its units sold again."""


class Counts(StrEnum):
    """`counted`: subtracted, and booked in the POS. `held`: subtracted, not booked, because it may
    never be paid. The others owe nothing more: `not_stock` (no shelf has it: digital, a gift certificate
    or a custom line), `from_a_till` (the POS made the order itself), `incomplete` (never paid),
    `given_up` (pending for too long)."""

    COUNTED = "counted"
    HELD = "held"
    NOT_STOCK = "not_stock"
    FROM_A_TILL = "from_a_till"
    INCOMPLETE = "incomplete"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Owed:
    """Units from 0 to the line's quantity, and why."""

    units: int
    counts: Counts


def owed(order: WebOrder, line: WebLine, now_ms: int) -> Owed:
    """Return what the POS must have taken off for `line`; the first case that fits wins.

    What was shipped stays gone, whatever happens to the order: what comes back, and in which state,
    is a return at the till. So a refund frees only units that were not shipped, and a cancelled order
    those only."""
    quantity = max(0, line.quantity)
    shipped = min(quantity, max(0, line.shipped))
    if not line.physical or line.product is None:
        return Owed(0, Counts.NOT_STOCK)
    if _FROM_A_TILL.match(order.external_source.strip()):
        return Owed(0, Counts.FROM_A_TILL)
    if order.status == OrderStatus.INCOMPLETE:
        return Owed(0, Counts.INCOMPLETE)
    if order.status == OrderStatus.PENDING:
        if now_ms - order.placed_ms >= PENDING_MS:
            return Owed(shipped, Counts.GIVEN_UP)
        return Owed(max(shipped, quantity - max(0, line.refunded)), Counts.HELD)
    if order.status in _UNDONE:
        return Owed(shipped, Counts.COUNTED)
    freed = min(max(0, line.refunded), quantity - shipped)
    return Owed(quantity - freed, Counts.COUNTED)
