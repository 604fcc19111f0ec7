"""Records that a product, or a part of it, was written or deleted."""

import sqlite3

from sandbox.bigcommerce.calls.call import Call


def bump(call: Call, product_id: int) -> None:
    """Set a product's date_modified to now."""
    call.store.db.run(
        "UPDATE products SET date_modified=? WHERE id=?", call.store.now(), product_id
    )


def note_part(call: Call, product_id: int, part: str) -> None:
    """Record in the ledger that a part of a product (such as its images) was sent and changed."""
    call.store.touch(call.agent, "update", product_id, None, [part], [part])


def delete_part(call: Call, part: str, row: sqlite3.Row) -> None:
    """Delete a row of a part of a product, which is named like its table, and record that."""
    call.store.db.delete(part, "id=?", (row["id"],))
    note_part(call, row["product_id"], part)
