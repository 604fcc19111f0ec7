"""Web orders, and one of them."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from tillbridge.console.api import shown
from tillbridge.console.api.call import the_call
from tillbridge.console.api.lists import Limit, StoreInPath
from tillbridge.console.api.models import orders as order_models
from tillbridge.console.api.problem import not_found
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.web_orders.asked_for import HIGHEST_ORDER
from tillbridge.domain.web_orders.entry import EntryLine, OrderEntry
from tillbridge.domain.web_orders.told_to_people import (
    how_far,
    is_late,
    status_words,
    what_to_do,
)
from tillbridge.ports.order_list import ListedOrder
from tillbridge.usecases.console import show_orders


def many(
    store: StoreInPath,
    only_open: Annotated[bool, Query(alias="open")] = False,
    after: Annotated[int, Query(ge=0, le=HIGHEST_ORDER)] = 0,
    limit: Limit = 50,
) -> order_models.WebOrders:
    """List web orders, the highest number first: all, or those that are open."""
    deps, below = the_call().deps, WebOrderId(after) if after else None
    connection, found = show_orders.page_of(
        deps, StoreId(store), below, only_open=only_open, limit=limit
    )
    now_ms, mode = deps.clock.now_ms(), connection.settings.web_orders
    return order_models.WebOrders(
        data=[_order(each, mode, now_ms) for each in found.orders],
        after=found.below or 0,
        as_of=shown.when(now_ms),
    )


def one(
    store: StoreInPath, number: Annotated[int, Path(ge=1, le=HIGHEST_ORDER)]
) -> order_models.WebOrder:
    """Return one web order as both sides have it, and what to do."""
    deps = the_call().deps
    found = show_orders.show_order(deps, StoreId(store), WebOrderId(number))
    if found.order is None:
        raise not_found()
    return _order(found.order, found.connection.settings.web_orders, deps.clock.now_ms())


def _order(listed: ListedOrder, mode: WebOrderMode, now_ms: int) -> order_models.WebOrder:
    if not isinstance(listed, OrderEntry):
        return order_models.WebOrder(
            id=listed.id,
            status="",
            state="unreadable",
            how_far="",
            what_to_do="",
            overdue=False,
            settled=False,
            placed_at=None,
            changed_at=None,
            lines=[],
        )
    return order_models.WebOrder(
        id=listed.order.id,
        status=status_words(listed.order.status),
        state=listed.state.value,
        how_far=how_far(listed, mode, now_ms),
        what_to_do=what_to_do(listed, mode, now_ms),
        overdue=is_late(listed, mode, now_ms),
        settled=listed.settled,
        placed_at=shown.when(listed.order.placed_ms),
        changed_at=shown.when(listed.order.modified_ms),
        lines=[_line(line) for line in listed.lines],
    )


def _line(line: EntryLine) -> order_models.OrderLine:
    holder = line.account.holder
    return order_models.OrderLine(
        line=line.shown.id,
        sku=line.shown.sku,
        name=line.shown.name,
        product=holder.product if holder else "",
        variant=(holder.variant or "") if holder else "",
        ordered=line.shown.quantity,
        shipped=line.shown.shipped,
        refunded=line.shown.refunded,
        owed=line.account.owed,
        booked=line.account.bookings[-1].units if line.account.bookings else 0,
    )
