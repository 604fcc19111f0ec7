"""The lanes of a store's pending work, and which lane an event goes to."""

from enum import StrEnum

ASKED_LIMIT = 200
"""A request or an import above this many products goes to the bulk lane
(docs/architecture.md, Lanes)."""

BULK_SHARDS = 4
"""The bulk lane is spread over this many partitions; a drain reads them as one."""


class Lane(StrEnum):
    """First to last. `after` holds what creates leave behind: channel and first stock level."""

    ASKED = "asked"
    STOCK = "stock"
    CONTENT = "content"
    BULK = "bulk"
    AFTER = "after"


CONTENT_LANES = (Lane.ASKED, Lane.CONTENT, Lane.BULK)

STOCK_TRIGGERS = frozenset(
    {
        "sale.completed",
        "refund.completed",
        "exchange.completed",
        "inventory_count.completed",
        "stock_order.completed",
        "stock_transfer.completed",
        "stock_adjustment.completed",
    }
)
CONTENT_TRIGGERS = frozenset({"product.saved", "product.imported"})
POS_TRIGGERS = STOCK_TRIGGERS | CONTENT_TRIGGERS
"""The nine triggers of the Retail POS article."""

PUSH_REQUESTED = "push.requested"


def lanes_for(trigger: str, products: int) -> tuple[Lane, ...]:
    """Lanes for `products` products named by one event.

    A stock trigger writes stock at once and then, because the article says that all product
    information is pushed on every change, the content.
    """
    if trigger == PUSH_REQUESTED:
        return (Lane.ASKED,) if products <= ASKED_LIMIT else (Lane.BULK,)
    if trigger in STOCK_TRIGGERS:
        return (Lane.STOCK, Lane.CONTENT)
    if trigger in CONTENT_TRIGGERS:
        return (Lane.CONTENT,) if products <= ASKED_LIMIT else (Lane.BULK,)
    raise ValueError(f"{trigger!r} is not a trigger Tillbridge knows")
