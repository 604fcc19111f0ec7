"""The lanes of a store's pending work as one table, and which lane an event goes to."""

from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.lag_histogram import LagPath

ASKED_LIMIT = 200
"""A request or an import above this many products goes to the bulk lane
(docs/architecture.md, Lanes)."""


class Lane(StrEnum):
    """The name of a lane, as its rows carry it."""

    WEB = "web"
    ORDERED = "ordered"
    STOCK = "stock"
    CANARY = "canary"
    LINKS = "links"
    ASKED = "asked"
    CONTENT = "content"
    BULK = "bulk"
    AFTER = "after"
    LOOK = "look"
    PICTURES = "pictures"
    BOOK = "book"


class Holds(StrEnum):
    """What the rows of a lane name, and so how they are worked on: products whose levels are sent,
    products whose content is sent, requests about links, BigCommerce products, by number, for which
    a write may come late, products of which images are missing online, web orders, by number, that
    BigCommerce said something of, products whose levels a web order moved, web orders that the POS is
    to be told of, or the round of the store's canary."""

    LEVELS = "levels"
    CONTENT = "content"
    REQUESTS = "requests"
    LOOKS = "looks"
    MISSING = "missing"
    HINTS = "hints"
    MOVED = "moved"
    ORDERS = "orders"
    CANARY = "canary"


class Place(StrEnum):
    """Which partition of its store the rows of a lane lie in. `apart`: thousands are written at once.
    `book`: another function than the store's drain works on them."""

    TOGETHER = ""
    APART = "apart"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class LaneEntry:
    """What is true of one lane.

    `reserve`: it may spend the part of the quota that is left to other apps. `interrupts`: a person
    waits for it, so it goes before a window that is under way. `in_windows`: its work goes in windows,
    which take turns. `lag`: how what its rows took is told;
    none of those that follow from what was told already. `place`: the partition of its rows.
    `letter`: what the keys of its rows begin with, and no other lane's ever did. A look at a store's rows
    reads them in the order of letters, so lanes that are mostly short come first; it is one letter because
    the longest id of a product leaves room for no more. `shown`: what people read of what waits in it, where a list of products can be
    narrowed to it; `told`: where it cannot. `waits`: what is said of one product that waits in it."""

    lane: Lane
    letter: str
    holds: Holds
    reserve: bool = False
    lag: LagPath | None = None
    interrupts: bool = False
    in_windows: bool = False
    place: Place = Place.TOGETHER
    shown: str = ""
    told: str = ""
    waits: str = ""

    @property
    def words(self) -> str:
        """Return what people read of what waits in it."""
        return self.shown or self.told


LANES = (
    LaneEntry(Lane.WEB, "A", Holds.HINTS, reserve=True, told="web orders to read"),
    LaneEntry(
        Lane.ORDERED,
        "B",
        Holds.MOVED,
        reserve=True,
        shown="web orders",
        waits="Stock waits for a look, after a web order",
    ),
    LaneEntry(
        Lane.STOCK,
        "e",
        Holds.LEVELS,
        reserve=True,
        lag=LagPath.STOCK,
        shown="stock",
        waits="Stock waits",
    ),
    LaneEntry(Lane.CANARY, "D", Holds.CANARY, reserve=True, told="canary"),
    LaneEntry(
        Lane.LINKS,
        "a",
        Holds.REQUESTS,
        reserve=True,
        interrupts=True,
        shown="links",
        waits="A request about its link waits",
    ),
    LaneEntry(
        Lane.ASKED,
        "b",
        Holds.CONTENT,
        reserve=True,
        lag=LagPath.ASKED,
        interrupts=True,
        shown="asked for",
        waits="A push that somebody asked for waits",
    ),
    LaneEntry(
        Lane.CONTENT,
        "g",
        Holds.CONTENT,
        lag=LagPath.CONTENT,
        in_windows=True,
        shown="content",
        waits="What was saved in the POS waits",
    ),
    # An import marks thousands of rows, and one partition takes 1,000 writes a second: the mark of a
    # sale must not wait for it.
    LaneEntry(
        Lane.BULK,
        "h",
        Holds.CONTENT,
        lag=LagPath.CONTENT,
        in_windows=True,
        place=Place.APART,
        shown="large pushes",
        waits="It waits among large pushes",
    ),
    LaneEntry(
        Lane.AFTER,
        "f",
        Holds.LEVELS,
        reserve=True,
        shown="follow-ups",
        waits="What follows its creation waits",
    ),
    LaneEntry(
        Lane.LOOK,
        "c",
        Holds.LOOKS,
        reserve=True,
        told="products to look at online",
        waits="A look at it waits",
    ),
    # It makes no call: what is due goes on to `content`.
    LaneEntry(
        Lane.PICTURES,
        "d",
        Holds.MISSING,
        reserve=True,
        shown="pictures",
        waits="Its pictures wait for another try",
    ),
    LaneEntry(
        Lane.BOOK, "C", Holds.ORDERS, reserve=True, place=Place.BOOK, told="web orders for the POS"
    ),
)
"""Every lane, in the order of its urgency (docs/architecture.md, Lanes). All else that is said of
lanes is read from here: a new one is one entry. `after` holds what a create leaves behind, and goes
at the start of a slice and when nothing else is due; `look` and `pictures` go when nothing else is. `book`
is worked on by the function `orders`."""

ENTRY = {entry.lane: entry for entry in LANES}
PRODUCT_LANES = tuple(e.lane for e in LANES if e.holds in (Holds.LEVELS, Holds.CONTENT))
"""The lanes with one row a POS product."""

DRAINED = tuple(each.lane for each in LANES if each.place is not Place.BOOK)
"""The lanes that a store's drain works on."""

FROM_ORDERS = tuple(e.lane for e in LANES if e.holds in (Holds.HINTS, Holds.MOVED))
"""The lanes of what BigCommerce told of web orders, and of what those moved."""

FIRST = (*FROM_ORDERS, Lane.STOCK, Lane.CANARY)
"""The lanes that go before each wave of other calls, in this order: what was ordered, and what it moved,
is known before levels are sent."""

STOCK_LANES = (Lane.ORDERED, Lane.STOCK)
"""The lanes of levels that the web must know: while they wait it may sell what is gone."""

AWAITED = (*STOCK_LANES, Lane.LINKS, Lane.ASKED, Lane.CONTENT)
"""The lanes of what a shop waits for. Large pushes take as long as they take."""

MEASURED = (*FROM_ORDERS, Lane.STOCK, Lane.LINKS, Lane.ASKED, Lane.CONTENT, Lane.BULK, Lane.AFTER)
"""The lanes whose oldest row is a figure, with an alarm on it. The others wait on purpose: for another try at a
picture, for a late write, or for a POS, which is counted as overdue; the canary has an alarm of its own."""

TOLD_ALWAYS = (Lane.STOCK, Lane.ASKED, Lane.CONTENT, Lane.BULK)
"""The lanes that are told even when nothing waits in them."""

LEVEL_LANES = tuple(e.lane for e in LANES if e.holds in (Holds.LEVELS, Holds.MOVED))
WRITING_LANES = tuple(e.lane for e in LANES if e.holds in (Holds.CONTENT, Holds.MISSING))
CONTENT_LANES = tuple(each.lane for each in LANES if each.holds is Holds.CONTENT)
INTERRUPTING = tuple(each.lane for each in LANES if each.interrupts)
IN_WINDOWS = tuple(each.lane for each in LANES if each.in_windows)

STOCK_CHANGED = "stock.changed"
"""A level moved in a POS that does not say why."""

STOCK_TRIGGERS = frozenset(
    {
        STOCK_CHANGED,
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
"""The nine triggers of the Retail POS article, and the one of a POS that tells levels alone."""

WEB_ORDER_BOOKED = "web_order.booked"
"""A person at the POS booked a web order, or changed its booking."""

FROM_POS = POS_TRIGGERS | {WEB_ORDER_BOOKED}
"""Everything that a POS may say."""

PUSH_REQUESTED = "push.requested"

CANARY_DUE = "canary.due"
"""The sweep asks for a round of a store's canary."""


def lanes_for(trigger: str, products: int) -> tuple[Lane, ...]:
    """Return the lanes for an event that names this many products. Raise ValueError for an unknown
    trigger.

    A stock trigger has the stock pushed at once, and then the content: the article says that all
    product information is pushed on every change.
    """
    if trigger == PUSH_REQUESTED:
        return (Lane.ASKED,) if products <= ASKED_LIMIT else (Lane.BULK,)
    if trigger == CANARY_DUE:
        return (Lane.CANARY,)
    if trigger in STOCK_TRIGGERS:
        return (Lane.STOCK, Lane.CONTENT)
    if trigger in CONTENT_TRIGGERS:
        return (Lane.CONTENT,) if products <= ASKED_LIMIT else (Lane.BULK,)
    raise ValueError(f"{trigger!r} is not a trigger Tillbridge knows")
