"""The lines of an order: built from what a shopper or the staff put in, and their rows."""

import json
import sqlite3
import uuid
from collections.abc import Iterable
from decimal import Decimal
from itertools import batched
from typing import Any

from sandbox.bigcommerce.state.db import Database, placeholders

PART = 5000
TYPES = ("physical", "digital", "giftcertificate")


def insert_line(db: Database, order_id: int, wanted: dict[str, Any]) -> int:
    """Insert a line and return its id.

    wanted: product_id, variant_id and quantity; or, for a custom line or a gift certificate, name,
    price and type. Raises ValueError for a product, variant, type or quantity that there is not.
    """
    quantity = wanted.get("quantity", 1)
    if not isinstance(quantity, int) or quantity < 1:
        raise ValueError("A line has a quantity of at least 1.")
    product_id = wanted.get("product_id", 0)
    if product_id:
        variant_id, kind, body = _of_product(db, product_id, wanted.get("variant_id"))
    else:
        variant_id, kind = 0, wanted.get("type", "physical")
        body = {"name": wanted.get("name", "Custom"), "sku": wanted.get("sku", ""), "price": "0"}
    if kind not in TYPES:
        raise ValueError(f"A line is one of {', '.join(TYPES)}.")
    if "price" in wanted:
        body["price"] = str(Decimal(str(wanted["price"])))
    return db.run(
        "INSERT INTO order_lines(order_id, product_id, variant_id, type, quantity, body)"
        " VALUES (?,?,?,?,?,?)",
        order_id,
        product_id,
        variant_id,
        kind,
        quantity,
        json.dumps(body),
    )


def _of_product(
    db: Database, product_id: int, variant_id: int | None
) -> tuple[int, str, dict[str, Any]]:
    """Return the variant, the type and the body of a line that sells a product."""
    product = db.one("SELECT * FROM products WHERE id=?", product_id)
    if product is None:
        raise ValueError(f"There is no product {product_id}.")
    variant = db.one(
        "SELECT * FROM variants WHERE product_id=? AND id=?",
        product_id,
        product["base_variant_id"] if variant_id is None else variant_id,
    )
    if variant is None:
        raise ValueError(f"Product {product_id} has no variant {variant_id}.")
    price = json.loads(variant["body"])["price"]
    body = {
        "name": product["name"],
        "sku": variant["sku"],
        "price": str(Decimal(str(product["price"] if price is None else price))),
    }
    return variant["id"], product["type"], body


def lines_of(db: Database, order_ids: Iterable[int]) -> dict[int, list[sqlite3.Row]]:
    """Return the lines of orders by order id, by id."""
    ids = list(order_ids)
    lines: dict[int, list[sqlite3.Row]] = {order_id: [] for order_id in ids}
    for part in batched(ids, PART, strict=False):
        where = f"order_id IN ({placeholders(part)}) ORDER BY id"
        for row in db.select("*", "order_lines", where, part):
            lines[row["order_id"]].append(row)
    return lines


def with_new_ids(db: Database, order_id: int) -> dict[int, int]:
    """Give every line of an order a new id, as an edit in the control panel may; return new ids by
    the old ones."""
    renamed: dict[int, int] = {}
    for line in lines_of(db, [order_id])[order_id]:
        renamed[line["id"]] = db.run(
            "INSERT INTO order_lines(order_id, product_id, variant_id, type, quantity, shipped,"
            " refunded, taken, body) SELECT order_id, product_id, variant_id, type, quantity,"
            " shipped, refunded, taken, body FROM order_lines WHERE id=?",
            line["id"],
        )
        db.run("DELETE FROM order_lines WHERE id=?", line["id"])
    return renamed


def cart_id() -> str:
    """Return the id of a cart, which nothing else refers to."""
    return str(uuid.uuid4())
