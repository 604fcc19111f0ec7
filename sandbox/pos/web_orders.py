"""Web orders at the POS: taken in once per revision, and booked by the difference to what is booked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sandbox.pos import levels
from sandbox.pos.catalogue import Catalogue
from sandbox.pos.emitter import Emitter
from sandbox.pos.events import reference
from sandbox.pos.faults import Faults
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.stock_actions import StockActions, StockMove
from sandbox.pos.web_order_book import (
    BOOKINGS,
    ZERO,
    Booking,
    HeldOrder,
    Unit,
    WebOrderBook,
)
from sandbox.pos.web_order_documents import (
    Document,
    Staged,
    changes_of,
    document_of,
    kinds_of,
)
from sandbox.pos.web_order_inputs import WebLine, WebOrder

type Data = dict[str, Any]

LONGEST_ID = 255


class WebOrderActions(StockActions):
    """The web orders of an account, and what people at the POS do to them."""

    catalogue: Catalogue
    emitter: Emitter
    faults: Faults
    web_orders: WebOrderBook

    def put_web_order(self, external_id: str, body: Data) -> Data:
        """Take in the state of an order, and book it unless a person does that later; return the answer.

        The same revision and body are answered as before and book nothing. Raises PosRefusal (409
        older_revision, 422) and pydantic.ValidationError, and then changes nothing.
        """
        sent = json.dumps(body, sort_keys=True)
        if len(external_id) > LONGEST_ID:
            raise _refused("refused", "external_id", f"An id has at most {LONGEST_ID} characters.")
        order = WebOrder.model_validate(body)
        with self.catalogue.lock:
            held = self.web_orders.find(external_id)
            if held is not None and order.revision <= held.revision:
                return _repeated(held, order.revision, sent)
            self.faults.refuse_web_order(order.revision)
            units = self._units(order)
            if held is None:
                held = HeldOrder(external_id, 0, "", order, order.outlet_id)
            booked = None
            if self.web_orders.booking == "by_person":
                held.state = "received"
                self.web_orders.put(held, self.catalogue.next_version())
            else:
                booked = self._book(held, units, order)
            held.revision, held.sent, held.asked = order.revision, sent, order
            told = held.answer()
        self._announce(booked)
        return told

    def web_orders_since(self, since: int, limit: int) -> Data:
        """Return a page of what is booked, oldest change first."""
        with self.catalogue.lock:
            return self.web_orders.page(since, limit)

    def set_booking(self, *, mode: Booking) -> Data:
        """Choose how the POS books web orders from now on. Raises PosRefusal for another mode."""
        if mode not in BOOKINGS:
            raise PosRefusal("invalid", f"The mode is one of {', '.join(BOOKINGS)}.")
        self.web_orders.booking = mode
        return {"mode": mode}

    def book_web_orders(self) -> Data:
        """Book every order that waits for a person; one event tells of each."""
        with self.catalogue.lock:
            waiting = self.web_orders.received()
            done = [
                (held, self._book(held, self._units(held.asked), held.asked)) for held in waiting
            ]
        for held, booked in done:
            self._announce(booked)
            self._tell(held)
        return {"booked": [held.external_id for held in waiting]}

    def change_booking(self, *, external_id: str, units: Mapping[str, str]) -> Data:
        """Book other units of a line than were asked, as a person does who voids (0) or corrects.

        Raises PosRefusal (404) for an unknown order or line.
        """
        with self.catalogue.lock:
            held = self.web_orders.find(external_id)
            if held is None or not held.lines.keys() >= units.keys():
                raise PosRefusal("not_found", "There is no such order or line.", status=404)
            lines = {key: (unit, count) for key, (unit, count) in held.lines.items()}
            lines |= {key: (lines[key][0], Decimal(count)) for key, count in units.items()}
            booked = self._book(held, lines, held.asked)
        self._announce(booked)
        self._tell(held)
        return {"effects": held.effects()}

    def sell_whole_shelf(
        self, *, product_id: str, variant_id: str | None = None, outlet_id: str = "o-main"
    ) -> Data:
        """Sell everything on hand at an outlet, also what is promised: a clerk sees goods on a shelf."""
        stock = levels.unit_stock(self.catalogue.get(product_id), variant_id)
        (level,) = [level for level in stock if level.outlet_id == outlet_id]
        line = {"product_id": product_id, "variant_id": variant_id, "quantity": level.on_hand}
        return self.sell([line], outlet_id=outlet_id)

    def _units(self, order: WebOrder) -> dict[str, tuple[Unit, Decimal]]:
        """Return the units of each line. Raises PosRefusal for what the POS does not have."""
        outlets = {outlet.id for outlet in self.catalogue.outlets if outlet.active}
        if order.outlet_id not in outlets:
            raise _refused("outlet_closed", "outlet_id", "There is no such open outlet.")
        for place, line in enumerate(order.lines):
            if not self._has(line):
                words = f"{line.name or line.sku or line.line_id} is not a product of this POS."
                raise _refused("unknown_product", f"lines.{place}.product_id", words)
        if len({line.line_id for line in order.lines}) < len(order.lines):
            raise _refused("refused", "lines", "A line_id occurs twice.")
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
            raise _refused("unknown_product", "lines", refusal.words) from refusal
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


def _repeated(held: HeldOrder, revision: int, sent: str) -> Data:
    """Return the answer that a revision had before. Raises PosRefusal for an older one, or for other
    contents under the same number."""
    if revision < held.revision:
        words = f"This order is already at revision {held.revision}."
        more = {"revision": held.revision}
        raise PosRefusal("older_revision", words, status=409, more=more)
    if held.sent and sent != held.sent:
        raise _refused("refused", "revision", "This revision was sent with other contents.")
    return held.answer()


def _refused(code: str, field: str, words: str) -> PosRefusal:
    return PosRefusal(code, words, more={"errors": [{"field": field, "detail": words}]})
