"""How each variant sold on both sides, and how late each side learned of it, by the history. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosVariantId, WebOrderId
from tillbridge.domain.learned_safety import Pace

DAYS = 28
PERIOD_MS = DAYS * 24 * 60 * 60 * 1_000

UNMEASURED_S = 60.0
"""The lag from the till to the web where none was measured: the alarm's bound."""

UNBOOKED_S = 900.0
"""The lag from a web order to the POS where none was measured: after it an order is overdue."""

_SALES = frozenset({"sale.completed", "exchange.completed"})


@dataclass(frozen=True, slots=True)
class Sold:
    """Units of a product's variants that were sold on each side."""

    till: Mapping[PosVariantId | None, int] = field(default_factory=dict)
    web: Mapping[PosVariantId | None, int] = field(default_factory=dict)


def sold_in(lines: Sequence[ProductLine]) -> Sold:
    """Return what a product's lines, oldest first, say was sold. What a sale took off at the till is how
    much lower a count was than in the line before, less what the web sold: the POS takes that off, too."""
    fell: dict[PosVariantId | None, Decimal] = defaultdict(Decimal)
    counts: dict[PosVariantId | None, Decimal] = {}
    owed: dict[tuple[PosVariantId | None, WebOrderId], int] = {}
    for line in lines:
        if line.did is Did.FOUND and line.order:
            at = line.order.variant, line.order.order
            owed[at] = max(owed.get(at, 0), line.order.units)
        if line.did not in (Did.STOCK, Did.RAISED_DEBT, Did.LOWERED_DEBT):
            continue
        for holder in line.holders:
            before = counts.get(holder.variant, holder.on_hand)
            counts[holder.variant] = holder.on_hand
            if _by_sale(line):
                fell[holder.variant] += max(Decimal(0), before - holder.on_hand)
    web: dict[PosVariantId | None, int] = defaultdict(int)
    for (variant, _), units in owed.items():
        web[variant] += units
    till = {variant: max(0, int(units) - web.get(variant, 0)) for variant, units in fell.items()}
    return Sold(till, dict(web))


def lags_in(lines: Iterable[ProductLine]) -> tuple[float, float]:
    """Return the seconds, at the 95th percentile, from a sale at the till to the level online, and from a
    web order to its booking."""
    till: list[int] = []
    web: list[int] = []
    placed: dict[WebOrderId, int] = {}
    for line in lines:
        if line.did is Did.STOCK and _by_sale(line) and line.because:
            till.append(max(0, line.at_ms - line.because.first.occurred_ms))
        elif line.order and line.did is Did.FOUND:
            placed.setdefault(line.order.order, line.order.at_ms)
        elif line.order and line.did is Did.BOOKED and line.order.order in placed:
            web.append(max(0, line.at_ms - placed.pop(line.order.order)))
    return _late(till, UNMEASURED_S), _late(web, UNBOOKED_S)


def pace(sold: Sold, variant: PosVariantId | None, lags: tuple[float, float]) -> Pace:
    """Return how a variant sells, and how late each side learns of it."""
    period_s = PERIOD_MS / 1_000
    till_lag_s, web_lag_s = lags
    return Pace(
        web_rate=sold.web.get(variant, 0) / period_s,
        till_rate=sold.till.get(variant, 0) / period_s,
        till_lag_s=till_lag_s,
        web_lag_s=web_lag_s,
    )


def _by_sale(line: ProductLine) -> bool:
    because = line.because
    return because is not None and not _SALES.isdisjoint((because.first.type, because.last.type))


def _late(lags_ms: list[int], unmeasured_s: float) -> float:
    if not lags_ms:
        return unmeasured_s
    return sorted(lags_ms)[(len(lags_ms) * 95 - 1) // 100] / 1_000
