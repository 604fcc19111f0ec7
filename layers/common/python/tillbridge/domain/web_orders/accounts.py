"""What a line of a web order owes the POS, and what the POS has booked of it, by version.

The one rule: a unit is subtracted from the level until the very POS record that the level is computed
from contains it. The POS answers a booking with the product's version in which it shows, so neither a
clock nor the order of two reads decides anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from tillbridge.domain.ids import PosProductId, PosVariantId, WebLineId, WebOrderId
from tillbridge.domain.names import sku_key
from tillbridge.domain.product import Product
from tillbridge.domain.versions import epoch_of

type WebUnits = Mapping[PosVariantId | None, int]
"""Open units by variant, or of the product itself under None; none where nothing is said."""

NO_WEB_UNITS: WebUnits = MappingProxyType({})
"""Of a product of which nothing is sold on the web that its POS record does not contain."""


@dataclass(frozen=True, slots=True)
class Holder:
    """What holds the stock of a line in the POS: a variant, or a product itself."""

    product: PosProductId
    variant: PosVariantId | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """The units of a line that the POS has taken off, net, in its records from `version` on, until
    another booking of the line replaces it."""

    version: int
    units: int


@dataclass(frozen=True, slots=True)
class LineAccount:
    """What a line owes and what is booked of it. `holder` is None while its product is not linked.

    `asked`: the least units that the POS was asked to have taken off since its last answer, written
    before each such call; None when every call was answered."""

    order: WebOrderId
    line: WebLineId
    holder: Holder | None
    owed: int
    sku: str = ""
    asked: int | None = None
    bookings: tuple[Booking, ...] = ()


def booked(account: LineAccount, version: int) -> int:
    """Return how many units of the line a POS record of `version` has certainly taken off.

    Only bookings of the record's own epoch say anything: a restored POS has lost the others. Between
    two bookings it is the lesser of both: the version of a booking may be answered too late, never too
    early, so a return may show in the record already. A return whose answer is lost may, too: hence
    `asked`."""
    known = _of_epoch(account.bookings, version)
    between = (
        min(before.units, after.units)
        for before, after in pairwise(known)
        if before.version <= version < after.version
    )
    units = next(between, known[-1].units)
    return units if account.asked is None else min(account.asked, units)


def is_booked(account: LineAccount) -> bool:
    """Return whether the POS has answered that it booked what the line owes, whichever record shows it."""
    units = account.bookings[-1].units if account.bookings else 0
    return account.asked is None and units == account.owed


def open_units(accounts: Iterable[LineAccount], version: int) -> int:
    """Return the units of one order and holder that a POS record of `version` does not contain.

    Lines of one variant count together, because an edited order may carry the same goods under new
    line ids. Never below 0: a return that is under way does not add to the level, or it would be
    offered before it is back."""
    some = tuple(accounts)
    return max(0, sum(a.owed for a in some) - sum(booked(a, version) for a in some))


def web_units(record: Product, accounts: Iterable[LineAccount]) -> WebUnits:
    """Return the open units of a product's variants, or of the product itself under None, for a level
    that is computed from `record`. Accounts of other products are left out."""
    groups: dict[tuple[WebOrderId, frozenset[PosVariantId | None]], list[LineAccount]] = {}
    for account in accounts:
        if account.holder is not None and account.holder.product == record.id:
            groups.setdefault((account.order, _heirs(record, account)), []).append(account)
    found: dict[PosVariantId | None, int] = {}
    for (_, heirs), group in groups.items():
        if units := open_units(group, record.version):
            for heir in heirs:
                found[heir] = found.get(heir, 0) + units
    return found


def _heirs(record: Product, account: LineAccount) -> frozenset[PosVariantId | None]:
    """Return what holds the line's stock now. A simple product may have become a family since, or a
    family a simple product: then the variant with the line's SKU inherited the stock, or the product
    itself. Where no SKU tells which variant did, all are lowered: too little on sale is a nuisance, too
    much a broken promise. Of a variant that is gone there is no stock to lower."""
    variant = account.holder.variant if account.holder else None
    ids = [each.id for each in record.variants]
    if not ids:
        return frozenset({None})
    if variant in ids:
        return frozenset({variant})
    key = sku_key(account.sku)
    same = [each.id for each in record.variants if key and sku_key(each.sku) == key]
    if variant is not None:
        return frozenset(same)
    return frozenset(same or ids)


def _of_epoch(bookings: Iterable[Booking], version: int) -> list[Booking]:
    # Before its first booking a POS has taken nothing off.
    epoch = epoch_of(version)
    own = sorted((b for b in bookings if epoch_of(b.version) == epoch), key=lambda b: b.version)
    return [Booking(-1, 0), *own]
