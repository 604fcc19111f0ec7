"""The fifteen statuses that an order of v2 may have, and what each does to stock."""

from dataclasses import dataclass
from typing import Any

INCOMPLETE, PENDING, SHIPPED, PARTIALLY_SHIPPED, REFUNDED = 0, 1, 2, 3, 4
CANCELLED, DECLINED, COMPLETED, AWAITING_FULFILLMENT = 5, 6, 10, 11
PARTIALLY_REFUNDED = 14

# Statuses in which stock is off under `order_placed`. Whether Pending (1) takes stock off is not
# documented; the harsher reading: the units stay on sale.
HOLDS_STOCK = frozenset({2, 3, 7, 8, 9, 10, 11, 12, 13, 14})
# Statuses that take stock off under `order_completed_or_shipped`: a part of a shipment does not.
ENDED_WELL = frozenset({SHIPPED, COMPLETED})
# Statuses that give units back if the settings say so.
GIVES_BACK = frozenset({REFUNDED, CANCELLED, DECLINED})


@dataclass(frozen=True, slots=True)
class Status:
    """A status: its name, its place in the control panel's list, and what it says."""

    name: str
    place: int
    description: str


STATUSES: dict[int, Status] = {
    0: Status("Incomplete", 0, "The shopper reached the payment page and did not pay."),
    1: Status("Pending", 1, "The customer did not complete the checkout."),
    2: Status("Shipped", 8, "Shipped; receipt is not confirmed."),
    3: Status("Partially Shipped", 6, "Some items have been shipped."),
    4: Status("Refunded", 11, "Refunded by the seller."),
    5: Status("Cancelled", 9, "Cancelled by the seller."),
    6: Status("Declined", 10, "Declined for lack of payment, or other reasons."),
    7: Status("Awaiting Payment", 2, "Payment has yet to be confirmed."),
    8: Status("Awaiting Pickup", 5, "Waits for the customer at a location of the seller."),
    9: Status("Awaiting Shipment", 4, "Packed; waits for the carrier."),
    10: Status("Completed", 7, "Shipped and received, or files are ready to download."),
    11: Status("Awaiting Fulfillment", 3, "Paid."),
    12: Status("Manual Verification Required", 13, "On hold until a person confirms it."),
    13: Status("Disputed", 12, "The customer disputes the payment."),
    14: Status("Partially Refunded", 14, "Refunded in part by the seller."),
}


def status_views() -> list[dict[str, Any]]:
    """Return all statuses as /v2/order_statuses shows them, by id."""
    return [{**status_view(number), "order": one.place} for number, one in STATUSES.items()]


def status_view(number: int) -> dict[str, Any]:
    """Return what every list of statuses shows of one."""
    status = STATUSES[number]
    return {
        "id": number,
        "name": status.name,
        "system_label": status.name,
        "custom_label": status.name,
        "system_description": status.description,
    }
