"""Reading the web orders of a store through its public v2 API.

Of a shopper nothing is kept: no name, address or e-mail leaves this module."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from cli.verify.model import Json, StoreSide
from cli.verify.order_model import Shown, ShownLine
from cli.verify.reading import Reader

PAGE = 250
SMALLEST_PAGE = 50
"""v2's default limit: only a shorter page is sure to be the last (docs/unverified.md)."""
LINES = {"include": "consignments.line_items", "consignment_structure": "object"}


@dataclass(slots=True)
class OrdersShown:
    """Orders that were read, by number, and the numbers of those that cannot be."""

    orders: dict[int, Shown] = field(default_factory=dict)
    odd: set[int] = field(default_factory=set)


def open_orders(store: StoreSide) -> Reader:
    """Return a reader of the store's orders, to use in a `with`."""
    base = f"{store.api_url.rstrip('/')}/stores/{store.store_hash}/v2"
    return Reader("web store", base, {"X-Auth-Token": store.token, "User-Agent": store.agent})


def read_orders(reader: Reader, **since: str) -> OrdersShown:
    """Return the orders that a filter names, such as `min_date_created`, without archived ones."""
    found = OrdersShown()
    start = 1
    while True:
        page = reader.records("/orders", min_id=start, sort="id:asc", limit=PAGE, **since, **LINES)
        for record in page:
            _take(reader, found, record)
        # A page without progress ends the loop, or a faulty store would be read for ever.
        following = max(map(_number, page), default=0) + 1
        if len(page) < SMALLEST_PAGE or following <= start:
            return found
        start = following


def read_single(reader: Reader, orders: Iterable[int]) -> OrdersShown:
    """Return orders by number, archived or not, a call each."""
    found = OrdersShown()
    for order in orders:
        record = reader.find(f"/orders/{order}", **LINES)
        if record is not None:
            _take(reader, found, record)
    return found


def refunded_since(store_reader: Reader, ms: int) -> set[int]:
    """Return the orders of which something was refunded since (epoch ms), from the store's v3 API. A refund
    need not change when its order was modified."""
    found: set[int] = set()
    number = 1
    while True:
        page = store_reader.get(
            "/orders/payment_actions/refunds",
            created__min=time_text(ms),
            limit=PAGE,
            page=number,
        )["data"]
        if not page:
            return found
        found |= {int(refund["order_id"]) for refund in page}
        number += 1


def time_text(ms: int) -> str:
    """Return a time as v2 takes it. With a bare date it answers with all orders."""
    return datetime.fromtimestamp(ms // 1_000, UTC).isoformat()


def _take(reader: Reader, found: OrdersShown, record: Json) -> None:
    number = _number(record)
    try:
        found.orders[number] = _shown(record, _lines(reader, number, record))
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        found.odd.add(number)  # said in the verdict: nobody knows what it owes


def _number(record: Json) -> int:
    try:
        return int(record["id"])
    except (KeyError, TypeError, ValueError):
        return 0


def _shown(record: Json, lines: Iterable[Json]) -> Shown:
    return Shown(
        int(record["id"]),
        int(record["status_id"]),
        _ms(record["date_created"]),
        _ms(record["date_modified"]),
        tuple(_line(line) for line in lines),
        str(record.get("external_source") or ""),
    )


def _line(line: Json) -> ShownLine:
    return ShownLine(
        int(line["id"]),
        int(line.get("product_id") or 0),
        int(line.get("variant_id") or 0),
        int(line["quantity"]),
        int(line.get("quantity_shipped") or 0),
        int(line.get("quantity_refunded") or 0),
        str(line.get("type") or "physical") == "physical",
        str(line.get("sku") or ""),
        str(line.get("name") or ""),
    )


def _lines(reader: Reader, number: int, record: Json) -> list[Json]:
    """Return the lines that came with an order, or, where some are missing, ask for them."""
    there = {int(line["id"]): line for line in _in_consignments(record.get("consignments") or {})}
    total = int(record["items_total"])
    page = 1
    while sum(int(line["quantity"]) for line in there.values()) != total:
        more = reader.records(f"/orders/{number}/products", limit=PAGE, page=page)
        new = {int(line["id"]): line for line in more}
        if not new.keys() - there.keys():
            break
        there |= new
        page += 1
    return [there[line] for line in sorted(there)]


def _in_consignments(consignments: Json) -> Iterator[Json]:
    parts: list[Any] = [consignments.get(kind) for kind in ("shipping", "pickups", "downloads")]
    parts.append((consignments.get("email") or {}).get("gift_certificates"))
    for part in parts:
        for each in part or ():
            yield from each.get("line_items") or ()


def _ms(text: str) -> int:
    moment = parsedate_to_datetime(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()) * 1_000
