"""A web order as BigCommerce shows it, as Tillbridge counts it, and as the POS has booked it."""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

PATIENCE_MS = 10 * 60 * 1_000
"""How long a change of an order may take until both sides must agree on it. Orders are read at least every
five minutes; one reading may be missed."""

REFUND_PATIENCE_MS = 70 * 60 * 1_000
"""The same for a refund that BigCommerce tells in no other way: refunds are read every hour."""

type Holder = tuple[str, str]
"""What holds the stock of a line in the POS: a product and its variant, "" where it has none."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as BigCommerce shows it; ids that it does not name are 0."""

    id: int
    product: int
    variant: int
    quantity: int
    shipped: int = 0
    refunded: int = 0
    physical: bool = True
    sku: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An order as BigCommerce shows it; times in epoch ms."""

    order: int
    status: int
    placed_ms: int
    modified_ms: int
    lines: tuple[ShownLine, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line as Tillbridge counts it. `holder` is None while its product is not linked. `bookings`: units
    that are off the stock from the POS's own version on, oldest first. `asked`: the least
    units that the POS was asked for and may have taken off; None when it answered."""

    id: int
    product: int
    variant: int
    holder: Holder | None
    owed: int
    asked: int | None = None
    bookings: tuple[tuple[int, int], ...] = ()
    sku: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """An order as Tillbridge counts it. `state`: how far the POS is with it, in one of the book's words;
    `says` and `remedy` tell people that, and what to do. `changed_ms`: since when it owes what it owes.
    `readable` is False for one of which only the number is known."""

    order: int
    state: str = ""
    says: str = ""
    remedy: str = ""
    late: bool = False
    by_hand: bool = False
    settled: bool = False
    revision: int = 0
    placed_ms: int = 0
    changed_ms: int = 0
    lines: tuple[KeptLine, ...] = ()
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Effect:
    """Units of a product that the POS has taken off from a version on; `variant` is None where the POS
    tells only the sum of a product."""

    product: str
    variant: str | None
    version: int
    units: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An order as the POS lists it. `booked` is False while it waits there for a person."""

    order: int
    name: str
    revision: int
    booked: bool
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFinding:
    """What is to be said of an order; `kind` is for programs, `words` for people."""

    order: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class OrdersSide:
    """How a store's web orders are judged. `mode`: `ledger` or `pos`. `since_ms`: placed from when on they
    count. `kept`: returns what Tillbridge counts, of these orders or of all. `patience_ms`: 0 where nothing
    is under way any more."""

    mode: str
    since_ms: int
    kept: Callable[[Collection[int] | None], Iterable[Kept]]
    patience_ms: int = PATIENCE_MS
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
