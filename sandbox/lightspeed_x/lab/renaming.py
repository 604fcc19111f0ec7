"""Names that change without a version of the products that bear them."""

from typing import Literal

from sandbox.lightspeed_x.state.account import Account
from sandbox.pos.model import Product

type Renamed = Literal["brand", "supplier", "category"]

_FIELDS = {"brand": "brand", "supplier": "vendor", "category": "department"}


def rename(account: Account, kind: Renamed, name: str, to: str) -> list[str]:
    """Rename a brand, supplier or category; return the products of the shop that bear it."""
    names, field = account.names, _FIELDS[kind]
    rows = {"brand": names.brands, "supplier": names.suppliers, "category": names.categories}[kind]
    with account.lock, account.book.quietly():
        bearing = [p.id for p in account.cloud.catalogue.live() if _bears(p, field, name)]
        rows.rename(rows.ensure(name), to)
        account.cloud.save_products([{"id": each, field: to} for each in bearing])
    return bearing


def _bears(product: Product, field: str, name: str) -> bool:
    held = getattr(product, field)
    text = held if isinstance(held, str) else "" if held is None else held.name
    return bool(text.strip().casefold() == name.strip().casefold())
