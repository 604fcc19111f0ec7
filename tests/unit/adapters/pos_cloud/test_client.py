"""Reading back from the POS: what is waited for, what a person must repair, what is left out."""

import json
import logging
from typing import Any

import pytest
import requests

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.domain.errors import NeedsAttention, PosDown, PosRefused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import NO_VERSION
from tillbridge.domain.validation import problems

ONE = PosProductId("p-1")


def a_pos(*steps: Step, seconds: float = 60) -> tuple[PosCloud, Canned, FakeClock]:
    canned, clock = Canned(list(steps)), FakeClock()
    deadline = clock.now_ms() + round(seconds * 1000)
    return (
        PosCloud(
            "https://pos.example/", lambda _: "sesame", clock, deadline, canned.http_session()
        ),
        canned,
        clock,
    )


def records(*data: Any) -> Step:
    return answer(200, json.dumps({"data": data, "not_found": []}).encode())


GOOD = records({"id": "p-1", "version": 3, "price": "1.00"})


def test_products_are_asked_for_in_one_call_each_once() -> None:
    pos, canned, _ = a_pos(GOOD)
    found = pos.products([ONE, PosProductId("p-2"), ONE])
    assert {product: record.version for product, record in found.items()} == {"p-1": 3}
    (request,) = canned.asked
    assert (request.method, request.url) == ("POST", "https://pos.example/v1/products:batchGet")
    assert request.headers["Authorization"] == "Bearer sesame"
    assert json.loads(request.body or b"") == {"ids": ["p-1", "p-2"]}


def test_for_no_products_nobody_is_asked() -> None:
    pos, canned, _ = a_pos()
    assert pos.products([]) == {}
    assert canned.asked == []


def test_more_than_a_hundred_is_our_own_mistake() -> None:
    pos, _, _ = a_pos()
    with pytest.raises(ValueError, match="101"):
        pos.products([PosProductId(f"p-{n}") for n in range(101)])


@pytest.mark.parametrize(
    "trouble", [answer(503), requests.ReadTimeout(), requests.ConnectTimeout()]
)
def test_a_read_is_repeated_twice(trouble: Step) -> None:
    pos, _, clock = a_pos(trouble, trouble, GOOD)
    assert ONE in pos.products([ONE])
    assert len(clock.slept) == 2
    pos, canned, _ = a_pos(trouble, trouble, trouble, GOOD)
    with pytest.raises(PosDown):
        pos.products([ONE])
    assert len(canned.asked) == 3


@pytest.mark.parametrize(
    ("header", "wait"), [("7", 7), ("Sat, 21 Nov 2026 12:00:30 GMT", 30), ("soon", None)]
)
def test_a_429_says_how_long_in_seconds_or_as_a_date(header: str, wait: float | None) -> None:
    pos, canned, _ = a_pos(answer(429, b"", {"Retry-After": header}))
    with pytest.raises(PosDown) as down:
        pos.products([ONE])
    assert len(canned.asked) == 1
    assert down.value.wait == wait if wait is not None else 1 <= down.value.wait <= 5


def test_a_token_is_read_anew_once_and_then_needs_attention() -> None:
    asked: list[bool] = []

    def token(anew: bool) -> str:
        asked.append(anew)
        return "sesame"

    canned, clock = Canned([answer(401), answer(401)]), FakeClock()
    deadline = clock.now_ms() + 60_000
    pos = PosCloud("https://pos.example", token, clock, deadline, canned.http_session())
    with pytest.raises(NeedsAttention) as attention:
        pos.products([ONE])
    assert attention.value.code == "pos_token_dead"
    assert asked == [False, True]


@pytest.mark.parametrize(
    "odd",
    [answer(200, b"<html>"), answer(200, b"[]"), answer(200, b"{}"), answer(404), answer(302)],
)
def test_what_is_no_list_of_products_is_the_poss_trouble(odd: Step) -> None:
    pos, _, _ = a_pos(odd)
    with pytest.raises(PosDown):
        pos.products([ONE])


@pytest.mark.parametrize("status", [400, 422])
def test_a_question_the_pos_finds_invalid_is_told_apart_from_a_pos_that_is_down(
    status: int,
) -> None:
    pos, _, _ = a_pos(answer(status))
    with pytest.raises(PosRefused):
        pos.products([ONE])


def test_a_record_that_cannot_be_read_is_refused_on_its_own_and_never_counts_as_unknown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad = {"id": "p-2", "version": 3, "price": None, "name": "Armchair"}
    pos, _, _ = a_pos(records({"id": "p-1", "version": 3, "price": "1.00", "name": "Stool"}, bad))
    with caplog.at_level(logging.ERROR):
        found = pos.products([ONE, PosProductId("p-2")])
    assert "p-2" in caplog.text
    assert "price" in caplog.text
    assert problems(found[ONE]) == []
    unreadable = found[PosProductId("p-2")]
    assert (unreadable.version, unreadable.deleted) == (3, False)
    assert problems(unreadable) != []


@pytest.mark.parametrize("version", [None, "", 1.5, -1, 2**63, True, "1e3000", [], "NaN"])
def test_a_record_without_a_version_fails_by_its_id_and_its_neighbour_goes(version: Any) -> None:
    bad = {"id": "p-2", "version": version, "price": "1.00"}
    pos, _, _ = a_pos(records({"id": "p-1", "version": 3, "price": "1.00"}, bad))
    found = pos.products([ONE, PosProductId("p-2")])
    assert not found[ONE].unreadable
    unreadable = found[PosProductId("p-2")]
    assert unreadable.version == NO_VERSION
    assert "version" in problems(unreadable)[0].words


@pytest.mark.parametrize("nobodys", [{"version": 3}, {"id": None}, {"id": ""}, "text", [], None, 7])
def test_a_record_without_an_id_is_nobodys_and_no_product_counts_as_gone_for_it(
    nobodys: Any,
) -> None:
    pos, _, _ = a_pos(records({"id": "p-1", "version": 3, "price": "1.00"}, nobodys))
    found = pos.products([ONE, PosProductId("p-2")])
    assert not found[ONE].unreadable
    assert found[PosProductId("p-2")].unreadable == "id is missing"


def test_beside_a_record_without_an_id_what_the_pos_calls_unknown_is_unknown() -> None:
    body = {"data": [{"version": 3}], "not_found": ["p-2"]}
    pos, _, _ = a_pos(answer(200, json.dumps(body).encode()))
    assert set(pos.products([ONE, PosProductId("p-2")])) == {"p-1"}


@pytest.mark.parametrize(
    ("stock", "counted"),
    [([{"outlet_id": "o", "on_hand": "4"}], 1), ([{"outlet_id": "o", "on_hand": "many"}], 0)],
    ids=["readable", "not readable"],
)
def test_of_a_record_that_cannot_be_read_the_stock_is_read_where_it_can_be(
    stock: list[dict[str, str]], counted: int
) -> None:
    bad = {"id": "p-1", "version": 3, "price": None, "track_stock": True}
    bad["variants"] = [{"id": "v", "stock": stock}]
    pos, _, _ = a_pos(records(bad))
    found = pos.products([ONE])[ONE]
    assert found.unreadable
    assert [len(each.stock) for each in found.variants] == [1] * counted
