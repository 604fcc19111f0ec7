"""Web orders are booked by the difference to what is booked already."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sandbox.pos.catalogue import Catalogue
from sandbox.pos.emitter import Emitter
from sandbox.pos.events import reference
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.stock_actions import StockActions, StockMove
from sandbox.pos.web_order_book import ZERO, HeldOrder, Unit, WebOrderBook
from sandbox.pos.web_order_documents import (
    Document,
    Staged,
    changes_of,
    document_of,
    kinds_of,
)
from sandbox.pos.web_order_inputs import WebLine, WebOrder


class WebOrderBooking(StockActions):
    """Books the web orders of an account, and announces what a booking moved."""

    catalogue: Catalogue
    emitter: Emitter
    web_orders: WebOrderBook

    def _units(self, order: WebOrder) -> dict[str, tuple[Unit, Decimal]]:
        """Return the units of each line. Raises PosRefusal for what the POS does not have."""
        outlets = {outlet.id for outlet in self.catalogue.outlets if outlet.active}
        if order.outlet_id not in outlets:
            raise refused("outlet_closed", "outlet_id", "There is no such open outlet.")
        for place, line in enumerate(order.lines):
            if not self._has(line):
                words = f"{line.name or line.sku or line.line_id} is not a product of this POS."
                raise refused("unknown_product", f"lines.{place}.product_id", words)
        if len({line.line_id for line in order.lines}) < len(order.lines):
            raise refused("refused", "lines", "A line_id occurs twice.")
        return {
            line.line_id: ((line.product_id or "", line.variant_id), line.units)
            for line in order.lines
        }

    def _has(self, line: WebLine) -> bool:
        product = self.catalogue.find(line.product_id or "")
        if product is None or product.deleted_at is not None:
            return False
        known: list[str | None] = [variant.id for variant in product.variants]
        return line.variant_id in (known or [None])

    def _book(
        self, held: HeldOrder, lines: Mapping[str, tuple[Unit, Decimal]], order: WebOrder
    ) -> tuple[Document, Staged] | None:
        """Book the difference between these units and what is booked, netted by unit, so that a line
        under a new id books nothing; return what to announce once the lock is free.

        Raises PosRefusal (422) for a product that is deleted by now, and then changes nothing.
        """
        commits = self.web_orders.booking == "committed" and order.state == "open"
        changes = changes_of(held, lines, commits=commits)
        moved = {unit: change for unit, change in changes.items() if change.moves}
        moves = [StockMove(*unit, held.outlet_id, each.of_level()) for unit, each in moved.items()]
        try:
            staged = self._stage(moves)
        except PosRefusal as refusal:
            raise refused("unknown_product", "lines", refusal.words) from refusal
        versions = {product.id: product.version for product in staged[0]}
        for unit, change in changes.items():
            if change.more:
                change.after.version = versions[unit[0]]
            elif not change.after.version:
                change.after.version = self.catalogue.get(unit[0]).version
        gone = {key: (unit, ZERO) for key, (unit, _) in held.lines.items() if key not in lines}
        held.by_unit = {unit: change.after for unit, change in changes.items()}
        held.lines = {**gone, **lines}
        held.state = "booked"
        held.documents += [
            {"id": f"web-{staged[1]}-{kind}", "kind": kind} for kind in kinds_of(changes)
        ]
        self.web_orders.put(held, self.catalogue.next_version())
        return (document_of(held.outlet_id, moved), staged) if moved else None

    def _announce(self, booked: tuple[Document, Staged] | None) -> None:
        """Send the event of a booking's document, if it moved anything."""
        if booked is not None:
            document, staged = booked
            self._emit(*document, staged)

    def _tell(self, held: HeldOrder) -> None:
        """Send web_order.booked: what now stands, without a document's contents."""
        effects = held.effects()
        lines = [{"line_id": each["line_id"], "units": each["units"]} for each in effects]
        told = {"external_id": held.external_id, "revision": held.revision, "lines": lines}
        ids = dict.fromkeys(each["product_id"] for each in effects)
        products = [reference(self.catalogue.get(product_id)) for product_id in ids]
        self.emitter.emit("web_order.booked", {"web_order": told}, products, sequence=held.version)


def refused(code: str, field: str, words: str) -> PosRefusal:
    """Return a refusal of one field of an order (422)."""
    return PosRefusal(code, words, more={"errors": [{"field": field, "detail": words}]})
