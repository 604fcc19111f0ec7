"""`tillbridge list`: the POS view and the Web view, from the local copy and the links."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from cli.options import StackOption, StoreOption, the_store
from cli.show import console, table
from cli.state import every_link
from cli.target import Target, need_target
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.ports.local_copy import CopyRow

PAGE = 500


class Side(StrEnum):
    """Whose products are listed."""

    POS = "pos"
    WEB = "web"


class Status(StrEnum):
    """A product's status in both views (DESIGN 1, See)."""

    NOT_LINKED = "not-linked"
    LINKED = "linked"
    PENDING = "pending"
    FAILED = "failed"
    BROKEN = "broken"


def list_products(
    side: Annotated[
        Side, typer.Option(help="pos: products of the POS; web: of BigCommerce.")
    ] = Side.POS,
    status: Annotated[Status | None, typer.Option(help="Only products of this status.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Lists products with their link status, and why a push failed."""
    target = need_target(stack)
    rows = [
        r for r in view(target, the_store(target, store), side) if status in (None, r["status"])
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
        return
    columns = ("id", "name", "sku", "price", "stock", "status", "words")
    shown = [tuple(row[column] for column in columns) for row in rows]
    console.print(table(f"{side.upper()} view: {len(rows)} products", columns, shown))


def view(target: Target, store: StoreId, side: Side) -> list[dict[str, Any]]:
    """The rows of one view; a POS product that failed and was never read stands there too."""
    links = every_link(target, store)
    if side is Side.POS:
        busy = waiting(target, store, [row.id for row in copies(target, store, side)])
        return [
            row_of(row, links.get(row.id), pending=row.id in busy)  # type: ignore[call-overload]
            for row in copies(target, store, side)
        ]
    by_number = {str(link.id): link for link in links.values() if link.id is not None}
    return [
        row_of(row, by_number.get(row.id), pending=False) for row in copies(target, store, side)
    ]


def copies(target: Target, store: StoreId, side: str) -> Iterator[CopyRow]:
    """The local copy of one side, page by page."""
    after = ""
    while True:
        rows, after = target.local_copy.rows(store, side, after=after, limit=PAGE)
        yield from rows
        if not after:
            return


def waiting(target: Target, store: StoreId, products: list[str]) -> set[str]:
    """Those of the products that a push is still to come for."""
    lanes = [lane for lane in Lane if lane is not Lane.AFTER]
    return {row.product for lane in lanes for row in target.pending.of(store, lane, products)}


def row_of(row: CopyRow, link: Link | None, *, pending: bool) -> dict[str, Any]:
    """A product with its link's status, as both views show it."""
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
        "code": link.problem.code if link and link.problem else "",
        "words": _words(link),
    }


def _status(link: Link | None, *, pending: bool) -> Status:
    if pending or (link is not None and link.status is LinkStatus.CREATING):
        return Status.PENDING
    if link is None:
        return Status.NOT_LINKED
    return Status(link.status.value)


def _words(link: Link | None) -> str:
    if link is None:
        return ""
    notes = list(link.notes)
    if link.debt:
        notes.append(f"{link.debt} more sold than the POS had; 0 is shown online.")
    return " ".join(([link.problem.words] if link.problem else []) + notes)
