"""What people read when they asked something of a web order."""

from collections.abc import Collection

from tillbridge.domain.web_orders.accounts import LineAccount
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry

NOT_IN_THE_BOOK = (
    "Tillbridge does not count this order. If it is open and was placed before web orders were switched"
    " on, `tillbridge orders take` counts it."
)
OWES_NOTHING = "It owes the POS nothing, so there is nothing to book."
BOOKED_ALREADY = "The POS has booked it."
ENDED = "It counts as booked by hand already."
BY_HAND = (
    "It was booked by hand, so the POS is never told of it. If it changed since, book the difference in the"
    " POS, then `tillbridge orders ack` it."
)
CHANGED_SINCE = "The order changed in BigCommerce since this page was shown. Look at its lines again, and book the difference."
NOTHING_TO_TELL = "There is nothing that the POS must know of it."
WAITS_IN_THE_POS = "The POS has it, and waits for somebody there to book it."
NOT_TOLD = (
    "The POS is told of no web order while web_orders is not pos. Book it in the POS by hand, then say so"
    " with `tillbridge orders ack`."
)
SWITCHED_OFF = "Web orders are switched off. `tillbridge store set web_orders=pos` (or =ledger) switches them on."
WILL_COUNT = "It is read now, and counts if BigCommerce has it."
TOLD_AGAIN = "The POS is told of it again."


def why_not_told(entry: OrderEntry) -> str:
    """Return why the POS is not told an order again; "" where it is."""
    if entry.by_hand:
        return BY_HAND
    if entry.told is None:
        return NOTHING_TO_TELL
    if entry.state is LaneState.BOOKED:
        return BOOKED_ALREADY
    return WAITS_IN_THE_POS if entry.state is LaneState.RECEIVED else ""


def why_not_acknowledged(entry: OrderEntry) -> str:
    """Return why nobody can say of an order that they booked it by hand; "" where they can."""
    owed = [account for account in entry.accounts if account.owed]
    if not owed:
        return OWES_NOTHING
    if entry.state is LaneState.BOOKED:
        return BOOKED_ALREADY
    return "" if any(account.holder for account in owed) else nothing_linked(owed)


def nothing_linked(left: Collection[LineAccount]) -> str:
    """Return why an order cannot be ended: nothing of it is known to the POS."""
    return f"Nothing of it is known to the POS: {_named(left)}. Link or import it, then try again."


def booked_by_hand(left: Collection[LineAccount]) -> str:
    """Return that an order was ended; `left`: of lines whose product the POS does not have."""
    if not left:
        return "It counts as booked, from what the POS shows now."
    return (
        f"It counts as booked, but not what is not known to the POS: {_named(left)}. Link or import it,"
        " then ack the order again."
    )


def _named(lines: Collection[LineAccount]) -> str:
    return ", ".join(f"'{line.sku}'" if line.sku else "a line without SKU" for line in lines)
