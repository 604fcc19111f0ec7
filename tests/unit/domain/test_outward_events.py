"""What others are told of what was oversold."""

from dataclasses import replace

import pytest

from tests.builders import JUMPER
from tests.contract.event_schemas import complaints
from tests.unit.domain.web_orders.orders import MEDIUM, NOW_MS, SMALL
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.outward_events import MOST_ORDERS, OversoldEvent
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.order_events import SOURCE

STORE = StoreId("harbour")
FIRST = WebOrderId(1041)
DEBT = Oversold(
    NOW_MS, Holder(JUMPER, SMALL), 2, version=7, name="Jumper", sku="J-S", orders=(FIRST,)
)
EVENT = OversoldEvent(STORE, DEBT)


@pytest.mark.parametrize("holder", [Holder(JUMPER, SMALL), Holder(JUMPER)])
def test_what_was_oversold_keeps_its_contract_with_however_many_orders(holder: Holder) -> None:
    many = tuple(WebOrderId(number) for number in range(1, 5_000))
    event = OversoldEvent(STORE, replace(DEBT, holder=holder, orders=many))
    entry = {"source": SOURCE, "detail-type": event.type, "detail": event.detail()}
    assert complaints(entry) == []
    assert event.detail()["data"]["orders"] == list(many[-MOST_ORDERS:])


def test_a_debt_that_is_noticed_twice_is_the_same_event() -> None:
    assert OversoldEvent(STORE, replace(DEBT, at_ms=NOW_MS + 60_000)).id == EVENT.id


def test_another_debt_is_another_event() -> None:
    others = [
        replace(DEBT, debt=3),
        replace(DEBT, version=8),
        replace(DEBT, holder=Holder(JUMPER, MEDIUM)),
        replace(DEBT, orders=(FIRST, WebOrderId(1042))),
    ]
    events = [EVENT, *(OversoldEvent(STORE, debt) for debt in others)]
    events.append(OversoldEvent(StoreId("lighthouse"), DEBT))
    assert len({event.id for event in events}) == 6
