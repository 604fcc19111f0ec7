"""What others are told of a web order."""

from dataclasses import replace

import pytest

from tests.contract.event_schemas import complaints
from tests.unit.domain.web_orders.orders import NOW_MS, a_line, an_entry
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.web_orders.order_events import SOURCE, OrderEvent, OrderEventType

STORE = StoreId("harbour")
BOOKED = OrderEvent(OrderEventType.BOOKED, STORE, an_entry(), NOW_MS)


@pytest.mark.parametrize("kind", list(OrderEventType))
def test_an_event_keeps_its_contract_whatever_the_order_holds(kind: OrderEventType) -> None:
    custom = replace(a_line(2), product=None, variant=None, sku="ENGRAVED")
    entry = an_entry(a_line(), custom, status=5, number="", payment="Visa of Anna")
    event = OrderEvent(kind, STORE, entry, NOW_MS)
    entries = {"source": SOURCE, "detail-type": kind.value, "detail": event.detail()}
    assert complaints(entries) == []
    assert "Anna" not in str(entries)


def test_the_same_news_has_the_same_id_whenever_it_is_told() -> None:
    assert replace(BOOKED, occurred_ms=NOW_MS + 1).id == BOOKED.id


def test_other_news_has_another_id() -> None:
    told = BOOKED.entry.told
    assert told is not None
    another = replace(BOOKED.entry.order, id=WebOrderId(7))
    others = [
        replace(BOOKED, type=OrderEventType.OVERDUE),
        replace(BOOKED, store=StoreId("lighthouse")),
        replace(BOOKED, entry=replace(BOOKED.entry, told=replace(told, revision=2))),
        replace(BOOKED, entry=replace(BOOKED.entry, order=another)),
    ]
    assert len({event.id for event in [BOOKED, *others]}) == 5
