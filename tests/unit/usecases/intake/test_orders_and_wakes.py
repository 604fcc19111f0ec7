"""Bookings, orders that people ask for, and wakes mark no product."""

from tests.builders import STORE
from tests.unit.usecases.intake.messages import Intake
from tillbridge.domain.lanes import WEB_ORDER_BOOKED, Lane


def test_a_booking_has_the_pos_asked_what_it_booked_and_no_product_marked() -> None:
    intake = Intake()
    intake.takes(*(f"{WEB_ORDER_BOOKED} {STORE} p-{n} {n}" for n in (1, 2)))
    (row,) = intake.pending.rows
    assert (row.lane, row.product) == (Lane.BOOK, "#since")
    assert (intake.signals.signalled, intake.order_signals.signalled) == ([], [STORE])


def test_orders_that_a_person_has_count_are_read_by_the_drain() -> None:
    intake = Intake(STORE)
    intake.takes(f"order.requested {STORE} take 231 240 231")
    rows = [(row.lane, row.product, row.force) for row in intake.pending.rows]
    assert sorted(rows) == [(Lane.WEB, "231", True), (Lane.WEB, "240", True)]
    assert (intake.signals.signalled, intake.order_signals.signalled) == ([STORE], [])


def test_orders_that_the_pos_is_told_again_are_for_the_function_that_tells_it() -> None:
    intake = Intake(STORE)
    intake.takes(f"order.requested {STORE} retry 231")
    (row,) = intake.pending.rows
    assert (row.lane, row.product, row.force) == (Lane.BOOK, "231", True)
    assert (intake.signals.signalled, intake.order_signals.signalled) == ([], [STORE])
    assert intake.jobs.jobs == {}


def test_a_wake_for_orders_starts_nothing_else() -> None:
    intake = Intake()
    intake.takes(f"wake {STORE} orders")
    assert (intake.signals.signalled, intake.order_signals.signalled) == ([], [STORE])


def test_a_wake_signals_its_store_and_marks_nothing() -> None:
    intake = Intake()
    intake.takes(f"wake {STORE}")
    assert intake.signals.signalled == [STORE]
    assert not intake.rows()
