"""The API tells how a store is and what is wrong in it, from the same use cases as the pages."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import a_connection
from tests.console.api.calls import Console, a_person, call
from tests.console.catalogue import NOW_MS, SHOP
from tests.console.shop import Shop
from tests.console.store_states import a_day, troubled, unread
from tests.fakes.order_book import FakeOrderBook
from tillbridge.domain.connection import StoreState
from tillbridge.domain.people import Role

SAM = a_person(**{SHOP: Role.STAFF})
HERE = f"/stores/{SHOP}"


def told(shop: Shop, path: str = HERE, **more: Any) -> Any:
    """Return what a call answers, of a console that reads the shop."""
    console = Console(shop.views, None, shop.plans, shop.requests, FakeOrderBook(), shop.deps)  # type: ignore[arg-type]  # it asks for no job
    answered = call(console, "GET", path, person=SAM, **more)
    assert answered.status == 200, answered
    return answered.body


def test_a_store_tells_how_it_is() -> None:
    body = told(a_day(Shop()))
    assert (body["id"], body["health"], body["unread"]) == (SHOP, "healthy", [])
    assert body["fresh"]["count"] == sum(hour["fresh"]["count"] for hour in body["hours"])
    assert len(body["hours"]) == 23  # one of the last 24 had none
    assert body["waiting"]["as_of"] == "2026-11-21T11:58:00Z"
    assert {lane["lane"]: lane["count"] for lane in body["waiting"]["lanes"]} == {
        "stock": 2,
        "content": 14,
    }
    assert body["quota"] == {"left": 18230, "at": "2026-11-21T11:59:48Z", "spent": False}
    assert body["last_compared_whole"]["drift"] == 4
    assert body["last_compared"]["full"] is False
    assert body["failed"] == [{"cause": "name_taken", "count": 1, "more": False}]


def test_what_is_not_there_is_null_and_what_cannot_be_read_is_named_too() -> None:
    new = told(Shop(empty=True))
    assert [new[name] for name in ("fresh", "waiting", "quota", "last_compared_whole")] == [
        None
    ] * 4
    assert (new["health"], new["hours"], new["unread"]) == ("new", [], [])
    body = told(unread(a_day(Shop())))
    assert body["unread"] == ["hours", "quota", "failed", "oversold"]
    assert (body["health"], body["hours"], body["failed"]) == ("unknown", None, None)


def test_the_stores_tell_how_each_is() -> None:
    needs = {"state": StoreState.NEEDS_ATTENTION, "attention_words": "Make a new token."}
    (store,) = told(Shop(connection=a_connection(SHOP, **needs)), "/stores")["data"]
    assert (store["health"], store["words"]) == ("needs_attention", "Make a new token.")
    (store,) = told(a_day(Shop()), "/stores")["data"]
    assert (store["health"], store["fresh"]["count"]) == ("healthy", 60)


def test_problems_are_told_by_cause() -> None:
    body = told(troubled(Shop()), f"{HERE}/problems")
    by_cause = {(group["status"], group["cause"]): group for group in body["groups"]}
    taken = by_cause["failed", "sku_taken"]
    assert (taken["whose_turn"], taken["side"], taken["remedy"]) == (
        "yours",
        "pos",
        "Change one, or link to it.",
    )
    assert by_cause["left_out", "refused"]["side"] == "web"
    assert [lane["tries"] for lane in body["tried_again"]["lanes"]] == [6, 1]
    assert (body["oversold_last_week"], [run["id"] for run in body["drift"]]) == (3, ["full"])


def test_one_cause_is_told_alone_and_may_hold_back_nothing() -> None:
    shop = troubled(Shop())
    assert [g["cause"] for g in told(shop, f"{HERE}/problems/clash")["groups"]] == ["clash"]
    assert told(shop, f"{HERE}/problems/odd")["groups"] == []


def test_problems_that_cannot_be_read_are_named() -> None:
    body = told(unread(troubled(Shop())), f"{HERE}/problems")
    assert body["unread"] == ["failed", "broken", "left_out", "oversold"]


def test_a_list_and_a_plan_may_be_of_one_cause(console: Console) -> None:
    shop = troubled(Shop())
    rows = shop.views.get(SHOP, "pos", ["t-0-0", "t-1-0", "t-1-1"]).values()
    console.rows.put(a_connection().store, [replace(row, synced_ms=NOW_MS) for row in rows])
    path = f"/stores/{a_connection().store}"
    cause = next(iter({row.code for row in rows if row.id == "t-1-0"}))
    found = call(console, "GET", f"{path}/pos", query=f"status=failed&cause={cause}")
    assert {row["id"] for row in found.body["data"]} == {"t-1-0", "t-1-1"}
    query = {"status": "failed", "cause": cause}
    asked = {"do": "retry", "select": {"query": query}}
    made = call(console, "POST", f"{path}/plans", body=asked)
    kept = console.plans.get(a_connection().store, made.body["id"])
    assert kept is not None
    assert kept.selection.question is not None
    assert kept.selection.question.cause == cause


@pytest.mark.parametrize(
    "query", ["cause=clash", "status=linked&cause=clash", "lane=stock&cause=x"]
)
def test_a_cause_goes_with_a_status_that_has_causes(console: Console, query: str) -> None:
    refused = call(console, "GET", f"/stores/{a_connection().store}/pos", query=query)
    assert refused.status == 422
    asked = {"do": "push", "select": {"query": {"cause": "clash"}}}
    assert call(console, "POST", f"/stores/{a_connection().store}/plans", body=asked).status == 422
