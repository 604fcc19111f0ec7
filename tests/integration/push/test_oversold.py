"""A unit that was sold at the till and on the web is noticed, and why is told."""

from tests.fakes.history import FakeHistory
from tests.order_house import OrderHouse, a_mug, a_shirt
from tillbridge.domain.autopsy.assembling import Noticed, timeline_of
from tillbridge.domain.autopsy.causes import Cause
from tillbridge.domain.autopsy.verdict import verdicts
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder

MUG = PosProductId("p-mug")


def _lines(house: OrderHouse) -> list[ProductLine]:
    history = house.tables.history
    assert isinstance(history, FakeHistory)
    return history.lines


def _debts(house: OrderHouse) -> list[tuple[str | None, int]]:
    """Return the debts that were noticed, oldest first."""
    found: list[Oversold] = list(house.tables.oversold.latest(house.connection.store, 9))
    return [(each.holder.variant, each.debt) for each in reversed(found)]


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


def test_what_the_pos_has_booked_and_not_answered_is_nobodys_debt() -> None:
    """The record lacks the unit already, and the order still owes it: counted twice, it is too little on
    sale for a moment, and nothing that was sold twice."""
    with OrderHouse() as house:
        house.has_linked(a_mug(1))
        order = house.buys(MUG)
        house.sweeps()
        answer = house.asks(order)
        house.settle()
        assert house.offered(MUG) == 0
        house.hears(order, answer)
        house.sweeps()

        assert _debts(house) == []
        assert house.link(MUG).debt == 0


def test_a_debt_is_noticed_though_the_pos_has_not_answered_for_the_rest() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(1))
        order = house.buys(MUG)
        house.sweeps()
        house.asks(order)
        house.pos.stock_adjustment([{"product_id": "p-mug", "delta": "-1"}])
        house.settle()

        assert _debts(house) == [(None, 1)]


def test_the_debt_of_one_variant_hides_behind_no_other() -> None:
    with OrderHouse() as house:
        house.has_linked(a_shirt(s=1, m=1))
        house.buys("p-shirt", variant="v-s")
        house.sells_at_the_till("p-shirt", variant="v-s")
        house.settle()
        house.sweeps()
        assert _debts(house) == [("v-s", 1)]

        house.hook(house.buys("p-shirt", variant="v-m"))
        house.receives("p-shirt", 1, "v-s")
        house.sells_at_the_till("p-shirt", variant="v-m")
        house.settle()
        house.sweeps()

        assert _debts(house) == [("v-s", 1), ("v-m", 1)]
        assert house.link("p-shirt").debt == 1


def test_a_debt_that_comes_back_is_noticed_again() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(1))
        house.buys(MUG)
        house.sells_at_the_till(MUG)
        house.settle()
        house.sweeps()
        house.receives(MUG, 1)
        house.settle()
        assert [line.did for line in _lines(house)][-1] is Did.LOWERED_DEBT
        house.sells_at_the_till(MUG)
        house.settle()

        assert _debts(house) == [(None, 1), (None, 1)]


def test_a_look_that_finds_a_sale_first_says_that_it_was_one() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(1))
        house.buys(MUG)
        house.hook("all")
        house.sells_at_the_till(MUG)
        house.settle()

        (line,) = [line for line in _lines(house) if line.did is Did.RAISED_DEBT]
        assert line.lane == "ordered"
        assert line.because is not None
        assert line.because.first.type == "sale.completed"


def test_a_debt_whose_line_was_lost_is_explained_by_its_row() -> None:
    with OrderHouse() as house:
        house.has_linked(a_mug(1))
        house.buys(MUG)
        house.sells_at_the_till(MUG)
        house.settle()
        house.sweeps()

        (debt,) = house.tables.oversold.latest(house.connection.store, 9)
        lines = [line for line in _lines(house) if line.version < debt.version]
        noticed = Noticed(
            debt.holder, debt.debt, debt.at_ms, version=debt.version, level=debt.level
        )
        timeline = timeline_of(noticed, lines, [])
        assert timeline is not None
        assert verdicts(timeline)[0].reproduces
