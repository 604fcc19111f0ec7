"""Where the lines of an order go, as v2 shows it when a query includes consignments."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from sandbox.bigcommerce.orders.line_views import line_view
from sandbox.bigcommerce.orders.personal import address


def consignments_view(
    order_id: int, lines: Iterable[sqlite3.Row], store_hash: str, *, with_lines: bool
) -> dict[str, Any]:
    """Return where the lines of an order go: by post, as downloads, or by e-mail.

    with_lines: whether each consignment shows its lines, or a link to each.
    """
    held: dict[str, list[dict[str, Any]]] = {"physical": [], "digital": [], "giftcertificate": []}
    for line in lines:
        path = f"/orders/{order_id}/products/{line['id']}"
        link = {
            "url": f"https://api.sandbox.invalid/stores/{store_hash}/v2{path}",
            "resource": path,
        }
        held[line["type"]].append(line_view(line) if with_lines else link)
    where = address()
    email = where["email"]
    shipped = [_shipping(order_id, where, held["physical"])] if held["physical"] else []
    return {
        "pickups": [],
        "shipping": shipped,
        "downloads": _mailed(email, held["digital"]),
        "email": {"gift_certificates": _mailed(email, held["giftcertificate"])},
    }


def _mailed(email: str, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"recipient_email": email, "line_items": lines}] if lines else []


def _shipping(order_id: int, where: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": order_id,
        **where,
        "line_items": lines,
        "items_total": sum(line.get("quantity", 0) for line in lines),
        "items_shipped": sum(line.get("quantity_shipped", 0) for line in lines),
        "shipping_method": "Flat rate",
        "shipping_zone_id": 1,
        "shipping_zone_name": "United States",
    }
