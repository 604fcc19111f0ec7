"""What follows a look, and when a level is written."""

from dataclasses import replace

from tillbridge.domain.web_orders.looking import (
    AfterLook,
    Looked,
    LowLook,
    after_look,
    expected_online,
    must_write,
    orders_are_fresh,
)

FIRST = LowLook(at_ms=1_000, version=7)
SECOND = Looked(online=2, level=3, version=7, at_ms=31_000, orders_read_ms=30_000)


def test_too_much_online_is_lowered_at_once() -> None:
    assert after_look(replace(SECOND, online=4), None) is AfterLook.LOWER
    assert after_look(replace(SECOND, online=3), FIRST) is AfterLook.DONE


def test_too_little_is_raised_after_a_second_look_with_the_orders_read_between() -> None:
    assert after_look(SECOND, None) is AfterLook.LOOK_AGAIN
    assert after_look(SECOND, FIRST) is AfterLook.RAISE
    assert after_look(replace(SECOND, at_ms=30_999), FIRST) is AfterLook.LOOK_AGAIN
    assert after_look(replace(SECOND, orders_read_ms=1_000), FIRST) is AfterLook.LOOK_AGAIN
    assert after_look(replace(SECOND, version=8), FIRST) is AfterLook.LOOK_AGAIN


def test_a_level_that_is_expected_online_is_not_written() -> None:
    assert expected_online(5, 2) == 3
    assert expected_online(1, 2) == 0
    assert expected_online(None, 2) is None
    assert not must_write(3, 3)
    assert must_write(3, 4)
    assert must_write(3, None)
    assert must_write(3, 3, force=True)


def test_a_view_of_the_orders_is_fresh_for_two_seconds() -> None:
    assert orders_are_fresh(1_000, 3_000)
    assert not orders_are_fresh(1_000, 3_001)
