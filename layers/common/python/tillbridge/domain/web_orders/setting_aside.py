"""What people set aside in the shop for web orders, where nothing tells the till what the web has sold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.web_orders.accounts import booked
from tillbridge.domain.web_orders.entry import EntryLine, OrderEntry


@dataclass(frozen=True, slots=True)
class ShelfUnits:
    """Goods of open web orders, by outlet and SKU. `aside`: units to be set aside; `gone`: units that
    left the house already, which the POS has still to take off."""

    outlet: str
    sku: str
    name: str
    aside: int
    gone: int
    orders: tuple[WebOrderId, ...]


def to_set_aside(
    entries: Iterable[OrderEntry], outlet: str, versions: Mapping[PosProductId, int]
) -> list[ShelfUnits]:
    """Return what is to be set aside, by outlet, SKU and name. `outlet`: that of orders which name none;
    `versions`: of the POS records that the levels were last computed from."""
    found: dict[tuple[str, str, str], list[tuple[WebOrderId, int, int]]] = {}
    for entry in entries:
        named = entry.told.outlet if entry.told and entry.told.outlet else outlet
        for line in entry.lines:
            units = open_of_line(line, versions)
            if units:
                shipped = min(line.shown.shipped, line.account.owed)
                gone = max(0, shipped - (line.account.owed - units))
                place = (named, line.shown.sku, line.shown.name)
                found.setdefault(place, []).append((entry.order.id, units - gone, gone))
    return [
        ShelfUnits(
            *place,
            aside=sum(aside for _, aside, _ in some),
            gone=sum(gone for _, _, gone in some),
            orders=tuple(dict.fromkeys(order for order, _, _ in some)),
        )
        for place, some in sorted(found.items())
    ]


def open_of_line(line: EntryLine, versions: Mapping[PosProductId, int]) -> int:
    """Return the units of a line that the POS has not taken off in the last record that was used; of
    a product of which none was, nothing counts as taken off."""
    holder = line.account.holder
    version = versions.get(holder.product) if holder else None
    taken = 0 if version is None or version < 0 else booked(line.account, version)
    return max(0, line.account.owed - taken)
