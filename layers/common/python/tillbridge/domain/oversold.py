"""Units that were sold more often than there are: when that is news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR

from tillbridge.domain.history.product_line import HolderLevel, ProductLine
from tillbridge.domain.ids import PosVariantId, WebOrderId
from tillbridge.domain.web_orders.accounts import Holder


@dataclass(frozen=True, slots=True)
class Oversold:
    """A debt that was noticed (epoch ms): `debt` units more were sold than the POS's record of `version`
    has. `orders`: the web orders that are open then."""

    at_ms: int
    holder: Holder
    debt: int
    version: int
    name: str = ""
    sku: str = ""
    orders: tuple[WebOrderId, ...] = ()


def debt_of(level: HolderLevel) -> int:
    """Return by how many units more were sold than there are."""
    free = int((level.on_hand - level.committed).to_integral_value(ROUND_FLOOR))
    return max(0, level.web_units - free)


def risen(
    levels: Sequence[HolderLevel], before: Mapping[PosVariantId | None, int]
) -> tuple[HolderLevel, ...]:
    """Return the levels whose debt is higher than `before`, the debts that are known already."""
    return tuple(each for each in levels if debt_of(each) > before.get(each.variant, 0))


def last_debts(lines: Sequence[ProductLine]) -> dict[PosVariantId | None, int]:
    """Return the debts that the newest of these lines tell of, which are in the order of time."""
    return {each.variant: debt_of(each) for line in lines for each in line.holders}
