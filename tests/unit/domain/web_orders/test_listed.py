"""The list of what is booked is read again behind what may still appear in it."""

from tillbridge.domain.web_orders.listed import OVERLAP_MS, ListedSoFar, read_to

AT = 1_000_000


def test_a_first_reading_settles_nothing() -> None:
    assert read_to(ListedSoFar(), 7, AT) == ListedSoFar(0, 7, AT)


def test_what_was_read_just_now_may_still_get_company() -> None:
    first = read_to(ListedSoFar(), 7, AT)
    assert read_to(first, 9, AT + OVERLAP_MS - 1) == first


def test_what_was_read_longer_ago_than_the_overlap_is_settled() -> None:
    first = read_to(ListedSoFar(), 7, AT)
    assert read_to(first, 9, AT + OVERLAP_MS) == ListedSoFar(7, 9, AT + OVERLAP_MS)
