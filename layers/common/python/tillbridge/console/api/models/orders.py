"""Web orders."""

from datetime import datetime

from pydantic import BaseModel


class OrderLine(BaseModel):
    """A line of a web order: units `ordered`, `shipped` and `refunded` in BigCommerce, those that it owes the POS,
    those that the POS has `booked`, and those that are `off_sale` for it. `product`, `variant`: in the POS, ""
    while nothing is linked."""

    line: int
    sku: str
    name: str
    product: str
    variant: str
    ordered: int
    shipped: int
    refunded: int
    owed: int
    booked: int


class WebOrder(BaseModel):
    """A web order: `status` is BigCommerce's, in words; `state` how far the POS is with it, and `how_far` the same
    in words; `settled`: it is over. Of one that cannot be read, `state` is "unreadable" and the rest blank."""

    id: int
    status: str
    state: str
    how_far: str
    what_to_do: str
    overdue: bool
    settled: bool
    placed_at: datetime | None
    changed_at: datetime | None
    lines: list[OrderLine]


class WebOrders(BaseModel):
    """Web orders, the highest number first. `after`: what the next page is asked with; 0 where there is none."""

    data: list[WebOrder]
    after: int
    as_of: datetime | None
