"""The catalogue in figures."""

from typing import Any

from sandbox.bigcommerce.calls.call import Call


def catalog_summary(call: Call) -> dict[str, Any]:
    """Return the number of variants, the stock and the range of prices."""
    row = call.store.db.one(
        "SELECT COUNT(*) AS variants, COALESCE(SUM(v.level), 0) AS stock, MAX(p.price) AS high,"
        " MIN(p.price) AS low, AVG(p.price) AS average, COALESCE(SUM(v.level * p.price), 0) AS worth"
        " FROM variants v JOIN products p ON p.id = v.product_id"
    )
    assert row is not None
    return {
        "inventory_count": row["stock"],
        "inventory_value": row["worth"],
        "variant_count": row["variants"],
        "highest_variant_price": row["high"] or 0,
        "average_variant_price": row["average"] or 0,
        "lowest_variant_price": str(row["low"] or 0),
    }
