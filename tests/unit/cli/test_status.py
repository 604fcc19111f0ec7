"""The command line says how a store is and what is wrong in it, in words and as JSON."""

import json
from dataclasses import replace
from typing import Any

import pytest

from cli.deployment import backlog, connections
from cli.deployment import glance as glanced
from tests.builders import a_connection
from tests.console.catalogue import SHOP
from tests.console.shop import Shop
from tests.console.store_states import BEHIND, a_day, compared, troubled, unread
from tests.fakes.history import FakeCallLines
from tests.unit.cli.typed import typed
from tillbridge.domain.connection import Pause, StoreState


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Return a shop whose tables the commands read."""
    made = Shop()
    made.deps = replace(made.deps, calls=FakeCallLines())  # of what this shop sent, its pages tell
    monkeypatch.setattr(connections, "choose", lambda *_: (made, SHOP))
    monkeypatch.setattr(glanced, "glance", lambda shop: shop.deps)
    monkeypatch.setattr(backlog, "messages", lambda *_: 2)
    return made


def as_json(*words: str) -> Any:
    return json.loads(typed(*words, "--json"))


def test_a_healthy_store_is_told_in_a_sentence_and_in_figures(shop: Shop) -> None:
    a_day(shop)
    said = typed("status")
    assert f"{SHOP}: Healthy" in said
    assert "The web shows what the till knew" in said
    assert "What waits, as of 2 min ago" in said
    assert "Quota: 18,230 calls left, 12 s ago." in said
    assert "Last full compare: 9 h ago; 398 compared, 4 different, 3 repaired." in said
    assert "Failed products: 1. `tillbridge problems` says why." in said
    assert "Dead letters of all stores: 2." in said


def test_a_program_reads_the_same(shop: Shop) -> None:
    a_day(shop, backlog=BEHIND, left=0)
    told = as_json("status")
    assert (told["health"], told["state"], told["attention"]) == ("behind", "active", None)
    assert told["waiting"]["lanes"]["stock"] == {
        "count": 212,
        "oldest_seconds": 39 * 60,
        "tries": 2,
    }
    assert told["quota"]["spent"] is True
    assert set(told["lags"]["stock"]) == {"count", "p50_seconds", "p95_seconds", "max_seconds"}
    assert (told["last_full_run"]["drift"], told["last_full_run"]["repaired"]) == (4, 3)
    assert told["failed"] == [{"cause": "name_taken", "count": 1, "more": False}]
    assert (told["dead_letters_of_all_stores"], told["missing"]) == (2, [])


def test_before_anything_ran_it_says_so(shop: Shop) -> None:
    shop.deps = replace(shop.deps, calls=FakeCallLines())
    said = typed("status")
    assert "Nothing was compared yet" in said
    assert "What waits was never counted." in said
    assert "Quota: not known." in said
    assert "Last full compare: none has ended." in said
    told = as_json("status")
    assert (told["waiting"], told["quota"], told["last_run"], told["lags"]) == (
        None,
        None,
        None,
        {},
    )


def test_a_store_that_needs_attention_says_why(shop: Shop) -> None:
    there = a_connection(SHOP)
    needs = replace(there, attention_code="token_dead", attention_words="Make a new token.")
    shop.deps.stores.save_connection(needs)  # type: ignore[attr-defined]  # the fake's
    assert as_json("status")["attention"] == {"code": "token_dead", "words": "Make a new token."}
    assert as_json("problems")["attention"] == as_json("status")["attention"]
    said = typed("problems")
    assert "The store needs attention. Make a new token." in said
    assert "Nothing is wrong" not in said


def test_what_cannot_be_read_is_named(shop: Shop) -> None:
    unread(a_day(shop))
    assert "Not read just now: lags, quota, failed, oversold." in typed("status")
    told = as_json("status")
    assert told["missing"] == ["lags", "quota", "failed", "oversold"]
    assert (told["lags"], told["failed"], told["oversold_last_week"]) == (None, None, None)


def test_problems_are_listed_by_whose_turn_it_is(shop: Shop) -> None:
    troubled(shop)
    said = typed("problems")
    for words in ("Yours to decide", "Tillbridge is on it", "Left alone on purpose", "name_taken"):
        assert words in said
    assert "Stock: 2 waiting, the oldest for 12 min, tried 6 times." in said
    assert "The last full compare left 34 differences." in said
    assert "Sold more than in stock in the last week: 3." in said


def test_one_problem_may_be_asked_for(shop: Shop) -> None:
    troubled(shop)
    (group,) = as_json("problems", "clash")["groups"]
    assert (group["cause"], group["whose_turn"], group["side"]) == ("clash", "yours", "pos")
    assert group["count"] >= len(group["names"]) > 0
    assert "No product has the problem odd." in typed("problems", "odd")


def test_a_program_reads_what_is_beside_the_products_too(shop: Shop) -> None:
    troubled(shop)
    told = as_json("problems")
    assert [each["lane"] for each in told["tried_again"]] == ["stock", "links"]
    assert [run["id"] for run in told["drift"]] == ["full"]
    assert (told["oversold_last_week"], told["unread"]) == (3, [])


def test_where_nothing_is_wrong_it_says_so_and_never_of_what_it_could_not_read(
    shop: Shop,
) -> None:
    shop.views.remove(SHOP, "pos", ["p-1002", "p-1010"])
    shop.views.remove(SHOP, "web", ["902"])
    compared(shop, drift=3)
    assert "Nothing is wrong." in typed("problems")
    unread(shop)
    said = typed("problems")
    assert "Nothing is wrong." not in said
    assert "failed and broken and not imported cannot be read just now" in said


def test_a_program_reads_who_paused_a_store_why_and_since_when(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paused = Shop(
        connection=a_connection(
            SHOP, state=StoreState.PAUSED, pause=Pause("Mia", "holidays", 1_795_262_400_000)
        )
    )
    paused.deps = replace(paused.deps, calls=FakeCallLines())
    monkeypatch.setattr(connections, "choose", lambda *_: (paused, SHOP))
    monkeypatch.setattr(glanced, "glance", lambda shop: shop.deps)
    monkeypatch.setattr(backlog, "messages", lambda *_: 0)
    told = as_json("status")
    assert told["paused"] == {"by": "Mia", "why": "holidays", "since": "2026-11-21T12:00:00.000Z"}
