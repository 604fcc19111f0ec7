"""Web orders, and what was sold twice."""

from typing import NotRequired, TypedDict

from cli.shapes.moment import Moment


class OrderLine(TypedDict):
    """A line of an order: as BigCommerce shows it, what the POS owes of it, and what the POS booked."""

    line_id: int
    sku: str
    name: str
    quantity: int
    shipped: int
    refunded: int
    owed: int
    counts: str
    product: str | None
    variant: str | None
    asked: int | None
    booked: int


class Order(TypedDict):
    """A web order, and how far the POS is with it."""

    id: int
    status_id: int
    placed_at: Moment
    modified_at: Moment
    since: Moment
    state: str
    overdue: bool
    settled: bool
    revision: int
    answered: int
    what_to_do: str
    lines: list[OrderLine]


class UnreadableOrder(TypedDict):
    """An order whose entry cannot be read; `state` is 'unreadable'."""

    id: int
    state: str
    what_to_do: str


class SetAside(TypedDict):
    """Goods of open orders at an outlet: units to be set aside, and units that left the house already."""

    outlet: str
    sku: str
    name: str
    aside: int
    gone: int
    orders: list[int]


class Orders(TypedDict):
    """Web orders, newest first."""

    orders: list[Order | UnreadableOrder]
    set_aside: list[SetAside]


class OrderAnswer(TypedDict):
    """What became of a request about an order."""

    order: int
    done: bool
    words: str


class OrderAnswers(TypedDict):
    """What became of a request about orders. `unanswered`: those that the POS was asked to book and did not answer: they
    may be there twice."""

    answers: list[OrderAnswer]
    unanswered: NotRequired[list[int]]


class Moved(TypedDict):
    """What moved the stock. The time is known to the second only where `whole_second`."""

    at: Moment
    who: str
    what: str
    pos: int
    online: int
    owed: int
    debt: int
    whole_second: bool


class Verdict(TypedDict):
    """A way in which it may have come about."""

    cause: str | None
    words: str
    explains_it: bool
    timeline: list[Moved]
    would_have_prevented: list[str]
    would_not: list[str]


class Debt(TypedDict):
    """Units that were sold twice. `verdicts`: only of an order or a product that was asked for."""

    noticed_at: Moment
    product: str
    variant: str | None
    name: str
    sku: str
    units: int
    orders: list[int]
    verdicts: NotRequired[list[Verdict]]


class SoldTwice(TypedDict):
    """What was sold twice."""

    debts: list[Debt]
