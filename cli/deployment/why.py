"""What is kept of one product: its link, and its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cli.cannot_run import CannotRun
from cli.counted import counted
from cli.deployment.target import Target
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link
from tillbridge.domain.names import name_key, sku_key
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.usecases.console.product_history import newest_lines

MOST_NAMED = 5
LONGEST_NUMBER = 16
"""Digits of a BigCommerce number."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a product. `id` is blank for one that is in BigCommerce alone, of which `number` is
    known. `lines`: newest first."""

    id: str
    number: StoreProductId | None
    name: str
    link: Link | None
    lines: Sequence[ProductLine]


def kept_of(target: Target, store: StoreId, what: str) -> Kept:
    """Return what is kept of the product that `what` names: a POS id, a SKU, a name or, where the POS has
    nothing of that, a BigCommerce number. Raise CannotRun when there is none, or are several."""
    product = PosProductId(what)
    found = _of_pos(target, store, product, None)
    if found.link is not None or found.name or found.lines:
        return found
    rows = _rows(target, store, what)
    if not rows:
        number = what.removeprefix("#")
        by_number = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
        kept = _by_number(target, store, StoreProductId(int(number))) if by_number else None
        if kept is None:
            raise CannotRun(
                f"No product has the id, SKU, name or BigCommerce number '{what}'. `tillbridge search`"
                " finds products by a word of their name, SKU or number."
            )
        return kept
    if len(rows) > 1:
        ids = ", ".join(row.id for row in rows[:MOST_NAMED])
        more = ", …" if len(rows) > MOST_NAMED else ""
        raise CannotRun(
            f"{counted(len(rows), 'product')} are called '{what}'. Give the id of one: {ids}{more}"
        )
    return _of_pos(target, store, PosProductId(rows[0].id), rows[0])


def _by_number(target: Target, store: StoreId, number: StoreProductId) -> Kept | None:
    holder = target.links.holders(store, [number]).get(number)
    if holder is not None and holder != IMPORTING:
        return _of_pos(target, store, holder, None)
    row = target.read_model.get(store, WEB, [str(number)]).get(str(number))
    lines = newest_lines(target.history, store, None, number)
    if row is None and not lines:
        return None
    return Kept("", number, row.name if row else "", None, lines)


def _of_pos(target: Target, store: StoreId, product: PosProductId, row: ViewRow | None) -> Kept:
    link = target.links.get(store, [product]).get(product)
    row = row or target.read_model.get(store, POS, [product]).get(product)
    number = link.id if link else None
    lines = newest_lines(target.history, store, product, number)
    name = row.name if row else (link.name if link else "")
    return Kept(product, number, name, link, lines)


def _rows(target: Target, store: StoreId, what: str) -> list[ViewRow]:
    found = _search(target, store, what)
    return [row for row in found if _is_called(row, what)]


def _search(target: Target, store: StoreId, what: str) -> Iterator[ViewRow]:
    after, more = "", True
    while more:
        page = target.listing.page(store, POS, Question(what), after=after)
        yield from page.rows
        after = page.after
        more = bool(after)


def _is_called(row: ViewRow, what: str) -> bool:
    codes = {sku_key(code) for code in (*row.skus, row.sku, row.product_number) if code}
    return sku_key(what) in codes or name_key(row.name) == name_key(what)
