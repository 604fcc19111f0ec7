"""What a learned safety stock keeps of a store's variants, and would keep."""

from dataclasses import dataclass
from itertools import batched

from cli.deployment.links import every_link
from cli.deployment.reaching_pos import reach
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.bootstrap.pos_of import open_pos
from tillbridge.domain.connection import Connection
from tillbridge.domain.product import Product
from tillbridge.usecases.learn_safety import learned_units

_AT_ONCE = 100
_MS = 600_000


@dataclass(frozen=True, slots=True)
class WouldKeep:
    """A variant, or a product without variants. `now`: the units kept back now; `learned`: those that
    its sales call for."""

    sku: str
    name: str
    now: int
    learned: int


def would_keep(target: Target, connection: Connection) -> list[WouldKeep]:
    """Return the variants of linked products of which units are kept or would be, by SKU."""
    pos = open_pos(reach(target, connection.pos_account, _MS))
    linked = [link.product for link in every_link(target, connection.store).values() if link.id]
    found: list[WouldKeep] = []
    for some in batched(sorted(linked), _AT_ONCE, strict=False):
        found += _of(target, connection, list(pos.products(some).values()))
    return sorted(found, key=lambda each: each.sku)


def _of(target: Target, connection: Connection, records: list[Product]) -> list[WouldKeep]:
    settings, now_ms = connection.settings, SystemClock().now_ms()
    learned = learned_units(target.history, connection.store, settings, records, now_ms)
    found = []
    for record in records:
        for variant in record.variants or (None,):
            key = variant.id if variant else None
            now, units = settings.safety_of(record.id, key), learned[record.id, key]
            if now or units:
                sku = variant.sku if variant else record.sku
                found.append(WouldKeep(sku, record.name, now, units))
    return found
