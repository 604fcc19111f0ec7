"""When a repair waits for a person, threshold by threshold."""

import pytest

from tillbridge.domain.breaker import Tally, tally, tripped
from tillbridge.domain.findings import Code, Difference, Finding


def a_finding(*differences: Difference) -> Finding:
    return Finding(Code.FIELD, "p-1", 101, "Lantern", differences, repairable=True)


@pytest.mark.parametrize(
    ("counts", "linked", "trips"),
    [
        (Tally(changed=10), 100, False),
        (Tally(changed=11), 100, True),
        (Tally(changed=4), 4, False),
        (Tally(changed=5), 5, True),
        (Tally(zeroed=5), 100, False),
        (Tally(zeroed=6), 100, True),
        (Tally(blanked=20), 1_000, False),
        (Tally(blanked=21), 1_000, True),
        (Tally(blanked=4), 10, False),
        (Tally(price_down=50), 100, False),
        (Tally(price_down=51), 100, True),
        (Tally(price_up=9), 100, False),
        (Tally(price_up=10, up_often=1), 100, True),
    ],
)
def test_shares_stop_a_repair_of_five_products_or_more_and_one_price_stops_any(
    counts: Tally, linked: int, trips: bool
) -> None:
    assert bool(tripped(counts, linked)) is trips


def test_the_words_say_what_and_how_much() -> None:
    words = tripped(Tally(changed=30, zeroed=12), 100)
    assert "30 of 100 linked products would be changed (more than 10 %)" in words
    assert "12 of 100 linked products would be set to no stock" in words


@pytest.mark.parametrize(
    ("online", "pos", "percent"),
    [("10", "5", 50), ("10.00", "4.99", 51), ("10", "12", 0), ("0", "5", 0), ("", "5", 0)],
)
def test_a_fall_of_a_price_is_counted_in_whole_percent_rounded_up(
    online: str, pos: str, percent: int
) -> None:
    assert tally([a_finding(Difference("price", pos, online))]).price_down == percent


@pytest.mark.parametrize(
    ("online", "pos", "times", "often"),
    [
        ("12.50", "1250", 100, 1),
        ("10", "99.99", 9, 0),
        ("10", "5", 0, 0),
        ("10", "10", 0, 0),
        ("0", "5", 0, 0),
        ("", "5", 0, 0),
    ],
)
def test_a_rise_of_a_price_is_counted_in_whole_times(
    online: str, pos: str, times: int, often: int
) -> None:
    counts = tally([a_finding(Difference("price", pos, online))])
    assert (counts.price_up, counts.up_often) == (times, often)


def test_a_lost_decimal_point_is_said_with_how_many_and_how_much() -> None:
    words = tripped(Tally(price_up=100, up_often=3), 40)
    assert words == (
        "the price of 3 of 40 linked products would be 10 times what it is or more, up to 100 times"
    )


def test_a_product_counts_once_however_many_of_its_fields_differ() -> None:
    both = a_finding(Difference("stock", "0", "4"), Difference("description", "", "Words"))
    counts = tally([both])
    assert (counts.changed, counts.zeroed, counts.blanked) == (1, 1, 1)


def test_what_no_repair_would_touch_is_not_counted() -> None:
    assert tally([Finding(Code.BACKWARDS, "p-1", 101)]) == Tally()


def test_what_is_gone_online_is_counted_apart_and_stops_a_repair_too() -> None:
    counts = tally([Finding(Code.GONE_ONLINE, f"p-{n}", n) for n in range(11)])
    assert counts == Tally(gone=11)
    assert "11 of 100 linked products would be marked broken" in tripped(counts, 100)
    assert tripped(counts, 110) == ""
