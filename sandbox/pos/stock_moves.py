"""What moves stock in a day.

Each function returns a sentence on what it did, and raises NothingFitsError if no product fits.
"""

from __future__ import annotations

from sandbox.pos.shop_floor import Floor


def sale(floor: Floor) -> str:
    """Sell one to four lines."""
    lines = [floor.line() for _ in range(floor.rng.randint(1, 4))]
    floor.cloud.sell(lines, outlet_id=floor.outlet())
    return f"a sale of {len(lines)} lines"


def layaway(floor: Floor) -> str:
    """Put goods by for a buyer: still on hand, no longer for sale."""
    floor.cloud.sell([floor.line()], layaway=True)
    return "goods were put by"


def refund(floor: Floor) -> str:
    """Take goods back, some too damaged for the shelf."""
    floor.cloud.refund([floor.line() | {"restocked": floor.rng.random() < 0.7}])
    return "a refund"


def exchange(floor: Floor) -> str:
    """Exchange one line for another."""
    floor.cloud.exchange([floor.line()], [floor.line()])
    return "an exchange"


def count(floor: Floor) -> str:
    """Count up to three products."""
    shelf = floor.some(max(1, min(3, len(floor.products()))))
    lines = [floor.unit(product) | {"counted": floor.rng.randint(0, 40)} for product in shelf]
    floor.cloud.inventory_count(lines, outlet_id=floor.outlet())
    return f"a count of {len(lines)} products"


def order(floor: Floor) -> str:
    """Receive a delivery."""
    lines = [floor.unit() | {"received": floor.rng.randint(1, 30)} for _ in range(3)]
    floor.cloud.stock_order(lines, outlet_id=floor.outlet())
    return f"a delivery of {len(lines)} lines"


def transfer(floor: Floor) -> str:
    """Send goods from the first outlet to the second."""
    source, destination = (outlet.id for outlet in floor.cloud.catalogue.outlets[:2])
    floor.cloud.stock_transfer([floor.line()], source=source, destination=destination)
    return "goods sent to the other shop"


def adjust(floor: Floor) -> str:
    """Correct a level for breakage, or for something found."""
    floor.cloud.stock_adjustment([floor.unit() | {"delta": floor.rng.choice([-2, -1, 1])}])
    return "a stock level corrected"
