"""The lanes of a store's pending work, and which lane an event goes to."""

from enum import StrEnum

ASKED_LIMIT = 200
"""A request or an import above this many products goes to the bulk lane
(docs/architecture.md, Lanes)."""

BULK_SHARDS = 4
"""The bulk lane is spread over this many partitions; a drain reads them as one."""


class Lane(StrEnum):
    """A store's lanes in the order of work. `after` holds what is left to do after a create: the
    channel and the first stock level. `look` holds BigCommerce products, by number, for which a write
    may come late."""

    ASKED = "asked"
    STOCK = "stock"
    CONTENT = "content"
    BULK = "bulk"
    AFTER = "after"
    LOOK = "look"


POS_LANES = tuple(lane for lane in Lane if lane is not Lane.LOOK)
"""The lanes whose rows are POS products."""

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
    """Return the lanes for an event that names this many products. Raise ValueError for an unknown
    trigger.

    A stock trigger has the stock pushed at once, and then the content: the article says that all
    product information is pushed on every change.
    """
    if trigger == PUSH_REQUESTED:
        return (Lane.ASKED,) if products <= ASKED_LIMIT else (Lane.BULK,)
    if trigger in STOCK_TRIGGERS:
        return (Lane.STOCK, Lane.CONTENT)
    if trigger in CONTENT_TRIGGERS:
        return (Lane.CONTENT,) if products <= ASKED_LIMIT else (Lane.BULK,)
    raise ValueError(f"{trigger!r} is not a trigger Tillbridge knows")
