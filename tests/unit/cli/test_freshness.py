"""The command line says how long changes take, in words and as JSON."""

import json
import time
from dataclasses import dataclass, field

import pytest

from cli.deployment import connections
from cli.screen.freshness_report import WORDS
from tests.builders import STORE, a_connection
from tests.fakes.history import FakeLagHours
from tests.fakes.stores import FakeStores
from tests.unit.cli.typed import typed
from tillbridge.domain.lag_histogram import HOUR_MS, HourLags, LagPath, histogram_of
from tillbridge.domain.lag_words import in_words
from tillbridge.domain.slices import Turn

NOW = time.time_ns() // 1_000_000 // HOUR_MS
SALES = {LagPath.STOCK: histogram_of([900] * 19 + [61_000])}


@dataclass
class Shop:
    """A deployment in memory with one store."""

    stores: FakeStores = field(default_factory=lambda: FakeStores([a_connection()]))
    lag_hours: FakeLagHours = field(default_factory=FakeLagHours)


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    monkeypatch.setattr(connections, "need_target", lambda _: made)
    return made


def said(*words: str, status: int = 0) -> str:
    """Return what the command says."""
    return typed("freshness", *words, status=status)


@pytest.mark.usefixtures("shop")
def test_where_nothing_changed_it_says_so() -> None:
    assert f"How fresh '{STORE}' is: the last day. Nothing changed." in said()


def test_a_day_and_a_week_are_told_with_the_hour_that_runs(shop: Shop) -> None:
    shop.lag_hours.put(STORE, HourLags(NOW - 100, SALES))
    shop.stores.begin_slice(STORE, "one", 1_000, 61_000)
    orders = {LagPath.ORDER_FOUND: histogram_of([2_000])}
    shop.stores.end_slice(STORE, "one", Turn(hour=HourLags(NOW, orders)))

    day, week = said().split("the last 7 days")

    assert WORDS[LagPath.ORDER_FOUND] in day
    assert WORDS[LagPath.STOCK] not in day
    assert WORDS[LagPath.STOCK] in week
    assert "61 s" in week


def test_json_tells_seconds_by_path(shop: Shop) -> None:
    shop.lag_hours.put(STORE, HourLags(NOW - 2, SALES))

    (told,) = json.loads(said("--json", "--hours", "3"))["spans"]

    assert (told["store"], told["hours"]) == (STORE, 3)
    stock = told["paths"].pop("stock")
    assert told["paths"] == {}
    assert (stock["count"], stock["max_seconds"]) == (20, 61.0)
    assert 0.85 < stock["p50_seconds"] <= stock["p95_seconds"] < 1.3


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("hours", ["0", "2161"])
def test_what_is_not_kept_is_refused(hours: str) -> None:
    said("--hours", hours, status=2)


def test_every_path_has_words() -> None:
    assert WORDS.keys() == set(LagPath)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "0.0 s"),
        (0.42, "0.4 s"),
        (61.2, "61 s"),
        (210, "3.5 min"),
        (2_520, "42 min"),
        (7_200, "2 h"),
        (9_000, "2.5 h"),
        (260_000, "3 days"),
    ],
)
def test_times_are_told_as_people_say_them(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
