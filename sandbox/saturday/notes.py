"""What a Saturday's judge knows: noted by the POS and the store themselves, and by nobody in between."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.pos.cloud import PosCloud
from sandbox.pos.model import Product
from sandbox.pos.web_order_book import HeldOrder
from sandbox.saturday.goods import Pairs, Unit, place_of

INCOMPLETE, PENDING, UNDONE = 0, 1, (4, 5, 6)


@dataclass(frozen=True, slots=True)
class Held:
    """A record of the POS: what is free of a unit (on hand less committed) from `version` on."""

    at: float
    version: int
    free: int


@dataclass(frozen=True, slots=True)
class Booked:
    """Units of an order that the POS has off the stock in its records from `version` on."""

    at: float
    version: int
    units: int


@dataclass(frozen=True, slots=True)
class Owes:
    """Units that an order keeps from being sold, by the documents, from `at` on."""

    at: float
    units: int


type OfOrder = tuple[int, Unit]


@dataclass(slots=True)
class Notes:
    """Times are seconds of one clock, that of the store. `at_tills`: when and how much a till took of a
    unit."""

    clock: Callable[[], float]
    held: dict[Unit, list[Held]] = field(default_factory=dict)
    booked: dict[OfOrder, list[Booked]] = field(default_factory=dict)
    owes: dict[OfOrder, list[Owes]] = field(default_factory=dict)
    booked_names: list[str] = field(default_factory=list)
    grew: set[OfOrder] = field(default_factory=set)

    def watch(self, pos: PosCloud) -> None:
        """Note every record and booking of the POS from now on, and what it holds now."""
        with pos.catalogue.lock:
            for product in pos.catalogue.live():
                self._record(product)
            pos.catalogue.watchers.append(self._record)
            pos.web_orders.watch = self._booking

    def orders(self, orders: Iterable[dict[str, Any]], pairs: Pairs) -> None:
        """Note what the store's orders, as it keeps them, owe now."""
        for order in orders:
            now = owed_units(order, pairs)
            known = {unit for number, unit in self.owes if number == order["id"]}
            for unit in known | now.keys():
                self._owes((order["id"], unit), now.get(unit, 0))

    def _owes(self, key: OfOrder, units: int) -> None:
        seen = self.owes.setdefault(key, [])
        if not seen or seen[-1].units != units:
            if seen and units > seen[-1].units:
                self.grew.add(key)
            seen.append(Owes(self.clock(), units))

    def _record(self, product: Product) -> None:
        for variant, stock in [(None, product.stock), *((v.id, v.stock) for v in product.variants)]:
            if variant is None and product.variants:
                continue
            free = sum(level.on_hand - level.committed for level in stock)
            held = Held(self.clock(), product.version, int(free))
            self.held.setdefault((product.id, variant), []).append(held)

    def _booking(self, order: HeldOrder) -> None:
        if order.external_id not in self.booked_names:
            self.booked_names.append(order.external_id)
        number = int(order.external_id.rpartition(":")[2])
        for unit, each in order.by_unit.items():
            booked = Booked(self.clock(), each.version, int(each.units))
            self.booked.setdefault((number, unit), []).append(booked)


def owed_units(order: dict[str, Any], pairs: Pairs) -> dict[Unit, int]:
    """Return the units that an order keeps from being sold: what is paid or may be paid yet, less what was
    refunded before it was shipped; of an order that is undone, what has left the house."""
    found: dict[Unit, int] = {}
    if (order["external_source"] or "").startswith("POS") or order["status_id"] == INCOMPLETE:
        return found
    for line in order["lines"]:
        place = place_of(pairs, line["product_id"], line["variant_id"])
        if place is None or line["type"] != "physical":
            continue
        left, shipped = line["quantity"] - line["shipped"], line["shipped"]
        kept = 0 if order["status_id"] in UNDONE else left - min(left, line["refunded"])
        found[pairs[place]] = found.get(pairs[place], 0) + shipped + kept
    return found
