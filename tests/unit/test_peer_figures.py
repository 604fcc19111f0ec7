"""The limits of the bench beside public clients can be kept, and each can be missed."""

from dataclasses import replace
from typing import Any

import pytest

from benches.helpers.peer_figures import Figures, limits

BATCHES = Figures(calls=20, refused=0, took=1.2, lost=0)
ALL_AT_ONCE = Figures(calls=200, refused=0, took=0.2, lost=0)
LOSER = Figures(calls=5, refused=3, took=0.1, lost=140)
OURS = Figures(calls=23, refused=0, took=3.1, lost=0)


def _missed(ours: Figures, others: list[Figures], quota: str = "standard") -> list[str]:
    return [each.what for each in limits(quota, ours, others, 200) if not each.holds]


def test_what_was_measured_is_within_the_limits() -> None:
    for quota in ("standard", "none"):
        assert _missed(OURS, [BATCHES, ALL_AT_ONCE], quota) == []


@pytest.mark.parametrize(
    ("worse", "words"),
    [
        ({"lost": 1}, "left behind"),
        ({"refused": 1}, "429"),
        ({"calls": 24}, "calls"),
        ({"took": 31.2}, "time"),
    ],
)
def test_each_limit_can_be_missed(worse: dict[str, Any], words: str) -> None:
    (found,) = _missed(replace(OURS, **worse), [BATCHES])
    assert words in found


def test_who_loses_products_is_no_measure() -> None:
    assert _missed(OURS, [BATCHES, LOSER]) == []
    assert _missed(OURS, [LOSER]) == ["quota standard: others that lose something"]


def test_time_is_no_measure_without_a_quota() -> None:
    assert _missed(replace(OURS, took=60.0), [BATCHES], "none") == []
