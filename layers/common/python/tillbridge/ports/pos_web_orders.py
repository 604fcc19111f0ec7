"""The web orders of the POS: it is told of each, and lists what it has booked."""

from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.web_orders.booking import Answer
from tillbridge.domain.web_orders.refusal_words import RefusalCode
from tillbridge.domain.web_orders.told import Told


@dataclass(frozen=True, slots=True)
class Refusal:
    """The POS books nothing of this revision. `said`: its own words, without a full stop."""

    code: RefusalCode
    said: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The POS has a later revision of the order than it was told, and books nothing."""

    revision: int


type Outcome = Answer | Refusal | Overtaken
"""What the POS says of an order that it was told."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An order as the POS lists it, by the name under which it was told."""

    external_id: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class ListedPage:
    """Orders by ascending version of the order. `next_version`: after which the next page begins."""

    orders: tuple[Listed, ...]
    next_version: int
    more: bool


class WebOrdersNotOffered(TillbridgeError):
    """The POS does not take web orders."""


class PosWebOrders(Protocol):
    """The part of a POS that books web orders. Versions stand within the epoch of its account. Each
    call may raise PosDown, NeedsAttention when the POS refuses our token, or WebOrdersNotOffered."""

    def tell(self, external_id: str, order: Told) -> Outcome:
        """Tell the POS the state of an order. The same revision again is answered as before, and books
        nothing more. After PosDown it may have been booked all the same."""
        ...

    def booked(self, since: int) -> ListedPage:
        """Return the next orders of which something changed in the POS after a version; of an order that
        waits for a person the answer says `received`."""
        ...
