"""What is told of a product of which more was sold than there is."""

from collections.abc import Sequence

from tillbridge.domain.history.product_line import HolderLevel
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.oversold import Oversold, debt_of
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.ports.order_book import OpenOrder


def noticed(
    work: WorkItem, level: HolderLevel, now_ms: int, orders: Sequence[OpenOrder]
) -> Oversold:
    """Return a debt of a holder, with the open orders that may have made it. `now_ms`: epoch, ours."""
    holder = Holder(work.product, level.variant)
    return Oversold(
        at_ms=now_ms,
        holder=holder,
        debt=debt_of(level),
        version=work.record.version,
        name=_name(work, level.variant),
        sku=_sku(work, level.variant),
        orders=tuple(
            order.order for order in orders if any(a.holder == holder for a in order.accounts)
        ),
        level=level,
    )


def _name(work: WorkItem, variant: PosVariantId | None) -> str:
    options = [v.option_values for v in work.record.variants if v.id == variant]
    values = [value for some in options for _, value in some]
    return ", ".join([work.record.name, *values])


def _sku(work: WorkItem, variant: PosVariantId | None) -> str:
    if variant is None:
        return work.record.sku
    return next((v.sku for v in work.record.variants if v.id == variant), "")
