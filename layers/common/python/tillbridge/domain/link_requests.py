"""People's requests about a store's links, product by product, and the answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.senders import Sender


class LinkRequestKind(StrEnum):
    """`undo`: what a push that somebody asked for, or the first one after a link, replaced goes back into the
    store."""

    LINK = "link"
    UNLINK = "unlink"
    UNDO = "undo"


LINK_TRIGGERS = {f"{kind.value}.requested": kind for kind in LinkRequestKind}
"""Each event that requests a change of links, and the kind of request it is."""


@dataclass(frozen=True, slots=True)
class UndoOf:
    """What is to be undone: the push of a job, or ('') the first one after a link; of `fields` only, by
    BigCommerce's names, where it has any. `hides`: the product that the push made is hidden online, and then
    unlinked."""

    job: str = ""
    fields: tuple[str, ...] = ()
    hides: bool = False


FIRST_PUSH = UndoOf()


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """What is requested for one product; a link names the BigCommerce product too.

    `id` is the event's and `place` the product's place in it: the same event twice is one request.
    `order` is the order of arrival (see `domain/pending.py`); no sender's clock decides what comes first.
    `by`: who asked, told in the history; `job`: what all events of the request share. `undoes`: what an undo takes
    back."""

    id: str
    place: int
    store: StoreId
    kind: LinkRequestKind
    product: PosProductId
    web: StoreProductId | None
    order: int
    by: str = ""
    job: str = ""
    undoes: UndoOf = FIRST_PUSH


@dataclass(frozen=True, slots=True)
class LinkEvent:
    """An event that makes the same request for up to 200 products. `job`, `plan`, `total` and `offset` are as
    in `domain/events.py`, `undoes` is as in LinkRequest."""

    id: str
    store: StoreId
    kind: LinkRequestKind
    products: tuple[tuple[PosProductId, StoreProductId | None], ...]
    sender: Sender = field(default_factory=Sender)
    by: str = ""
    job: str = ""
    plan: str = ""
    total: int = 0
    offset: int = 0
    undoes: UndoOf = FIRST_PUSH

    @property
    def trigger(self) -> str:
        """Return the event's type."""
        return f"{self.kind.value}.requested"

    def requests(self, orders: Iterator[int]) -> list[LinkRequest]:
        """Return one request per product, in the order that the event names them. `orders` gives
        each its order of arrival."""
        return [
            LinkRequest(
                self.id,
                place,
                self.store,
                self.kind,
                product,
                web,
                next(orders),
                self.by,
                self.job,
                self.undoes,
            )
            for place, (product, web) in enumerate(self.products)
        ]


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """The answer for one product of a request; `words` say why not, and what to do."""

    product: PosProductId
    web: StoreProductId | None
    done: bool
    words: str = ""


def not_linked(product: PosProductId) -> str:
    """Return what people read when a request needs a link that is not there."""
    return f"{product} is not linked."


def being_created(product: PosProductId) -> str:
    """Return what people read when a request comes while a create is under way."""
    return f"{product} is being created in BigCommerce right now. Try again in a minute."
