"""Comparing POS and store: the entry point of this package."""

import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from cli.counted import counted
from cli.verify.model import Json, Mismatch, PosSide, Progress, StoreSide, Touch, Verdict
from cli.verify.order_model import OrdersSide
from cli.verify.order_reader import open_orders
from cli.verify.owned import Snapshot, compare_owned, snapshot_owned
from cli.verify.pos_reader import PosReader, open_pos
from cli.verify.product import differences
from cli.verify.promised import NONE_PROMISED, ByVariant
from cli.verify.reading import Reader
from cli.verify.store_reader import Online, open_store, read_products, read_store
from cli.verify.verdict import Found, link_is, sort_out
from cli.verify.web_orders import OrderReaders, WebOrders

PAUSE_SECONDS = 0.25
COMPARED_STATUSES = ("linked", "pending", "failed")
"""Statuses whose links are compared when they name a BigCommerce product."""


@dataclass(frozen=True, slots=True)
class _Readers:
    """The readers of both sides."""

    pos: PosReader
    store: Reader


@dataclass(slots=True)
class _Sides:
    """The data read from both sides."""

    records: dict[str, Json]
    online: Online
    orders: WebOrders | None = None

    @property
    def orders_wrong(self) -> int:
        """How many orders break a promise, as it seems."""
        return len(self.orders.wrong) if self.orders else 0


def verify(
    pos: PosSide,
    store: StoreSide,
    links: Sequence[Json],
    settings: Json,
    *,
    before: Snapshot | None = None,
    orders: OrdersSide | None = None,
    settle_seconds: float = 20.0,
    progress: Progress | None = None,
) -> Verdict:
    """Compare both sides, field by field. Raise ReadFailedError when one cannot be read.

    links: {pos_id, bc_id|None, status linked|pending|failed|broken|creating, variants {POS variant
    id: BigCommerce variant id}, code, words, notes[]}; an image whose address is in a note counts
    as a visible failure. settings: {outlets[], safety_stock, fields{field: mode}}, all optional;
    only fields that are `on` (the default) are compared. before: see `snapshot_owned`. orders: None
    where web orders are off; then no order is read.
    Products and orders that seem to differ are read again before they are reported, and while stock may
    still arrive, until `settle_seconds` have passed.
    """
    began = time.monotonic()
    say = progress or (lambda _words: None)
    with ExitStack() as stack:
        readers = _Readers(
            stack.enter_context(open_pos(pos)), stack.enter_context(open_store(store))
        )
        sides = _read(readers, store.location_id, say)
        if orders is not None:
            say("Reading the web orders of all who know them")
            of_orders = stack.enter_context(open_orders(store))
            sides.orders = WebOrders(
                orders, store, OrderReaders(of_orders, readers.store, readers.pos.http), links
            )
            sides.orders.read()
        say("Comparing field by field")
        compared = [link for link in links if _is_compared(link)]
        found = _compare(compared, sides, settings)
        refused = {link["pos_id"] for link in links if link_is(link, "failed")}
        deadline = time.monotonic() + settle_seconds
        while found.suspects or sides.orders_wrong:
            say(f"Reading {_suspects(found, sides)} again before reporting them")
            again = [link for link in compared if link["pos_id"] in found.suspects]
            _read_again(readers, store.location_id, again, sides)
            found = _compare(again, sides, settings)
            if not found.may_settle(refused) or time.monotonic() > deadline:
                break
            time.sleep(PAUSE_SECONDS)  # - BigCommerce writes stock late
    verdict = sort_out(links, compared, sides.records, sides.online.products, found)
    if sides.orders is not None:
        sides.orders.report(verdict)
    if before is not None:
        say("Reading what belongs to BigCommerce")
        verdict.bigcommerce_owned_touched = _touched(before, store, links)
        verdict.owned_compared = True
    verdict.seconds = round(time.monotonic() - began, 3)
    return verdict


def _read(readers: _Readers, location_id: int, say: Progress) -> _Sides:
    say("Reading all products of the POS")
    records = readers.pos.all_records()
    say("Reading all products of the web store")
    return _Sides(records, read_store(readers.store, location_id))


def _touched(before: Snapshot, store: StoreSide, links: Sequence[Json]) -> list[Touch]:
    deleted = {int(link["bc_id"]) for link in links if link_is(link, "broken") and link["bc_id"]}
    return compare_owned(before, snapshot_owned(store), deleted_by_people=deleted)


def _is_compared(link: Json) -> bool:
    return link["status"] in COMPARED_STATUSES and link.get("bc_id") is not None


def _compare(links: Iterable[Json], sides: _Sides, settings: Json) -> Found:
    found = Found()
    for link in links:
        record = sides.records.get(link["pos_id"])
        product = sides.online.products.get(int(link["bc_id"]))
        if product is None:
            found.missing.append(link)
        elif record is None:
            found.differing[link["pos_id"]] = [_unknown_to_pos(link, product)]
        elif differing := list(
            differences(link, record, product, sides.online, settings, _promised(record, sides))
        ):
            found.differing[link["pos_id"]] = differing
    return found


def _promised(record: Json, sides: _Sides) -> ByVariant:
    return sides.orders.promised(record) if sides.orders else NONE_PROMISED


def _suspects(found: Found, sides: _Sides) -> str:
    orders = f" and {counted(sides.orders_wrong, 'order')}" if sides.orders_wrong else ""
    return f"{counted(len(found.suspects), 'product')}{orders}"


def _unknown_to_pos(link: Json, product: Json) -> Mismatch:
    words = f"{product['name']}: the POS no longer knows this product, but it is still linked."
    return Mismatch(link["pos_id"], link["bc_id"], "product", "unknown", "there", words)


def _read_again(readers: _Readers, location_id: int, links: Sequence[Json], sides: _Sides) -> None:
    if sides.orders is not None:
        sides.orders.again()  # - first: a level follows an order, never the other way round
    sides.records |= readers.pos.records_of([link["pos_id"] for link in links])
    ids = {int(link["bc_id"]) for link in links}
    fresh = read_products(readers.store, location_id, ids)
    for gone in ids - set(fresh.products):
        sides.online.products.pop(gone, None)
    sides.online.products |= fresh.products
    sides.online.brands |= fresh.brands
    sides.online.product_levels |= fresh.product_levels
    sides.online.variant_levels |= fresh.variant_levels
