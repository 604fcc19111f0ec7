"""Stock goes alone and first; all other calls go side by side."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, Event, Lock

import pytest

from tillbridge.domain.errors import LostReply, StoreDown
from tillbridge.usecases.push.slice.right_of_way import RightOfWay, StockStopped


@dataclass
class Till:
    """Sales that wait, and a right of way that sends them."""

    sales: int = 0
    log: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def way(self, wave: int = 3) -> RightOfWay:
        return RightOfWay(wave, is_due=lambda: self.sales > 0, push=self._push)

    def note(self, what: str) -> None:
        with self._lock:
            self.log.append(what)

    def _push(self) -> None:
        self.sales -= 1
        self.note("stock")


def test_a_sale_goes_before_the_next_call() -> None:
    till = Till()
    way = till.way()
    for sales in (0, 1, 0):
        till.sales += sales
        with way.call():
            till.note("content")
    assert till.log == ["content", "stock", "content", "content"]


@pytest.mark.parametrize("sales", [2, 100])
def test_however_many_sales_come_a_call_follows_each_stock_call(sales: int) -> None:
    till = Till(sales=sales)
    way = till.way(wave=1)
    for _ in range(sales):
        with way.call():
            till.note("content")
    assert till.log == ["stock", "content"] * sales


def test_after_stock_that_went_between_two_pages_a_wave_goes_without_another_look() -> None:
    till = Till(sales=9)
    way = till.way(wave=2)
    assert way.let_stock_go()
    with ThreadPoolExecutor(2) as pool:
        together = Barrier(2)

        def call() -> None:
            with way.call():
                till.note("content")
                together.wait(5)

        for each in [pool.submit(call) for _ in range(2)]:
            each.result()
    assert till.log == ["stock", "content", "content"]


def test_stock_waits_for_the_calls_under_way_and_holds_up_those_to_come() -> None:
    till = Till()
    way = till.way()
    begun, may_end = Event(), Event()

    def slow() -> None:
        with way.call():
            begun.set()
            may_end.wait(5)
            till.note("slow")

    def next_one() -> None:
        with way.call():
            till.note("next")

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(slow)
        begun.wait(5)
        till.sales = 1
        others = [pool.submit(next_one) for _ in range(2)]
        may_end.set()
        for each in (first, *others):
            each.result()
    assert till.log == ["slow", "stock", "next", "next"]


def test_a_call_within_a_call_and_within_stock_has_the_right_of_way_already() -> None:
    way = RightOfWay(1)
    within: list[str] = []

    def push() -> None:
        with way.call():
            within.append("stock's own look")
        assert not way.let_stock_go()

    sales = iter([True, False])
    way.is_due, way.push = lambda: next(sales), push
    with way.call(), way.call():
        within.append("a look after a clash")
    assert within == ["stock's own look", "a look after a clash"]


@pytest.mark.parametrize("trouble", [StoreDown("down"), LostReply("lost"), KeyError("a bug")])
@pytest.mark.parametrize("how", ["before a call", "between two pages"])
def test_trouble_of_stock_is_not_taken_for_trouble_of_the_call_it_went_before(
    trouble: Exception, how: str
) -> None:
    def push() -> None:
        raise trouble

    way = RightOfWay(1, is_due=lambda: True, push=push)
    asks: Callable[[], object] = way.let_stock_go
    if how == "before a call":
        asks = way.call().__enter__
    with pytest.raises(StockStopped) as stopped:
        asks()
    assert stopped.value.trouble is trouble
    way.is_due = lambda: False
    with way.call():
        pass  # nobody waits for ever
