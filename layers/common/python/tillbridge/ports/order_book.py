"""What is kept of the web orders of a store."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import Rev, StoreId, WebOrderId
from tillbridge.domain.web_orders.accounts import LineAccount
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.ports.open_lines import OpenLines


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as the book has it. Every write of the order gives it a new `rev`."""

    entry: OrderEntry
    rev: Rev


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """What the book says of an order that a POS record in use may not contain: the accounts of its
    lines, since when it owes what it owes (epoch ms, ours), and when it is to be judged again though
    BigCommerce says nothing new of it (epoch ms; 0: never)."""

    order: WebOrderId
    accounts: tuple[LineAccount, ...]
    since_ms: int
    again_ms: int = 0


type NewEntry = tuple[Kept | None, OrderEntry]
"""An entry, and what it was made from; None of an order that the book does not have."""


class OrderBook(OpenLines, Protocol):
    """One entry a web order. Two functions write: the store's drain, and the one that tells the POS. Each
    makes an entry from the one that it read, so neither can undo the other. Every method may raise
    RetryLater.

    What is kept of an order may be unreadable, or of a later release. Then it is logged, left out of
    every answer, and not written over; no other order suffers. An entry that is too long to be kept is
    logged and not written either. Neither counts as refused, since to try again would never help."""

    def kept(self, store: StoreId, orders: Collection[WebOrderId]) -> Mapping[WebOrderId, Kept]:
        """Return those of these orders that the book has; strongly consistent."""
        ...

    def open(self, store: StoreId) -> Sequence[OpenOrder]:
        """Return every order that is not settled; strongly consistent. Raise NeedsAttention when one of
        them cannot be read: left out, its units would be sold again."""
        ...

    def write(self, store: StoreId, entries: Iterable[NewEntry]) -> Collection[WebOrderId]:
        """Write each entry, and its open lines together with it, unless the book's has changed since it
        was read. Return the orders that were refused so: their entries are to be made anew from what is
        there now. Of two entries of one order the second is refused. An entry that is settled has no
        open lines, and is forgotten 90 days later unless it is written again."""
        ...
