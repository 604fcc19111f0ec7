"""Others are told of web orders when they are read: once, at least once through kills, and at no cost to
stock or orders."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import STORE
from tests.contract.event_schemas import complaints
from tests.faults import Faults, Planted
from tests.knife.orders import MUG, VASE, Sold, a_mug
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.ids import PosProductId, StoreId, WebOrderId
from tillbridge.domain.outward_events import OutwardEvent
from tillbridge.domain.web_orders.order_events import SOURCE
from tillbridge.domain.web_orders.shown import OrderStatus
from tillbridge.ports.order_book import NewEntry
from tillbridge.usecases.push.orders import telling
from tillbridge.usecases.push.slice.history import SliceHistory

PLACED, CHANGED, REFUNDED = "web_order.placed", "web_order.changed", "web_order.refunded"
OVERSOLD = "oversold"
A_KILL_S = 200
"""After so long the turn of a slice that was killed is over."""


class Killed(BaseException):
    """The process dies."""


def _world(mode: WebOrderMode = WebOrderMode.LEDGER) -> Sold:
    return Sold(mode)


def _told(world: Sold) -> list[tuple[str, Any]]:
    return [(str(each.type), *each.about.values()) for each in world.order_events.told]


def _push(world: Sold, after_s: float = 60) -> None:
    world.clock.advance(after_s)
    world.push_until_quiet()


def _dies_at_the_book(world: Sold, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a slice die after it told others, before it keeps anything; then its turn is over."""

    def dies(store: StoreId, entries: Sequence[NewEntry]) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(world.order_book, "write", dies)
        with pytest.raises(Killed):
            world.push()
    world.clock.advance(A_KILL_S)


@pytest.mark.parametrize("mode", [WebOrderMode.LEDGER, WebOrderMode.POS])
def test_an_order_is_told_placed_changed_and_refunded_each_once(mode: WebOrderMode) -> None:
    world = _world(mode)
    order = world.orders(1041, {MUG: 2})
    _push(world)
    world.changes_order(1041, status=OrderStatus.AWAITING_SHIPMENT)
    _push(world)
    refunded = tuple(replace(line, refunded=1) for line in order.lines)
    world.changes_order(1041, status=OrderStatus.PARTIALLY_REFUNDED, lines=refunded)
    _push(world)
    world.changes_order(1041, status=OrderStatus.CANCELLED, lines=refunded)
    _push(world)
    assert _told(world) == [
        (PLACED, 1041),
        (CHANGED, 1041),
        (REFUNDED, 1041),
        (CHANGED, 1041),
    ]
    details = [each.detail() for each in world.order_events.told]
    assert [each["data"]["order"]["status_id"] for each in details] == [11, 9, 14, 5]
    assert [each["data"]["order"]["change"] for each in details] == [0, 1, 2, 3]
    assert len({each["metadata"]["event_id"] for each in details}) == 4
    entries = [
        {"source": SOURCE, "detail-type": str(each.type), "detail": each.detail()}
        for each in world.order_events.told
    ]
    assert [complaints(entry) for entry in entries] == [[]] * 4


def test_a_page_is_told_at_once_and_what_is_read_again_is_not() -> None:
    world = _world()
    for number in range(1, 5):
        world.orders(number, {MUG: 1})
    _push(world)
    assert world.order_events.calls == [4]
    for number in range(1, 5):
        world.hook(number)
    _push(world)
    world.changes_order(3)
    _push(world)
    assert world.order_events.calls == [4]


def test_an_incomplete_order_is_told_when_it_is_placed() -> None:
    world = _world()
    world.orders(1041, {MUG: 1})
    world.changes_order(1041, status=OrderStatus.INCOMPLETE)
    _push(world)
    assert _told(world) == []
    world.changes_order(1041, status=OrderStatus.AWAITING_FULFILLMENT)
    _push(world)
    assert _told(world) == [(PLACED, 1041)]


def test_an_order_from_before_web_orders_were_on_is_not_told() -> None:
    world = _world()
    world.orders(1041, {MUG: 1})
    since = world.clock.now_ms() + 60_000
    world.stores.save_connection(replace(world.connection, web_orders_since_ms=since))
    _push(world)
    assert _told(world) == []


def test_a_store_whose_orders_are_not_read_tells_nobody_of_anything() -> None:
    world = _world(WebOrderMode.OFF)
    world.orders(1041, {MUG: 1})
    world.happens("sale.completed", a_mug(-3, version=2))
    _push(world)
    assert world.link(MUG).debt == 3
    assert world.order_events.calls == []


def test_a_store_without_orders_tells_nobody_of_anything() -> None:
    world = _world()
    world.happens("sale.completed", a_mug(4, version=2))
    _push(world, 400)
    assert world.order_events.calls == []


def test_what_was_told_before_a_kill_is_told_again_under_the_same_ids(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = _world()
    world.orders(1, {MUG: 1})
    _push(world)
    world.order_events.told.clear()
    world.changes_order(1, status=OrderStatus.AWAITING_SHIPMENT)
    world.orders(2, {VASE: 1})
    _dies_at_the_book(world, monkeypatch)
    before = [(str(each.type), each.id) for each in world.order_events.told]
    assert _told(world) == [(CHANGED, 1), (PLACED, 2)]
    world.order_events.told.clear()
    _push(world)
    assert [(str(each.type), each.id) for each in world.order_events.told] == before


def test_what_changed_after_a_kill_is_told_as_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    world = _world()
    world.orders(1, {MUG: 1})
    _dies_at_the_book(world, monkeypatch)
    world.changes_order(1, status=OrderStatus.CANCELLED)
    _push(world)
    first, second = world.order_events.told
    assert [str(first.type), str(second.type)] == [PLACED, PLACED]
    assert first.id != second.id
    assert second.detail()["data"]["order"]["status_id"] == OrderStatus.CANCELLED


def test_an_entry_that_the_book_refuses_is_told_again_under_the_same_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = _world()
    world.orders(1, {MUG: 1})
    write, refusals = world.order_book.write, [{WebOrderId(1)}]

    def refuses_once(store: StoreId, entries: Sequence[NewEntry]) -> object:
        return refusals.pop() if refusals else write(store, entries)

    monkeypatch.setattr(world.order_book, "write", refuses_once)
    _push(world)
    assert _told(world) == [(PLACED, 1), (PLACED, 1)]
    assert len({each.id for each in world.order_events.told}) == 1


def _refused_by_the_bus(world: Sold, monkeypatch: pytest.MonkeyPatch) -> None:
    world.order_events.takes = lambda _: False


def _a_bug_in_the_adapter(world: Sold, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(events: Sequence[OutwardEvent]) -> Sequence[OutwardEvent]:
        raise Planted("the bus")

    monkeypatch.setattr(world.order_events, "tell", fails)


@pytest.mark.parametrize("trouble", [_refused_by_the_bus, _a_bug_in_the_adapter])
def test_a_bus_in_trouble_holds_back_neither_stock_nor_orders_and_is_counted(
    trouble: Any,
    monkeypatch: pytest.MonkeyPatch,
    faults: Faults,
    caplog: pytest.LogCaptureFixture,
) -> None:
    faults.planted = True
    world = _world()
    trouble(world, monkeypatch)
    world.orders(1041, {MUG: 2})
    world.happens("sale.completed", a_mug(9, version=2))
    record = world.push()
    assert WebOrderId(1041) in world.order_book.kept(STORE, [WebOrderId(1041)])
    assert world.link(MUG).level == 7
    assert (world.order_events.told, record.untold) == ([], 1)
    (line,) = [each for each in caplog.records if each.message == "others were not told"]
    assert (vars(line)["store_id"], vars(line)["order_id"]) == (STORE, 1041)


def test_a_bug_that_makes_an_event_holds_back_neither_stock_nor_orders(
    monkeypatch: pytest.MonkeyPatch, faults: Faults
) -> None:
    def fails(*_: object) -> None:
        raise Planted("news")

    faults.planted = True
    monkeypatch.setattr(telling, "news", fails)
    world = _world()
    world.orders(1041, {MUG: 2})
    _push(world)
    assert WebOrderId(1041) in world.order_book.kept(STORE, [WebOrderId(1041)])
    assert len(faults.noted) == 1


def test_a_bus_in_trouble_is_asked_once_a_slice_and_again_in_the_next() -> None:
    world = _world()
    world.web.web_orders.a_page = 50
    world.order_events.takes = lambda _: False
    for number in range(1, 171):
        world.orders(number, {MUG: 1}, taken=False)
    world.clock.advance(400)
    record = world.push()
    assert world.order_events.calls == [50]
    assert record.untold == 170 + 1, "every order, and that they are more than there is"
    world.order_events.takes = lambda _: True
    world.changes_order(1, status=OrderStatus.CANCELLED)
    _push(world)
    assert _told(world) == [(CHANGED, 1)]


def test_a_line_that_is_gone_is_told_as_owing_nothing() -> None:
    world = _world()
    world.orders(1041, {MUG: 1, VASE: 1})
    _push(world)
    world.changes_order(1041, lines=world.web.web_orders.orders[WebOrderId(1041)].lines[:1])
    _push(world)
    lines = world.order_events.told[-1].detail()["data"]["lines"]
    assert {each["product_id"]: each["owed"] for each in lines} == {MUG: 1, VASE: 0}


# --- oversold --------------------------------------------------------------------------------------


def _oversold(world: Sold) -> list[OutwardEvent]:
    return [each for each in world.order_events.told if each.type == OVERSOLD]


def _sold_out() -> Sold:
    world = _world()
    world.orders(1041, {VASE: 3})
    _push(world)
    return world


def _vase(stock: int, version: int) -> Any:
    return replace(a_mug(stock, version=version), id=VASE, name="Vase", sku="VASE")


def test_a_debt_that_rises_is_told_with_its_orders_and_once() -> None:
    world = _sold_out()
    world.happens("sale.completed", _vase(1, version=2))
    _push(world)
    (event,) = _oversold(world)
    assert event.detail()["data"] == {
        "product_id": VASE,
        "variant_id": None,
        "units": 2,
        "orders": [1041],
    }
    world.happens("sale.completed", _vase(1, version=3))
    _push(world)
    assert _oversold(world) == [event]
    world.happens("sale.completed", _vase(0, version=4))
    _push(world)
    first, second = _oversold(world)
    assert second.detail()["data"]["units"] == 3
    assert first.id != second.id


def test_a_debt_that_is_noticed_again_after_a_kill_is_the_same_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = _sold_out()
    world.happens("sale.completed", _vase(1, version=2))

    stocked = world.links.stocked

    def dies(*arguments: Any) -> Sequence[PosProductId]:
        if _oversold(world):
            raise Killed
        return stocked(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(world.links, "stocked", dies)
        patch.setattr(SliceHistory, "flush", lambda _: None)  # a kill lets nothing more be kept
        with pytest.raises(Killed):
            world.push()
    _push(world, A_KILL_S)
    first, *others = _oversold(world)
    assert others
    assert {each.id for each in others} == {first.id}


def test_a_debt_that_cannot_be_told_is_noticed_all_the_same() -> None:
    world = _sold_out()
    world.order_events.takes = lambda _: False
    world.happens("sale.completed", _vase(1, version=2))
    record = world.push()
    assert (world.link(VASE).debt, record.oversold, record.untold) == (2, 2, 1)
    assert len(world.oversold.latest(STORE, 9)) == 1
