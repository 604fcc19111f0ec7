"""A few seconds of `make fuzz`; the seed of a round that fails is printed."""

import random

import pytest

from tests.borders.fuzz import KINDS, fuzz, play

SECONDS = 4


@pytest.fixture(autouse=True)
def _namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")


def test_a_few_seconds_of_fuzz_lose_no_neighbour() -> None:
    played = fuzz(random.SystemRandom().randrange(10**9), SECONDS)
    assert [each for each in played if each.lost] == []


def test_a_seed_plays_the_same_round_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []
    monkeypatch.setattr("tests.borders.fuzz.KINDS", [lambda dice: seen.append(dice.random())])
    play(7)
    play(7)
    assert len(set(seen)) == 1
    assert len(KINDS) == 7
