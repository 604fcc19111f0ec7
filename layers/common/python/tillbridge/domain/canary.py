"""A store's canary: a hidden product of our own, whose level shows how long a change takes. Pure."""

from dataclasses import dataclass, replace

from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.names import sku_key

EVERY_MS = 15 * 60_000
"""A round each quarter of an hour in which no level of the shop itself went: 96 a day, of two calls."""

SWEEPS_APART_MS = 60_000
"""The sweep comes every five minutes, not to the second."""

LATE_MS = 30 * 60_000

LOOK_MS = 5_000
"""So long after the write the level has to show."""

STALE_MS = 10 * 60_000
"""A write that nobody looked at for so long says nothing any more: another is made."""

HIGHEST = 1_000_000

SKU = "TILLBRIDGE-CANARY"
"""By its SKU the product is known on every list of the store."""

PRODUCT_ID = "canary"
"""What its event and its row name instead of a product of the POS."""

CANARY_NAME = "Tillbridge canary: measures delays, hidden, not for sale"


@dataclass(frozen=True, slots=True)
class Canary:
    """`good_ms`: when a round, or a level of the shop, last got through, or it was made (epoch ms).
    `counter`: the level that was written last. `written_ms`: when, while nobody has looked; else 0."""

    product: StoreProductId
    good_ms: int
    counter: int = 0
    written_ms: int = 0


def is_due(canary: Canary, now_ms: int) -> bool:
    """Return whether a round is due: nothing got through for a quarter of an hour."""
    return now_ms - canary.good_ms >= EVERY_MS - SWEEPS_APART_MS


def is_late(canary: Canary, now_ms: int) -> bool:
    """Return whether nothing got through for half an hour."""
    return now_ms - canary.good_ms >= LATE_MS


def next_level(canary: Canary) -> int:
    """Return the level to write now: another than is there."""
    return canary.counter % HIGHEST + 1


def written(canary: Canary, level: int, now_ms: int) -> Canary:
    """Return the canary after a write that was answered."""
    return replace(canary, counter=level, written_ms=now_ms)


def waits_for_look(canary: Canary, now_ms: int) -> bool:
    """Return whether a write is to be looked at, now or later."""
    return canary.written_ms > 0 and now_ms - canary.written_ms < STALE_MS


def looked(canary: Canary, online: int | None, now_ms: int) -> Canary:
    """Return the canary after a look; it is good where the level shows."""
    shows = online == canary.counter
    return replace(canary, written_ms=0, good_ms=now_ms if shows else canary.good_ms)


def is_canary(sku: str) -> bool:
    """Return whether the product with this SKU is a canary: no list of a shop's products shows it."""
    return sku_key(sku) == sku_key(SKU)
