"""Requests about single web orders as events (contracts/events)."""

from typing import Annotated

from pydantic import BaseModel, Field

from tillbridge.adapters.messages.envelope import Envelope
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.senders import Sender
from tillbridge.domain.web_orders.asked_for import HIGHEST_ORDER, MOST_ORDERS, DoOrder, OrdersAsked

type _Number = Annotated[int, Field(ge=1, le=HIGHEST_ORDER, strict=True)]


class _Orders(BaseModel):
    do: DoOrder
    orders: Annotated[list[_Number], Field(min_length=1, max_length=MOST_ORDERS)]


def orders_asked(envelope: Envelope, sender: Sender) -> OrdersAsked:
    """Return the request in an envelope of ORDER_REQUESTED. Raise ValidationError."""
    about = envelope.detail.metadata
    asked = _Orders.model_validate(envelope.detail.data)
    return OrdersAsked(
        id=about.event_id,
        store=StoreId(about.store_id),
        do=asked.do,
        orders=tuple(map(WebOrderId, asked.orders)),
        sender=sender,
        by=about.requested_by,
    )
