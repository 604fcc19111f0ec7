"""The POS view and the Web view: products of the read model with their links' status, by page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cli.deployment.target import Target
from cli.sides.promised import open_orders, promised
from cli.sides.view_choices import Side, Status
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.names import name_key, sku_key
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.imports import Outcome
from tillbridge.ports.order_book import OpenOrder

type Row = dict[str, Any]

A_READ = 200
"""How many rows of the read model one query reads."""


@dataclass(frozen=True, slots=True)
class Page:
    """Products in the order of their ids, and the id that the next page follows; "" at the end."""

    rows: list[Row]
    after: str = ""


def page(
    target: Target,
    store: StoreId,
    side: Side,
    *,
    text: str = "",
    status: Status | None = None,
    limit: int | None = None,
    after: str = "",
) -> Page:
    """Return a page of matching products: `limit` of them, or as many as are left."""
    found: list[Row] = []
    for row in _matching(target, store, side, text, after):
        if status is not None and row["status"] != status:
            continue
        if limit is not None and len(found) == limit:
            return Page(found, found[-1]["id"])
        found.append(row)
    return Page(found)


def begins(row: ViewRow, text: str) -> bool:
    """Return whether the name, a SKU or the number begins with `text`, whatever the case."""
    if not text:
        return True
    codes = (*row.skus, row.sku, row.product_number)
    by_code = any(sku_key(code).startswith(sku_key(text)) for code in codes if code)
    return by_code or name_key(row.name).startswith(name_key(text))


def row_of(
    row: ViewRow,
    link: Link | None,
    left_out: Outcome | None = None,
    *,
    pending: bool,
    promised: str = "",
) -> Row:
    """Return a product with its link's status, as both views show it. `promised`: what the web has been
    promised of it, in words.

    For a product that an import left out, `words` says why until it is linked."""
    why = left_out if link is None else None
    return {
        "id": row.id,
        "name": row.name,
        "sku": row.sku,
        "product_number": row.product_number,
        "price": row.price,
        "stock": row.stock,
        "image": row.image,
        "status": _status(link, pending=pending).value,
        "bigcommerce_id": link.id if link else None,
        "pos_id": link.product if link else None,
        "code": why.kind if why else _code(link),
        "words": why.words if why else " ".join(filter(None, (_words(link), promised))),
    }


def _matching(target: Target, store: StoreId, side: Side, text: str, after: str) -> Iterator[Row]:
    left_out = target.imports.left_out(store) if side is Side.WEB else {}
    opened = open_orders(target, store)
    while True:
        rows, after = target.read_model.rows(store, side, after=after, limit=A_READ)
        fitting = [row for row in rows if not row.deleted and begins(row, text)]
        yield from _with_status(target, store, side, fitting, left_out, opened)
        if not after:
            return


def _with_status(
    target: Target,
    store: StoreId,
    side: Side,
    rows: list[ViewRow],
    left_out: Mapping[StoreProductId, Outcome],
    opened: Sequence[OpenOrder],
) -> Iterator[Row]:
    if not rows:
        return
    products: dict[str, str] = {row.id: row.id for row in rows}
    if side is Side.WEB:
        numbers = [StoreProductId(int(row.id)) for row in rows]
        products = {str(n): p for n, p in target.links.holders(store, numbers).items()}
    ids = [PosProductId(product) for product in products.values()]
    links: dict[str, Link] = {str(k): v for k, v in target.links.get(store, ids).items()}
    lanes = [lane for lane in PRODUCT_LANES if lane is not Lane.AFTER]
    busy = {row.product for lane in lanes for row in target.pending.of(store, lane, ids)}
    told = promised(target, store, opened, {link.product: link for link in links.values()})
    for row in rows:
        product = products.get(row.id, "")
        why = left_out.get(StoreProductId(int(row.id))) if side is Side.WEB else None
        words = told.get(PosProductId(product), "")
        yield row_of(row, links.get(product), why, pending=product in busy, promised=words)


def _status(link: Link | None, *, pending: bool) -> Status:
    if pending or (link is not None and link.status is LinkStatus.CREATING):
        return Status.PENDING
    if link is None:
        return Status.NOT_LINKED
    return Status(link.status.value)


def _code(link: Link | None) -> str:
    return link.problem.code if link and link.problem else ""


def _words(link: Link | None) -> str:
    if link is None:
        return ""
    notes = [*link.notes, *link.odd_counts]
    if link.debt:
        notes.append(f"The POS's stock is {link.debt} below zero; 0 is shown online.")
    return " ".join(([link.problem.words] if link.problem else []) + notes)
