"""Names that change: without a version of the products that bear them, unless the account is told to give one."""

from contextlib import nullcontext
from typing import Literal

from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.names import NamedRow, Names
from sandbox.pos.model import Product

type Renamed = Literal["brand", "supplier", "category"]

_FIELDS = {"brand": "brand", "supplier": "vendor", "category": "department"}


def rename(account: Account, kind: Renamed, name: str, to: str) -> list[str]:
    """Rename a brand, supplier or category; return the products of the shop that bear it."""
    with account.lock:
        return rename_row(account, kind, names_of(account, kind).ensure(name), to)


def rename_row(account: Account, kind: Renamed, row: NamedRow, to: str) -> list[str]:
    """Give a row another name; return the products of the shop that bear it."""
    bumps = account.hazards.plan.names_bump
    with account.lock, nullcontext() if bumps else account.book.quietly():
        bearing = bearers(account, kind, row.name)
        names_of(account, kind).rename(row, to)
        account.cloud.save_products([{"id": each, _FIELDS[kind]: to} for each in bearing])
    return bearing


def take_off(account: Account, kind: Renamed, row: NamedRow) -> list[str]:
    """Delete a row; the products that bore it bear none, and get a version each. Return them."""
    with account.lock:
        bearing = bearers(account, kind, row.name)
        names_of(account, kind).remove(row)
        account.cloud.save_products([{"id": each, _FIELDS[kind]: ""} for each in bearing])
    return bearing


def names_of(account: Account, kind: Renamed) -> Names:
    """Return the rows of a kind."""
    names = account.names
    kinds = {"brand": names.brands, "supplier": names.suppliers, "category": names.categories}
    return kinds[kind]


def bearers(account: Account, kind: Renamed, name: str) -> list[str]:
    """Return the products of the shop that bear a name."""
    field = _FIELDS[kind]
    return [each.id for each in account.cloud.catalogue.live() if _bears(each, field, name)]


def _bears(product: Product, field: str, name: str) -> bool:
    held = getattr(product, field)
    text = held if isinstance(held, str) else "" if held is None else held.name
    return bool(text.strip().casefold() == name.strip().casefold())
