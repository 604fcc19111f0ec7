"""The cursor of orders moves only as far as a whole reading is certain of."""

from tillbridge.domain.order_cursor import (
    OVERLAP_MS,
    QUIET_MS,
    OrdersRead,
    ReadSoFar,
    began_to_count,
    cursor_after,
    since,
    with_page,
)


def test_each_reading_looks_back() -> None:
    assert since(1_000_000) == 1_000_000 - OVERLAP_MS
    assert since(5) == 0


def test_the_cursor_is_the_latest_change_that_was_seen() -> None:
    read = with_page(ReadSoFar(), (7_000, 3_000), 9_000)
    assert cursor_after(2_000, read) == 7_000


def test_a_change_during_the_later_pages_is_not_skipped() -> None:
    first = with_page(ReadSoFar(), (7_000,), 9_000)
    later = with_page(first, (15_000,), 16_000)
    assert cursor_after(2_000, later) == 9_000


def test_without_bigcommerces_time_the_first_page_says_what_is_certain() -> None:
    later = with_page(with_page(ReadSoFar(), (7_000,), None), (15_000,), None)
    assert cursor_after(2_000, later) == 7_000


def test_the_cursor_never_falls() -> None:
    assert cursor_after(8_000, with_page(ReadSoFar(), (), 9_000)) == 8_000
    assert cursor_after(8_000, with_page(ReadSoFar(), (5_000,), 9_000)) == 8_000
    assert cursor_after(8_000, ReadSoFar()) == 8_000


def test_while_nothing_changes_the_cursor_follows_bigcommerces_time_at_a_distance() -> None:
    night = with_page(ReadSoFar(), (5_000,), 5_000 + 3_600_000)
    assert cursor_after(4_000, night) == 5_000 + 3_600_000 - QUIET_MS
    unsaid = with_page(ReadSoFar(), (5_000,), None)
    assert cursor_after(4_000, unsaid) == 5_000


def test_an_order_is_there_to_be_found_since_its_placing() -> None:
    read = OrdersRead(read_ms=1_000_000)
    assert began_to_count(1_050_000, 1_070_000, read) == 1_050_000
    shows_late_in_the_list = 1_000_000 - OVERLAP_MS + 1
    assert began_to_count(shows_late_in_the_list, 1_070_000, read) == shows_late_in_the_list


def test_an_order_that_a_reading_should_have_shown_is_there_to_be_found_since_its_change() -> None:
    """It was paid later, say: the readings before did not count it."""
    read = OrdersRead(read_ms=1_000_000)
    assert began_to_count(500_000, 1_070_000, read) == 1_070_000
    assert began_to_count(500_000, 400_000, read) == 500_000, "a time of change that makes no sense"
