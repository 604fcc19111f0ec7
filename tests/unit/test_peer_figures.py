"""The limits of the bench beside public clients can be kept, and each can be missed."""

from dataclasses import replace
from typing import Any

import pytest

from benches.helpers.peer_figures import Figures, missed

BATCHES = Figures(calls=20, refused=0, took=1.2, lost=0)
ALL_AT_ONCE = Figures(calls=200, refused=0, took=0.2, lost=0)
LOSER = Figures(calls=5, refused=3, took=0.1, lost=140)
OURS = Figures(calls=23, refused=0, took=3.1, lost=0)


def test_what_was_measured_is_within_the_limits() -> None:
    for has_quota in (True, False):
        assert missed(OURS, [BATCHES, ALL_AT_ONCE], 200, has_quota=has_quota) == []


@pytest.mark.parametrize(
    ("worse", "words"),
    [
        ({"lost": 1}, "left behind"),
        ({"refused": 1}, "429"),
        ({"calls": 24}, "24 calls, 23 at most"),
        ({"took": 31.2}, "31.2 s, 11.2 s at most"),
    ],
)
def test_each_limit_can_be_missed(worse: dict[str, Any], words: str) -> None:
    (found,) = missed(replace(OURS, **worse), [BATCHES], 200, has_quota=True)
    assert words in found


def test_who_loses_products_is_no_measure() -> None:
    assert missed(OURS, [BATCHES, LOSER], 200, has_quota=True) == []
    assert missed(OURS, [LOSER], 200, has_quota=True)


def test_time_is_no_measure_without_a_quota() -> None:
    slow = replace(OURS, took=60.0)
    assert missed(slow, [BATCHES], 200, has_quota=False) == []
