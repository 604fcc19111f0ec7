"""A unit that was sold at the till and on the web is noticed, and why is told."""

from tests.fakes.history import FakeHistory
from tests.order_house import OrderHouse, a_mug
from tillbridge.domain.autopsy.assembling import Noticed, timeline_of
from tillbridge.domain.autopsy.causes import Cause
from tillbridge.domain.autopsy.verdict import verdicts
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.web_orders.accounts import Holder

MUG = PosProductId("p-mug")


def _lines(house: OrderHouse) -> list[ProductLine]:
    history = house.tables.history
    assert isinstance(history, FakeHistory)
    return history.lines


def test_a_unit_that_till_and_web_sold_both_is_noticed_once_and_explained() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(1))
        house.clock.sleep(3)
        order = house.buys(MUG)
        house.clock.sleep(2)
        house.sells_at_the_till(MUG)
        house.settle()
        house.sweeps()

        (debt,) = house.tables.oversold.latest(house.connection.store, 9)
        assert (debt.debt, debt.orders, debt.name) == (1, (order,), "Mug")
        noticed = Noticed(Holder(MUG), 1, debt.at_ms)
        timeline = timeline_of(noticed, _lines(house), [])
        assert timeline is not None
        # The house's shops are quick: within one second nobody knows what came first.
        causes = {verdict.cause for verdict in verdicts(timeline) if verdict.reproduces}
        assert Cause.TILL_AFTER_WEB in causes
        assert causes <= {Cause.TILL_AFTER_WEB, Cause.WEB_AFTER_TILL}


def test_an_order_that_finds_its_units_makes_no_debt() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(2))
        house.buys(MUG)
        house.sweeps()

        assert house.tables.oversold.latest(house.connection.store, 9) == []
        assert Did.FOUND in [line.did for line in _lines(house)]
