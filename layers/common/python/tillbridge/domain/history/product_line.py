"""A line of a product's history: what was done about it, because of what, and what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, WebOrderId


class Did(StrEnum):
    """What was done. `stock`: levels were sent. `looked`: a level was read online. `found`: a web order
    was read that owes units of the product, or owes other units than before. `booked`: the POS answered
    that it has them. `raised_debt`: more units are sold than the POS has. `lowered_debt`: some of them
    are there again. `put_off`: it waits, for the first time. `left_out`: an import left it in BigCommerce
    alone. `repaired`: reconcile has what differed pushed again. `accepted`: a person let a difference be.
    `unchanged`: a person asked, and it was sent again as it was, or nothing was left to do."""

    CREATED = "created"
    UPDATED = "updated"
    STOCK = "stock"
    LOOKED = "looked"
    FOUND = "found"
    BOOKED = "booked"
    RAISED_DEBT = "raised_debt"
    LOWERED_DEBT = "lowered_debt"
    HIDDEN = "hidden"
    REFUSED = "refused"
    BROKEN = "broken"
    PUT_OFF = "put_off"
    LINKED = "linked"
    UNLINKED = "unlinked"
    IMPORTED = "imported"
    UNDONE = "undone"
    LEFT_OUT = "left_out"
    REPAIRED = "repaired"
    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"


FAILURES = frozenset({Did.REFUSED, Did.BROKEN, Did.LEFT_OUT})
"""What a person who asked for it has to see to."""


@dataclass(frozen=True, slots=True)
class EventSeen:
    """An event that marked a row. `occurred_ms` is its sender's clock, `received_ms` ours (epoch ms). `by`:
    the person who asked, where one did."""

    id: str
    type: str
    occurred_ms: int
    received_ms: int
    version: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class Because:
    """Why a row was due: the first and the last event that marked it, and how many did at least: of
    events that mark a row in one batch with others, only those of the first batch are counted. What came
    between the two is not kept."""

    first: EventSeen
    last: EventSeen
    events: int = 1


def because_first(event: EventSeen | None) -> Because | None:
    """Return why a row is due that this event alone marked."""
    return None if event is None else Because(event, event)


def joined(before: Because | None, later: Because | None) -> Because | None:
    """Return why a row is due that was marked for one reason and then for another."""
    if before is None or later is None:
        return before or later
    return Because(before.first, later.last, before.events + later.events)


@dataclass(frozen=True, slots=True)
class HolderLevel:
    """How the level of a variant, or of the product itself under None, came about: the sums of the
    chosen outlets, and the units that the web owes. `unsure`: units of its debt that are none if the
    record contains already what the POS was asked to book and has not answered."""

    variant: PosVariantId | None
    on_hand: Decimal
    committed: Decimal
    web_units: int
    level: int
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class OrderUnits:
    """What a web order has to do with one holder: the units that it owes (of `booked`: that the POS has
    taken off), and since when by BigCommerce's clock (epoch ms, whole seconds; of `booked` 0)."""

    order: WebOrderId
    variant: PosVariantId | None
    units: int
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class FieldSent:
    """A value that was sent: its beginning, "" where the line had no room for it, and a digest of the whole."""

    value: str
    digest: str


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One line. `at_ms`: when it was done; of a call when it was answered, and `begun_ms` when what was
    sent was read (epoch ms). `version`: that of the POS's record. `holders`: those whose level changed;
    `online`: of a look, the level of `holders[0]` there. `more`: holders and fields that found no room.
    `call`: the call of the slice's lines that did it. `by`: the person who asked for it, and `job` the
    request. `outcome`: it says what became of the product for that request, and is found by it. `web`: the
    BigCommerce product; of one that has no POS product, `product` is blank."""

    at_ms: int
    product: PosProductId
    did: Did
    version: int = -1
    begun_ms: int = 0
    because: Because | None = None
    by: str = ""
    job: str = ""
    lane: str = ""
    holders: tuple[HolderLevel, ...] = ()
    online: int | None = None
    order: OrderUnits | None = None
    fields: Mapping[str, FieldSent] = field(default_factory=dict)
    more: int = 0
    call: str = ""
    code: str = ""
    words: str = ""
    web: StoreProductId | None = None
    outcome: bool = False

    @property
    def asked_as(self) -> str:
        """Return the id by which a request names the product: an import by BigCommerce's, others by the
        POS's."""
        by_number = self.did in (Did.IMPORTED, Did.LEFT_OUT) or not self.product
        return str(self.web) if by_number and self.web is not None else self.product
