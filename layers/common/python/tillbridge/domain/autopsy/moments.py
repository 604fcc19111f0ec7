"""What moved the units of one holder, or what anybody knew of them, one after the other."""

from dataclasses import dataclass

from tillbridge.domain.ids import WebOrderId

SECOND_MS = 1_000
"""BigCommerce tells whole seconds: where in its second an order was placed, nobody knows."""

SALES = frozenset({"sale.completed", "exchange.completed"})
"""Triggers by which a customer at the till takes goods along."""


@dataclass(frozen=True, slots=True)
class PosMove:
    """The POS's free units (on hand less committed) changed, other than by a booking. Of more than one
    event in a drain, the sum stands at the first; `until_ms` is the last. `version`: the first record
    known to contain it."""

    at_ms: int
    units: int
    trigger: str
    event: str = ""
    events: int = 1
    until_ms: int = 0
    version: int = -1

    @property
    def is_sale(self) -> bool:
        """Return whether a customer took the units along."""
        return self.units < 0 and self.trigger in SALES


@dataclass(frozen=True, slots=True)
class Ordered:
    """A web order owes so many units from now on: it was placed, edited, cancelled or refunded. The
    time is BigCommerce's, in whole seconds; `timed`: it told one."""

    at_ms: int
    order: WebOrderId
    units: int
    linked: bool = True
    timed: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """We read that an order owes so many units."""

    at_ms: int
    order: WebOrderId
    units: int


@dataclass(frozen=True, slots=True)
class BookedIn:
    """The POS's free units are less by so many for an order, in all."""

    at_ms: int
    order: WebOrderId
    units: int
    version: int = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """What a write sends was read: `free` units in the POS, less those of orders known, less safety
    stock; below 0 too. `write` tells its write."""

    at_ms: int
    write: int
    raw: int


@dataclass(frozen=True, slots=True)
class Written:
    """A level of ours is online. `cause_ms`: when that happened in the POS which it carries, and
    `received_ms` when we were told; `read_ms`: when what it says was read (epoch ms, 0: not known)."""

    at_ms: int
    write: int
    level: int
    cause_ms: int = 0
    received_ms: int = 0
    read_ms: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """A level was seen online."""

    at_ms: int
    online: int


type Moment = PosMove | Ordered | Found | BookedIn | Reading | Written | Looked


@dataclass(frozen=True, slots=True)
class Timeline:
    """The moments of one holder in order, up to when it was noticed that `debt` units more were sold
    than the POS has, and maybe `unsure` units more: the POS was asked to book them, and had not answered.
    `pos` free units and `online` are those of the beginning; `owed` the units of orders
    that were open then. `safety`: that of the store. `takes_off`: BigCommerce takes stock off when an
    order is placed. `told`: the POS is told of orders."""

    moments: tuple[Moment, ...]
    pos: int
    online: int
    debt: int
    unsure: int = 0
    safety: int = 0
    takes_off: bool = True
    told: bool = True
    owed: tuple[tuple[WebOrderId, int], ...] = ()
