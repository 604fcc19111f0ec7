"""What people read of an order that the POS does not book."""

from enum import StrEnum

from tillbridge.domain.web_orders.told import Told


class RefusalCode(StrEnum):
    """Why the POS refuses an order: it lacks a product, or a product is not linked; the outlet is closed
    or missing; the accounts of that day are closed; or for a reason that only its words tell."""

    UNKNOWN_PRODUCT = "unknown_product"
    OUTLET_CLOSED = "outlet_closed"
    PERIOD_CLOSED = "period_closed"
    REFUSED = "refused"


_AGAIN = "Tillbridge tries again every quarter of an hour."
_HELD = "Its units are not sold again meanwhile."
_NAMED = 3


def refusal_words(code: RefusalCode, said: str, order: Told) -> str:
    """Return why the order is not booked, and what to do. `said`: the POS's own words."""
    begins = f"The POS does not book web order {order.number}"
    match code:
        case RefusalCode.UNKNOWN_PRODUCT if unlinked := _unlinked(order):
            return (
                f"{begins}: no product of the POS is linked to {unlinked}. Link or import what is "
                f"missing; the order is then booked by itself. {_HELD}"
            )
        case RefusalCode.UNKNOWN_PRODUCT:
            return (
                f"{begins}: {said}. Bring the product back in the POS, or book the order there by hand. "
                f"{_AGAIN} {_HELD}"
            )
        case RefusalCode.OUTLET_CLOSED:
            outlet = (
                f"outlet '{order.outlet}' is closed or missing"
                if order.outlet
                else "no outlet is chosen"
            )
            return (
                f"{begins}: {outlet} ({said}). Say where web orders are booked: `tillbridge store set "
                f"web_outlet=OUTLET`. {_AGAIN} {_HELD}"
            )
        case RefusalCode.PERIOD_CLOSED:
            return (
                f"{begins}: its accounts of that day are closed ({said}). Open them, or book the order by "
                f"hand. {_AGAIN} {_HELD}"
            )
        case RefusalCode.REFUSED:
            return f"{begins}: {said}. Mend that in the POS, or book the order by hand. {_AGAIN} {_HELD}"


def not_offered_words(order: Told) -> str:
    """Return what people read of an order that a POS without web orders is to be told."""
    return (
        f"The POS takes no web orders, so it does not know of web order {order.number}. Set the goods aside "
        "in the shop, and choose `tillbridge store set web_orders=ledger`: then people book web orders by "
        f"hand. {_HELD}"
    )


def _unlinked(order: Told) -> str:
    names = [
        f"'{line.name or line.sku or line.line}'"
        for line in order.lines
        if line.holder is None and line.units
    ]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
