"""A store's safety stock is learned from how its products sold. Nothing is changed here."""

from collections.abc import Callable, Sequence

from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import PosVariantId, StoreId
from tillbridge.domain.learned_safety import MOST, learned_safety
from tillbridge.domain.product import Product, StockLevel
from tillbridge.domain.safety_stock import Variant
from tillbridge.domain.sales_seen import PERIOD_MS, lags_in, pace, sold_in
from tillbridge.domain.stock import sellable
from tillbridge.ports.history import History


def learned_units(
    history: History,
    store: StoreId,
    settings: Settings,
    records: Sequence[Product],
    now_ms: int,
    before_each: Callable[[], None] = lambda: None,
) -> dict[Variant, int]:
    """Return the units to keep of each variant of these records by their last 28 days: one query a
    product. `before_each` is called before each query, and may raise what ends the work. Raise
    RetryLater."""
    most = settings.learned_safety.most if settings.learned_safety else MOST
    lines = {}
    for record in records:
        before_each()
        lines[record.id] = history.of(store, record.id, now_ms - PERIOD_MS, now_ms)
    lags = lags_in(line for some in lines.values() for line in some)
    # What is kept of a variant that the POS has no longer goes, too.
    kept = settings.learned_safety.kept if settings.learned_safety else {}
    learned: dict[Variant, int] = {each: 0 for each in kept if each[0] in lines}
    for record in records:
        sold = sold_in(lines[record.id])
        holders: list[tuple[PosVariantId | None, tuple[StockLevel, ...]]] = [
            (each.id, each.stock) for each in record.variants
        ]
        for variant, stock in holders or [(None, record.stock)]:
            free = sellable(stock, settings.outlets)
            # Where the POS says nothing of a count, nothing goes up either.
            on_hand = free.level if free else 0
            units = learned_safety(pace(sold, variant, lags), on_hand, most)
            learned[record.id, variant] = 0 if record.deleted else units
    return learned
