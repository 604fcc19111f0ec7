"""`tillbridge search`: products of either view by the beginning of their name, SKU or number."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.listing import Side, Status, row_of, waiting
from cli.options import StackOption, StoreOption, the_store
from cli.show import console, table
from cli.target import Target, need_target
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.names import name_key, sku_key
from tillbridge.ports.local_copy import CopyRow

PAGE = 200
COLUMNS = ("id", "name", "sku", "product_number", "price", "stock", "status", "words")


def search(
    text: Annotated[str, typer.Argument(help="The beginning of a name, SKU or number.")] = "",
    side: Annotated[Side, typer.Option(help="pos: products of the POS; web: online.")] = Side.POS,
    status: Annotated[Status | None, typer.Option(help="Only products of this status.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many at once.")] = 50,
    after: Annotated[str, typer.Option(help="Go on after this id.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Finds products in a view, a page at a time."""
    target = need_target(stack)
    found: list[dict[str, Any]] = []
    more = ""
    for row in matching(target, the_store(target, store), side, text, after):
        if status is not None and row["status"] != status:
            continue
        if len(found) == limit:
            more = found[-1]["id"]
            break
        found.append(row)
    if as_json:
        typer.echo(json.dumps({"data": found, "after": more}, indent=1))
        return
    rows = [tuple(row[column] for column in COLUMNS) for row in found]
    console.print(table(f"{side.upper()} view: {len(found)} products", COLUMNS, rows))
    if more:
        console.print(f"There are more: --after {more}", highlight=False)


def matching(
    target: Target, store: StoreId, side: Side, text: str, after: str
) -> Iterator[dict[str, Any]]:
    """Rows by id whose name, SKUs or number begin with `text`, with their status as it is now."""
    while True:
        rows, after = target.local_copy.rows(store, side, after=after, limit=PAGE)
        chosen = [row for row in rows if begins(row, text)]
        yield from _with_status(target, store, side, chosen)
        if not after:
            return


def begins(row: CopyRow, text: str) -> bool:
    """Whether a row is one that `text` looks for; case does not matter."""
    if not text:
        return True
    codes = (*row.skus, row.sku, row.product_number)
    by_code = any(sku_key(code).startswith(sku_key(text)) for code in codes if code)
    return by_code or name_key(row.name).startswith(name_key(text))


def _with_status(
    target: Target, store: StoreId, side: Side, rows: list[CopyRow]
) -> Iterator[dict[str, Any]]:
    if not rows:
        return
    products: dict[str, str] = {row.id: row.id for row in rows}
    if side is Side.WEB:
        numbers = [StoreProductId(int(row.id)) for row in rows]
        products = {str(n): p for n, p in target.links.holders(store, numbers).items()}
    ids = [PosProductId(product) for product in products.values()]
    links: dict[str, Link] = {str(k): v for k, v in target.links.get(store, ids).items()}
    busy = waiting(target, store, [str(each) for each in ids])
    for row in rows:
        product = products.get(row.id, "")
        yield row_of(row, links.get(product), pending=product in busy)
