"""What a poll tells on the bus, in a vendor's place: the events that a POS of its own cloud would put."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import batched

from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreId
from tillbridge.domain.lanes import STOCK_CHANGED
from tillbridge.domain.polling import Reference

MOST_LISTED = 200
"""The most products that an event lists itself (contracts/events). More items that changed at once are an import."""

SAVED = "product.saved"
IMPORTED = "product.imported"

_ID_DIGITS = 32

type Listed = tuple[PosProductId, int]
"""A product and its minted version."""


@dataclass(frozen=True, slots=True)
class PosNews:
    """An event for one store. More than MOST_LISTED products go by claim check."""

    account: PosAccountKey
    source: str
    type: str
    store: StoreId
    products: tuple[Listed, ...]
    occurred_ms: int

    @property
    def id(self) -> str:
        """Return its id: that of the same news, however often it is told, so that doubles show as such."""
        named = [self.account, self.store, self.type]
        named += [f"{product} {version}" for product, version in self.products]
        return sha256("\n".join(named).encode()).hexdigest()[:_ID_DIGITS]


def news_of(
    account: PosAccountKey,
    source: str,
    stores: Sequence[StoreId],
    changed: Sequence[Reference],
    now_ms: int,
) -> list[PosNews]:
    """Return what each store of the account is told of what changed, levels first: they are urgent, and of no import.

    A vendor says that a level moved and not why, so no sale and no count is invented
    (docs/adr/0059-polls-tell-what-moved.md)."""
    levels = [(each.product, each.version) for each in changed if each.told.levels]
    items = [(each.product, each.version) for each in changed if each.told.items]
    told = [*_in_lists(STOCK_CHANGED, levels)]
    told += [(IMPORTED, tuple(items))] if len(items) > MOST_LISTED else _in_lists(SAVED, items)
    return [
        PosNews(account, source, type_, store, products, now_ms)
        for type_, products in told
        for store in stores
    ]


def _in_lists(type_: str, products: Sequence[Listed]) -> Iterator[tuple[str, tuple[Listed, ...]]]:
    for some in batched(products, MOST_LISTED, strict=False):
        yield type_, some
