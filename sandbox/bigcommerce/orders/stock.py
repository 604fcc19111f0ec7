"""Stock that orders move: at once, never below zero, between absolute writes that settle."""

import sqlite3

from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.db import Database
from sandbox.bigcommerce.state.settling import Moved, StockChange, apply_change
from sandbox.bigcommerce.state.store import Store

LOCATION = 1

Holder = tuple[str, int]


def holder_of(db: Database, product_id: int, variant_id: int) -> Holder | None:
    """Return what holds the stock of a line: a product ('p') or a variant ('v'), None if nothing
    does: an untracked product, a custom line, or one that is deleted. A variant_id of 0 stands for the
    base variant."""
    product = db.one("SELECT tracking, base_variant_id FROM products WHERE id=?", product_id)
    if product is None or product["tracking"] == "none":
        return None
    if product["tracking"] == "product":
        return "p", product_id
    own = variant_id or product["base_variant_id"]
    return ("v", own) if own and db.has("variants", own) else None


def level_of(db: Database, holder: Holder) -> int:
    """Return the level of a holder at the location that sells on the web."""
    return (
        db.value(
            "SELECT quantity FROM stock WHERE kind=? AND item_id=? AND location_id=?",
            *holder,
            LOCATION,
        )
        or 0
    )


def take(store: Store, line: sqlite3.Row, units: int) -> None:
    """Take units of a line off the stock, as many as there are, and note how many on the line."""
    holder = holder_of(store.db, line["product_id"], line["variant_id"])
    if holder is None or units <= 0:
        return
    level = level_of(store.db, holder)
    taken = min(level, units)
    apply_change(store.db, StockChange(*holder, LOCATION, level - taken))
    store.db.run("UPDATE order_lines SET taken=taken+? WHERE id=?", taken, line["id"])
    _note(store, holder, line, -taken)
    _tell(store, holder, line, -taken)


def give_back(
    store: Store, line: sqlite3.Row, units: int, *, twice: bool = False, told: bool = True
) -> None:
    """Put units of a line back, at most what it took off; `twice`: add them a second time.

    told: whether hooks learn of it; they do not for a refund of a part, as documented.
    """
    holder = holder_of(store.db, line["product_id"], line["variant_id"])
    returned = min(line["taken"], units)
    if holder is None or returned <= 0:
        return
    added = returned * 2 if twice else returned
    apply_change(store.db, StockChange(*holder, LOCATION, added, relative=True))
    store.db.run("UPDATE order_lines SET taken=taken-? WHERE id=?", returned, line["id"])
    _note(store, holder, line, added)
    if told:
        _tell(store, holder, line, added)


def _note(store: Store, holder: Holder, line: sqlite3.Row, units: int) -> None:
    """Note in the ledger of stock what an order moved."""
    moved = Moved(clock.now(), "order", *holder, LOCATION, units=units, order_id=line["order_id"])
    store.settling.moves.append(moved)


def _tell(store: Store, holder: Holder, line: sqlite3.Row, value: int) -> None:
    store.outbox.level(
        "inventory/order/updated",
        holder[0],
        line["product_id"],
        line["variant_id"],
        value,
        "relative",
    )
