"""Stock writes that are accepted but not yet applied (the Inventory API is asynchronous)."""

from collections import deque
from dataclasses import dataclass

from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.db import Database

# The highest level that BigCommerce saves.
MAX_LEVEL = 2_147_483_647


@dataclass(frozen=True, slots=True)
class StockChange:
    """A level to set, or to add to, for a product ('p') or variant ('v') at a location."""

    kind: str
    item_id: int
    location_id: int
    quantity: int
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """One change of one level that happened, with the time in seconds and what did it.

    by: "adjustment" (accepted_at: when the call was answered), "order" (order_id) or "others". level:
    what it set, None where it added `units`; units: what an order took (below 0) or gave back.
    """

    at: float
    by: str
    kind: str
    item_id: int
    location_id: int
    level: int | None = None
    units: int | None = None
    accepted_at: float | None = None
    order_id: int | None = None


class Settling:
    """A queue of accepted stock writes, each applied after the delay, in order of arrival. `moves`:
    what moved levels since the store began, but not levels saved with a product."""

    def __init__(self, delay_ms: float) -> None:
        self.delay_ms = delay_ms
        self._waiting: deque[tuple[float, float, list[StockChange]]] = deque()
        self.moves: list[Moved] = []
        self._applied: list[StockChange] = []

    def add(self, changes: list[StockChange]) -> None:
        """Queue accepted changes, to be applied after the delay."""
        due = clock.now() + self.delay_ms / 1000
        self._waiting.append((due, clock.now(), changes))

    def pending(self) -> int:
        """Return the number of accepted changes that are not yet applied."""
        return sum(len(changes) for _, _, changes in self._waiting)

    def settle(self, db: Database, *, everything: bool = False) -> None:
        """Apply the changes that are due; with `everything`, all of them."""
        now = clock.now()
        while self._waiting and (everything or self._waiting[0][0] <= now):
            due, accepted_at, changes = self._waiting.popleft()
            apply_all(db, changes)
            self._applied += changes
            at = min(due, now)  # nobody has looked since it was due
            self.moves += [_adjusted(change, at, accepted_at) for change in changes]

    def take_applied(self) -> list[StockChange]:
        """Return the changes that were applied since the last time."""
        applied, self._applied = self._applied, []
        return applied


def _adjusted(change: StockChange, at: float, accepted_at: float) -> Moved:
    level, units = (None, change.quantity) if change.relative else (change.quantity, None)
    place = change.kind, change.item_id, change.location_id
    return Moved(at, "adjustment", *place, level, units, accepted_at)


def apply_all(db: Database, changes: list[StockChange]) -> None:
    """Write the levels of one call; if one is over the limit, save none, without an error.

    That is how the Inventory API is documented; the catalogue clamps a level instead.
    """
    db.run("SAVEPOINT stock")
    if not all(apply_change(db, change) for change in changes):
        db.run("ROLLBACK TO stock")
    db.run("RELEASE stock")


def others_level(db: Database, product_id: int, variant_id: int, location_id: int) -> int:
    """Return the total stock of the other variants of a family at a location."""
    return int(
        db.value(
            "SELECT COALESCE(SUM(s.quantity), 0) FROM variants v JOIN stock s ON s.kind='v'"
            " AND s.item_id=v.id AND s.location_id=? WHERE v.product_id=? AND v.id<>?",
            location_id,
            product_id,
            variant_id,
        )
    )


def apply_change(db: Database, change: StockChange) -> bool:
    """Write one level and return True; write nothing and return False if it is over the limit.

    The limit holds for a family's variants together. A level below zero is silently dropped.
    """
    held = db.value(
        "SELECT quantity FROM stock WHERE kind=? AND item_id=? AND location_id=?",
        change.kind,
        change.item_id,
        change.location_id,
    )
    quantity = change.quantity + (held or 0) if change.relative else change.quantity
    table, owner = ("products", "id") if change.kind == "p" else ("variants", "product_id")
    found = db.select(owner, table, "id=?", (change.item_id,))
    product_id = found[0][0] if found else None
    if product_id is None or quantity < 0:
        return True
    others = 0
    if change.kind == "v" and quantity:
        others = others_level(db, product_id, change.item_id, change.location_id)
    if quantity + others > MAX_LEVEL:
        return False
    db.run(
        "INSERT OR REPLACE INTO stock(kind, item_id, location_id, quantity) VALUES (?,?,?,?)",
        change.kind,
        change.item_id,
        change.location_id,
        quantity,
    )
    if change.location_id == 1:
        mirror_level(db, change.kind, change.item_id, product_id, quantity)
    return True


def mirror_level(db: Database, kind: str, item_id: int, product_id: int, quantity: int) -> None:
    """Show a level of the default location on the product and its variants."""
    if kind == "p":
        db.run("UPDATE products SET level=? WHERE id=?", quantity, item_id)
        db.run("UPDATE variants SET level=? WHERE product_id=? AND is_base=1", quantity, item_id)
        return
    db.run("UPDATE variants SET level=? WHERE id=?", quantity, item_id)
    total_variant_levels(db, product_id)


def total_variant_levels(db: Database, product_id: int) -> None:
    """Make the product of a variant-tracked family show the sum of its variants."""
    db.run(
        "UPDATE products SET level=MIN(?, (SELECT COALESCE(SUM(level), 0) FROM variants"
        " WHERE product_id=products.id)) WHERE id=? AND tracking='variant'",
        MAX_LEVEL,
        product_id,
    )
