"""Units that were sold more often than there are: when that is news."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR

from tillbridge.domain.history.product_line import HolderLevel, ProductLine
from tillbridge.domain.ids import PosVariantId, WebOrderId
from tillbridge.domain.product import Product
from tillbridge.domain.stock import Sellable
from tillbridge.domain.web_orders.accounts import Holder, LineAccount, web_units


@dataclass(frozen=True, slots=True)
class Oversold:
    """A debt that was noticed (epoch ms): `debt` units more were sold than the POS's record of `version`
    has. `orders`: the web orders that are open then; `level`: how it came about."""

    at_ms: int
    holder: Holder
    debt: int
    version: int
    name: str = ""
    sku: str = ""
    orders: tuple[WebOrderId, ...] = ()
    level: HolderLevel | None = None


def certain(
    sent: Mapping[PosVariantId | None, Sellable],
    record: Product,
    asked: Iterable[LineAccount],
    answered: Iterable[LineAccount],
) -> Mapping[PosVariantId | None, Sellable]:
    """Return levels with only those debts that are certain. What the POS was `asked` to book this very
    record may contain: it lowers the level, and is nobody's debt before the POS has `answered`. The answer
    has the product read again."""
    all_, sure = web_units(record, asked), web_units(record, answered)
    return {
        holder: Sellable(
            level.level, max(0, level.debt - max(0, all_.get(holder, 0) - sure.get(holder, 0)))
        )
        for holder, level in sent.items()
    }


def debt_of(level: HolderLevel) -> int:
    """Return by how many units more were sold than there are, as far as that is certain."""
    return max(0, shortfall(level) - level.unsure)


def shortfall(level: HolderLevel) -> int:
    """Return how many units the level is short of, certain or not."""
    free = int((level.on_hand - level.committed).to_integral_value(ROUND_FLOOR))
    return max(0, level.web_units - free)


def risen(
    levels: Sequence[HolderLevel], before: Mapping[PosVariantId | None, int], *, known: bool
) -> tuple[HolderLevel, ...]:
    """Return the levels whose debt is higher than `before`, the debts that are known already. `known`:
    the debts of those that `before` does not name are known, too, as the product owed as much in all."""

    def had(level: HolderLevel) -> int:
        return before.get(level.variant, debt_of(level) if known else 0)

    return tuple(each for each in levels if debt_of(each) > had(each))


def last_debts(lines: Sequence[ProductLine]) -> dict[PosVariantId | None, int]:
    """Return the debts that the newest of these lines tell of, which are in the order of time."""
    return {each.variant: debt_of(each) for line in lines for each in line.holders}
