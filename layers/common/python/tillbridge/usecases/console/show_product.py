"""What there is to see of one product: what is kept of it, in five requests. Neither side is asked."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.details.records import is_readable
from tillbridge.domain.errors import NeedsAttention, UnknownStore
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreId, StoreProductId
from tillbridge.domain.pending import arrived_ms
from tillbridge.domain.product import Variant
from tillbridge.domain.unsure_words import unsure_words
from tillbridge.domain.web_orders.accounts import LineAccount, WebUnits
from tillbridge.domain.web_product import WebVariant
from tillbridge.ports.clock import Clock
from tillbridge.ports.history import History
from tillbridge.ports.open_lines import OpenLines
from tillbridge.ports.products_kept import ProductKept, ProductsKept
from tillbridge.ports.stores import Stores
from tillbridge.usecases.console.fields_shown import fields_of, fields_of_variant
from tillbridge.usecases.console.levels_shown import (
    level_shown,
    promised_in_words,
    promised_units,
)
from tillbridge.usecases.console.offers import undo_of_product, unlinked_from
from tillbridge.usecases.console.product_shown import (
    LevelShown,
    ProductShown,
    VariantShown,
    WaitingShown,
)
from tillbridge.usecases.console.product_sides import Sides

log = logging.getLogger(__name__)

NEWEST_LINES = 200
"""Lines of history that are looked through for what was sent last. What they do not tell, the link may."""


class ShowDeps(Protocol):
    """What it takes to show a product; the dependencies of the console have it."""

    @property
    def stores(self) -> Stores:
        """The connected stores."""
        ...

    @property
    def products(self) -> ProductsKept:
        """What is kept of products."""
        ...

    @property
    def history(self) -> History:
        """What happened to them."""
        ...

    @property
    def clock(self) -> Clock:
        """The time."""
        ...

    @property
    def open_lines(self) -> OpenLines:
        """What web orders owe."""
        ...


def show_product(deps: ShowDeps, store: StoreId, product: PosProductId) -> ProductShown | None:
    """Return a product of the POS, None where nothing is known of it. Raise UnknownStore."""
    connection, compared_ms = _connection(deps, store)
    kept = deps.products.of(store, product)
    if not (kept.link or kept.pos or kept.pos_detail or kept.pending):
        return None
    return _shown(deps, store, connection, kept, compared_ms)


def show_web_product(deps: ShowDeps, store: StoreId, number: StoreProductId) -> ProductShown | None:
    """Return a product of BigCommerce, None where nothing is known of it; of a linked one both sides. Raise
    UnknownStore."""
    connection, compared_ms = _connection(deps, store)
    kept = deps.products.of_number(store, number)
    if not (kept.link or kept.web or kept.web_detail):
        return None
    return _shown(deps, store, connection, kept, compared_ms)


def _connection(deps: ShowDeps, store: StoreId) -> tuple[Connection, int]:
    connection, compared_ms = deps.stores.with_compared(store)
    if connection is None:
        raise UnknownStore(store)
    return connection, compared_ms


def _shown(
    deps: ShowDeps, store: StoreId, connection: Connection, kept: ProductKept, compared_ms: int
) -> ProductShown:
    kept = replace(
        kept, pos_detail=_readable(kept.pos_detail), web_detail=_readable(kept.web_detail)
    )
    # A page of them is one request; `newest` would make a second one at its end.
    about = (kept.product,) if kept.product else ()
    lines = deps.history.page(store, about, NEWEST_LINES).lines if about else ()
    sides = Sides(kept, connection.settings, lines, deps.clock.now_ms())
    accounts, odd = _accounts(deps, store, sides)
    promised = promised_units(sides, accounts)
    variants = list(_variants(sides, promised))
    level = None if variants else level_shown(sides, None, promised)
    levels = [level] if level else [each.level for each in variants if each.level]
    taken_ms = kept.pos.synced_ms if kept.pos else 0
    return ProductShown(
        kept.product,
        kept.number,
        kept.pos,
        kept.web,
        fields_of(sides),
        tuple(variants),
        level,
        tuple(_waiting(kept)),
        _seen_ms(kept.pos_detail, compared_ms, taken_ms),
        _seen_ms(kept.web_detail, compared_ms),
        odd or promised_in_words(sides, accounts, levels),
        max(_left(kept.pos_detail), _left(kept.web_detail)),
        connection,
        undo_of_product(lines) if sides.link else "",
        0 if kept.link else unlinked_from(lines),
        unsure_words(kept.link),
    )


def _accounts(deps: ShowDeps, store: StoreId, sides: Sides) -> tuple[Sequence[LineAccount], str]:
    """Return what web orders owe, and words where that cannot be read."""
    if sides.link is None or sides.settings.web_orders is WebOrderMode.OFF:
        return (), ""
    try:
        return deps.open_lines.of(store), ""
    except NeedsAttention as odd:
        return (), str(odd)


def _variants(sides: Sides, promised: WebUnits) -> Iterator[VariantShown]:
    """Yield the variants in the POS's order; then those that are online alone."""
    link = sides.link
    online = {each.id: each for each in sides.web.variants} if sides.web else {}
    ours = {each.id: each for each in sides.record.variants} if sides.record else {}
    linked = link.variants if link else {}
    for id_ in (*ours, *(each for each in linked if each not in ours)):
        number = linked[id_].id if id_ in linked else None
        web = online.pop(number, None) if number is not None else None
        level = level_shown(sides, id_, promised)
        options = ours[id_].option_values if id_ in ours else linked[id_].options
        yield _variant(sides, (id_, ours.get(id_), web), options, number, level)
    for web in online.values():
        yield _variant(sides, (None, None, web), web.options, web.id, None)


def _variant(
    sides: Sides,
    both: tuple[PosVariantId | None, Variant | None, WebVariant | None],
    options: Sequence[tuple[str, str]],
    number: int | None,
    level: LevelShown | None,
) -> VariantShown:
    id_, ours, web = both
    name = ", ".join(f"{name} {value}".strip() for name, value in options) or id_ or f"#{number}"
    return VariantShown(id_, name, number, fields_of_variant(sides, id_, ours, web, level), level)


def _waiting(kept: ProductKept) -> Iterator[WaitingShown]:
    for row in kept.pending:
        events = (row.because.first, row.because.last) if row.because else ()
        because = tuple(dict.fromkeys(event.type for event in events))
        yield WaitingShown(row.lane, arrived_ms(row.order), row.attempts, row.by, because)


def _seen_ms(detail: Detail | None, *also_ms: int) -> int:
    """Return when a side was read last: what was compared since was found to be the same."""
    return max(detail.seen_ms, *also_ms) if detail else 0


def _readable(detail: Detail | None) -> Detail | None:
    if detail is None or is_readable(detail):
        return detail
    log.warning("a detail cannot be read", extra={"side": detail.side, "product_id": detail.id})
    return None


def _left(detail: Detail | None) -> int:
    return detail.left if detail else 0
