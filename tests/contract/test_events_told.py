"""The golden events of web orders are what Tillbridge tells."""

import json
from dataclasses import replace

import pytest

from tests.contract.event_schemas import ROOT
from tillbridge.domain.ids import (
    PosProductId,
    StoreId,
    StoreProductId,
    WebLineId,
    WebOrderId,
)
from tillbridge.domain.outward_events import OutwardEvent, OversoldEvent
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.finding import Sight, found
from tillbridge.domain.web_orders.order_events import SOURCE, OrderEvent, OrderEventType
from tillbridge.domain.web_orders.shown import OrderStatus, WebLine, WebOrder

DEMO = StoreId("demo")
NUMBER = WebOrderId(250)
PLACED_MS = 1_795_287_607_000
FOUND_MS = PLACED_MS + 5_000
HOLDER = Holder(PosProductId("p-1003"))
SIGHT = Sight(FOUND_MS, {(StoreProductId(111), None): HOLDER}, "o-main")
LINE = WebLine(WebLineId(194), StoreProductId(111), 2)
ORDER = WebOrder(NUMBER, OrderStatus.AWAITING_FULFILLMENT, PLACED_MS, PLACED_MS, (LINE,))

PLACED = found(None, ORDER, SIGHT)
SHIPPING = found(PLACED, replace(ORDER, status=OrderStatus.AWAITING_SHIPMENT), SIGHT)
REFUNDED = found(
    SHIPPING,
    replace(ORDER, status=OrderStatus.PARTIALLY_REFUNDED, lines=(replace(LINE, refunded=1),)),
    SIGHT,
)
TOLD: dict[str, OutwardEvent] = {
    kind.value: OrderEvent(kind, DEMO, entry, FOUND_MS)
    for kind, entry in (
        (OrderEventType.PLACED, PLACED),
        (OrderEventType.CHANGED, SHIPPING),
        (OrderEventType.REFUNDED, REFUNDED),
        (OrderEventType.BOOKED, PLACED),
        (OrderEventType.OVERDUE, PLACED),
    )
} | {"oversold": OversoldEvent(DEMO, Oversold(FOUND_MS, HOLDER, 1, version=7, orders=(NUMBER,)))}


@pytest.mark.parametrize("kind", TOLD)
def test_a_golden_event_is_what_is_told(kind: str) -> None:
    path = ROOT / "events" / "bus" / f"orders.{kind}.json"
    told = {"source": SOURCE, "detail-type": kind, "detail": TOLD[kind].detail()}
    assert json.loads(path.read_text(encoding="utf-8")) == told


def test_every_event_that_is_told_has_a_golden_one() -> None:
    golden = {path.stem for path in (ROOT / "events" / "bus").glob("orders.*.json")}
    assert golden == {f"orders.{kind}" for kind in TOLD}
