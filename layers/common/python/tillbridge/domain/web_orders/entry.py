"""The entry of a web order: how BigCommerce showed it last, what it owes the POS, and how far the POS is
with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.web_orders.accounts import Holder, LineAccount, booked
from tillbridge.domain.web_orders.owed import PENDING_MS, Counts
from tillbridge.domain.web_orders.shown import WebLine, WebOrder
from tillbridge.domain.web_orders.told import Told

BOOKING_PATIENCE_MS = 15 * 60 * 1_000
"""After this long, an order that the POS has not booked is overdue: listed, counted, alarmed. It goes on
being subtracted; time never ends an entry."""


class LaneState(StrEnum):
    """How far the POS is with an order. `seen`: it is to be told. `asked`: it was told, and its answer
    is not stored. `received`: a person books it there later. `booked`: it has booked this revision.
    `held`: nothing to book yet; the units are subtracted. `ignored`: nothing to book and nothing owed.
    `failed`: the POS refuses it, or it changed after its end by hand; words say so. `waiting`: the POS
    cannot be reached. `by_hand`: a person or a count ended it, and the POS is never told of it. What
    the POS has not booked stays subtracted in every state."""

    SEEN = "seen"
    ASKED = "asked"
    RECEIVED = "received"
    BOOKED = "booked"
    HELD = "held"
    IGNORED = "ignored"
    FAILED = "failed"
    WAITING = "waiting"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Left:
    """Units of a line that had left the house by `by_ms` (epoch ms of BigCommerce)."""

    by_ms: int
    units: int


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of an order, as it was shown last; of one that is gone from the order, `account.owed` is
    0. `left`: when how many of its units were first seen as shipped."""

    shown: WebLine
    account: LineAccount
    counts: Counts
    left: tuple[Left, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Return what makes it this line: another product or variant under its id is another line,
        since what is booked of the old goods stays theirs."""
        return line_key(self.shown)


def line_key(line: WebLine) -> tuple[object, ...]:
    """Return the key of a line that BigCommerce shows."""
    return line.id, line.product, line.variant


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """What is kept of an order. `told`: its newest revision; None while there is nothing that the POS
    must know. `sent`: the revision that the POS was asked last; `unanswered`: no answer to it is stored.
    `answered`: the highest revision that the POS has answered. `since_ms`: when the order first owed
    what it owes now (epoch ms, ours). `refusal`: why the POS refuses it, or what a person has to do. `epoch`: that of the POS account
    when it was asked last. `settled`: no POS record in use can need its accounts any more. `change`: how
    often what others see of it has changed since it was found."""

    order: WebOrder
    lines: tuple[EntryLine, ...]
    since_ms: int
    told: Told | None = None
    sent: Told | None = None
    unanswered: bool = False
    epoch: int = 0
    answered: int = 0
    received: bool = False
    waits: bool = False
    by_hand: bool = False
    refusal: str = ""
    settled: bool = False
    change: int = 0

    @property
    def revision(self) -> int:
        """Return the newest revision; 0 while there is nothing that the POS must know."""
        return self.told.revision if self.told else 0

    @property
    def accounts(self) -> tuple[LineAccount, ...]:
        """Return the accounts of its lines."""
        return tuple(line.account for line in self.lines)

    @property
    def state(self) -> LaneState:
        """Return how far the POS is with it."""
        if self.refusal:
            return LaneState.FAILED
        if self.by_hand:
            return LaneState.BY_HAND
        if self.told is None:
            held = any(line.counts is Counts.HELD and line.account.owed for line in self.lines)
            return LaneState.HELD if held else LaneState.IGNORED
        if self.waits:
            return LaneState.WAITING
        if self.unanswered:
            return LaneState.ASKED
        if self.answered < self.revision:
            return LaneState.SEEN
        return LaneState.RECEIVED if self.received else LaneState.BOOKED


def sent_units(entry: OrderEntry, key: tuple[object, ...], holder: Holder | None) -> int:
    """Return the units of a line that the POS was last asked to have taken off."""
    lines = entry.sent.lines if entry.sent else ()
    return next((each.units for each in lines if (each.line, each.holder) == (key[0], holder)), 0)


def is_overdue(entry: OrderEntry, now_ms: int) -> bool:
    """Return whether the POS has not booked the order for longer than it should take."""
    unbooked = entry.told is not None and entry.state not in (LaneState.BOOKED, LaneState.BY_HAND)
    return unbooked and now_ms - entry.since_ms > BOOKING_PATIENCE_MS


def is_settled(account: LineAccount, version: int) -> bool:
    """Return whether no record can need the account any more, when `version` was the last that a level
    was computed from: the POS answered everything, contains what is owed, and an older record than that
    is never used again."""
    newest = max((each.version for each in account.bookings), default=-1)
    return account.asked is None and newest <= version and booked(account, version) == account.owed


def settled(entry: OrderEntry, versions: Mapping[PosProductId, int]) -> OrderEntry:
    """Return the entry, settled when all of its lines are. `versions`: the last of each product that a
    level was computed from. A line that owes nothing and was never booked is settled by itself; one whose
    product is not linked is not while it owes anything."""
    done = all(_is_done(account, versions) for account in entry.accounts)
    return replace(entry, settled=True) if done and not entry.unanswered else entry


def _is_done(account: LineAccount, versions: Mapping[PosProductId, int]) -> bool:
    if not account.owed and not account.bookings and account.asked is None:
        return True
    version = versions.get(account.holder.product) if account.holder else None
    return version is not None and is_settled(account, version)


def again_ms(entry: OrderEntry) -> int:
    """Return when an order is to be judged again though BigCommerce says nothing new of it (epoch ms; 0:
    never): one that nobody pays is given up after a day."""
    held = any(line.counts is Counts.HELD and line.account.owed for line in entry.lines)
    return entry.order.placed_ms + PENDING_MS if held else 0
