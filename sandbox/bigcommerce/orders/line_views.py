"""The lines of an order as v2 shows them."""

import json
import sqlite3
from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.orders.money import line_price, text, with_tax

ZERO = "0.0000"


def line_view(line: sqlite3.Row) -> dict[str, Any]:
    """Return a line. Its variant_id is 0 where it sells no product of the catalogue."""
    body = json.loads(line["body"])
    return {
        "id": line["id"],
        "order_id": line["order_id"],
        "product_id": line["product_id"],
        "variant_id": line["variant_id"],
        "order_pickup_method_id": 0,
        "order_address_id": line["order_id"] if line["type"] == "physical" else 0,
        "name": body["name"],
        "name_customer": body["name"],
        "name_merchant": body["name"],
        "sku": body["sku"],
        "upc": "",
        "type": line["type"],
        **_prices(line_price(line), line["quantity"]),
        "quantity": line["quantity"],
        "weight": ZERO,
        "width": ZERO,
        "height": ZERO,
        "depth": ZERO,
        "is_refunded": line["refunded"] >= line["quantity"],
        "quantity_refunded": line["refunded"],
        "refund_amount": ZERO,
        "return_id": 0,
        "quantity_shipped": line["shipped"],
        "option_set_id": None,
        "parent_order_product_id": None,
        "is_bundled_product": False,
        "bin_picking_number": "",
        "external_id": None,
        "brand": "",
        "applied_discounts": [],
        "product_options": [],
        "configurable_fields": [],
        "gift_certificate_id": line["id"] if line["type"] == "giftcertificate" else None,
        **_wrapping(),
    }


def _prices(price: Decimal, quantity: int) -> dict[str, str]:
    one, all_of_them = price, price * quantity
    return {
        "base_price": text(one),
        "price_ex_tax": text(one),
        "price_inc_tax": text(with_tax(one)),
        "price_tax": text(with_tax(one) - one),
        "base_total": text(all_of_them),
        "total_ex_tax": text(all_of_them),
        "total_inc_tax": text(with_tax(all_of_them)),
        "total_tax": text(with_tax(all_of_them) - all_of_them),
        "discounted_total_inc_tax": text(with_tax(all_of_them)),
        **dict.fromkeys(
            ("base_cost_price", "cost_price_inc_tax", "cost_price_ex_tax", "cost_price_tax"), ZERO
        ),
    }


def _wrapping() -> dict[str, Any]:
    return {
        "wrapping_id": 0,
        "wrapping_name": "",
        "base_wrapping_cost": ZERO,
        "wrapping_cost_ex_tax": ZERO,
        "wrapping_cost_inc_tax": ZERO,
        "wrapping_cost_tax": ZERO,
        "wrapping_message": "",
        "event_name": None,
        "event_date": None,
        "fixed_shipping_cost": ZERO,
        "ebay_item_id": "",
        "ebay_transaction_id": "",
    }
