"""Orders as v2 shows them, with links to their parts."""

import json
import sqlite3
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.orders.line_views import ZERO
from sandbox.bigcommerce.orders.money import subtotal_of, text, total_of, with_tax
from sandbox.bigcommerce.orders.statuses import STATUSES
from sandbox.bigcommerce.orders.times import rfc2822

COSTS = ("shipping", "handling", "wrapping")


def order_view(
    row: sqlite3.Row, lines: Sequence[sqlite3.Row], store_hash: str, *, archived: bool
) -> dict[str, Any]:
    """Return an order with links to its parts; `archived` as is_deleted shows it."""
    body = json.loads(row["body"])
    status = STATUSES[row["status_id"]].name
    return {
        "id": row["id"],
        "customer_id": 0,
        "date_created": rfc2822(row["created"]),
        "date_modified": rfc2822(row["modified"]),
        "date_shipped": rfc2822(body["shipped_at"]) if body["shipped_at"] else "",
        "status_id": row["status_id"],
        "status": status,
        "custom_status": status,
        "cart_id": body["cart_id"],
        **_amounts(row, lines, body),
        "items_total": sum(line["quantity"] for line in lines),
        "items_shipped": sum(line["shipped"] for line in lines),
        "payment_method": body["payment_method"],
        "payment_provider_id": "",
        "payment_status": _payment_status(row["status_id"]),
        "order_is_digital": all(line["type"] == "digital" for line in lines),
        "ip_address": body["ip_address"],
        "ip_address_v6": "",
        "geoip_country": "United States",
        "geoip_country_iso2": "US",
        **_currency(body),
        "staff_notes": "",
        "customer_message": body["customer_message"],
        "shipping_address_count": 1,
        "is_deleted": archived,
        "ebay_order_id": "0",
        "billing_address": body["billing_address"],
        "is_email_opt_in": False,
        "credit_card_type": None,
        "order_source": body["order_source"],
        "channel_id": row["channel_id"],
        "external_source": body["external_source"],
        "external_id": None,
        "external_merchant_id": None,
        "external_order_id": "",
        "tax_provider_id": "BasicTaxProvider",
        "customer_locale": "en",
        **_links(row["id"], store_hash),
    }


def _amounts(
    row: sqlite3.Row, lines: Sequence[sqlite3.Row], body: dict[str, Any]
) -> dict[str, Any]:
    subtotal, shipping = subtotal_of(lines), Decimal(body["shipping"])
    tax = with_tax(subtotal) - subtotal
    total = total_of(row, lines)
    costs = {
        name: text(shipping) if name.startswith("shipping") and name.endswith("ex_tax") else ZERO
        for cost in COSTS
        for name in (f"{cost}_cost_ex_tax", f"{cost}_cost_inc_tax", f"{cost}_cost_tax")
    }
    costs["shipping_cost_inc_tax"] = text(shipping)
    return {
        "subtotal_ex_tax": text(subtotal),
        "subtotal_inc_tax": text(with_tax(subtotal)),
        "subtotal_tax": text(tax),
        "base_shipping_cost": text(shipping),
        "base_handling_cost": ZERO,
        "base_wrapping_cost": ZERO,
        **costs,
        **{f"{cost}_cost_tax_class_id": 2 for cost in COSTS},
        "total_ex_tax": text(total - tax),
        "total_inc_tax": text(total),
        "total_tax": text(tax),
        "is_tax_inclusive_pricing": False,
        "refunded_amount": text(Decimal(body["refunded"])),
        "store_credit_amount": ZERO,
        "gift_certificate_amount": ZERO,
        "discount_amount": ZERO,
        "coupon_discount": ZERO,
    }


def _currency(body: dict[str, Any]) -> dict[str, Any]:
    """Return the currency that the shopper chose, and the store's own."""
    return {
        "currency_id": 1 if body["currency_code"] == "USD" else 2,
        "currency_code": body["currency_code"],
        "currency_exchange_rate": body["currency_exchange_rate"],
        "default_currency_id": 1,
        "default_currency_code": body["currency_code"],
        "store_default_currency_code": "USD",
        "store_default_to_transactional_exchange_rate": body["currency_exchange_rate"],
    }


def _payment_status(status_id: int) -> str:
    return {0: "", 1: "pending", 4: "refunded", 6: "declined", 7: "pending",
            14: "partially refunded"}.get(status_id, "captured")  # fmt: skip


def _links(order_id: int, store_hash: str) -> dict[str, Any]:
    paths = {
        "products": "products",
        "shipping_addresses": "shippingaddresses",
        "coupons": "coupons",
        "consignments": "consignments",
        "fees": "fees",
    }
    return {
        name: {
            "url": f"https://api.sandbox.invalid/stores/{store_hash}/v2/orders/{order_id}/{path}",
            "resource": f"/orders/{order_id}/{path}",
        }
        for name, path in paths.items()
    }
