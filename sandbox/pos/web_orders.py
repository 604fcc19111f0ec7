"""Web orders at the POS: taken in once per revision, and what people do to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sandbox.pos import levels
from sandbox.pos.faults import Faults
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.web_order_book import BOOKINGS, Booking, HeldOrder
from sandbox.pos.web_order_booking import WebOrderBooking, refused
from sandbox.pos.web_order_inputs import WebOrder

type Data = dict[str, Any]

LONGEST_ID = 255


class WebOrderActions(WebOrderBooking):
    """The web orders of an account, and what people at the POS do to them."""

    faults: Faults

    def put_web_order(self, external_id: str, body: Data) -> Data:
        """Take in the state of an order, and book it unless a person does that later; return the answer.

        The same revision and body are answered as before and book nothing. Raises PosRefusal (409
        older_revision, 422) and pydantic.ValidationError, and then changes nothing.
        """
        sent = json.dumps(body, sort_keys=True)
        if len(external_id) > LONGEST_ID:
            raise refused("refused", "external_id", f"An id has at most {LONGEST_ID} characters.")
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


def _repeated(held: HeldOrder, revision: int, sent: str) -> Data:
    """Return the answer that a revision had before. Raises PosRefusal for an older one, or for other
    contents under the same number."""
    if revision < held.revision:
        words = f"This order is already at revision {held.revision}."
        more = {"revision": held.revision}
        raise PosRefusal("older_revision", words, status=409, more=more)
    if held.sent and sent != held.sent:
        raise refused("refused", "revision", "This revision was sent with other contents.")
    return held.answer()
