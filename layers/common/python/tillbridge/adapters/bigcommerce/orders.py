"""The port WebOrders over BigCommerce's REST API: one object per store and slice."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, override

from pydantic_core import PydanticCustomError

from tillbridge.adapters.bigcommerce.answer import (
    Answer,
    UnreadableAnswerError,
    UnreadableRecordError,
)
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.pages import PAGE, every
from tillbridge.adapters.bigcommerce.store_client import StoreClient
from tillbridge.adapters.bigcommerce.wire_order import (
    OrderRecord,
    read_inventory_settings,
    read_order,
    read_order_id,
    read_refund,
    time_ms,
)
from tillbridge.adapters.bigcommerce.wire_order_lines import LineRecord, read_order_line
from tillbridge.domain.errors import Gone, Refused
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.ports.web_orders import InventorySettings, OddOrder, OrdersPage, WebOrders

log = logging.getLogger(__name__)

SMALLEST_PAGE = 50
"""The smallest page that a store is known to answer with while more follows: v2's default limit."""

_WITH_LINES = {"include": "consignments.line_items", "consignment_structure": "object"}


class BigCommerceOrders(StoreClient, WebOrders):
    """The orders of the store `store_hash` at `api_url`, readable until `deadline_ms` (epoch ms)."""

    @override
    def changed(self, since_ms: int, start: WebOrderId) -> OrdersPage:
        query = {
            # With a bare date, v2 answers with all orders.
            "min_date_modified": _iso(since_ms),
            "min_id": str(start),
            "sort": "id:asc",
            "limit": str(PAGE),
            **_WITH_LINES,
        }
        call = Call("GET", "/orders", query=query, version="v2")
        answer = self._transport.send(call, lambda got: (_records(got), got))
        records, told_ms = answer[0], _date_ms(answer[1])
        if not records:
            return OrdersPage((), (), None, told_ms)
        read = [self._read(record) for record in records]
        ids = [each.id for each in read if each.id is not None and each.id >= start]
        if not ids:
            # Read again from here, it would come the same: nothing says that this is the end.
            raise Refused(
                200, "its list of orders does not go on from the id that it was asked for"
            )
        return OrdersPage(
            tuple(each for each in read if isinstance(each, WebOrder)),
            tuple(each for each in read if isinstance(each, OddOrder)),
            WebOrderId(max(ids) + 1) if len(records) >= SMALLEST_PAGE else None,
            told_ms,
        )

    @override
    def order(self, order: WebOrderId) -> WebOrder | OddOrder | None:
        call = Call("GET", "/orders/{id}", {"id": order}, _WITH_LINES, version="v2")
        try:
            return self._read(self._transport.send(call, _body))
        except Gone:
            return None

    @override
    def refunded(self, since_ms: int) -> Sequence[WebOrderId]:
        found = every(
            self._transport,
            "/orders/payment_actions/refunds",
            read_refund,
            query={"created:min": _iso(since_ms)},
        )
        return sorted({WebOrderId(refund.order_id) for refund in found})

    @override
    def inventory_settings(self, channel: int | None = None) -> InventorySettings:
        query = {} if channel is None else {"channel_id": str(channel)}
        call = Call("GET", "/settings/inventory", query=query)
        found = self._transport.send(call, lambda answer: read_inventory_settings(answer.data))
        when = found.update_stock_behavior
        return InventorySettings(
            at_placing=when == "order_placed" if when else None,
            on_edit=found.edit_order_stock_adjustment,
            on_refund=found.refund_order_stock_adjustment,
        )

    def _read(self, raw: Any) -> WebOrder | OddOrder:
        """Return an order with all its lines, or why it cannot be read: one that is odd hides no
        other."""
        try:
            order = read_order(raw)
            return order.as_read(self._lines(order))
        except UnreadableRecordError as error:
            return OddOrder(_id_of(raw), f"BigCommerce's order cannot be read: {error}.")
        except Refused as error:
            return OddOrder(_id_of(raw), f"Its lines cannot be read: {error}")

    def _lines(self, order: OrderRecord) -> tuple[LineRecord, ...]:
        if _units(order.lines) == order.items_total:
            return order.lines
        found: dict[int, LineRecord] = {}
        page = 1
        while True:
            query = {"limit": str(PAGE), "page": str(page)}
            call = Call("GET", "/orders/{id}/products", {"id": order.id}, query, version="v2")
            records = self._transport.send(call, _records)
            lines = {line.id: line for line in map(read_order_line, records)}
            new = lines.keys() - found.keys()
            found |= lines
            every_line = tuple(found[number] for number in sorted(found))
            if _units(every_line) == order.items_total:
                return every_line
            if not new:
                # Taken as it stands: an order that is not read at all has all its units sold again.
                told = {"order_id": order.id, "units": _units(every_line), "of": order.items_total}
                log.warning("BigCommerce shows not all lines of an order", extra=told)
                return every_line
            page += 1


def _units(lines: Sequence[LineRecord]) -> int:
    return sum(line.quantity for line in lines)


def _records(answer: Answer) -> list[Any]:
    """Return the records of a list of v2, which has no envelope. A body that is no list is no end."""
    if answer.status == 204:
        return []
    if not isinstance(answer.body, list):
        raise UnreadableAnswerError("the answer has no list of records")
    return answer.body


def _body(answer: Answer) -> Any:
    if not isinstance(answer.body, dict):
        raise UnreadableAnswerError("the answer has no order")
    return answer.body


def _id_of(raw: Any) -> WebOrderId | None:
    try:
        return WebOrderId(read_order_id(raw).id)
    except UnreadableRecordError:
        return None


def _date_ms(answer: Answer) -> int | None:
    try:
        return time_ms(answer.headers.get("Date"))
    except PydanticCustomError:
        return None


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1_000, UTC).isoformat()
