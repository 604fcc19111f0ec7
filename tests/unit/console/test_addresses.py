"""Addresses, queries and bodies that are none of ours."""

from typing import Any
from urllib.parse import unquote

import pytest

from tests.console_house import (
    FORM,
    REQUEST_ID,
    ConsoleHouse,
    a_person,
)
from tests.unit.console.guarded_pages import PLANS, Pages, pages
from tillbridge.console.app import answered
from tillbridge.console.call import LONGEST_BODY
from tillbridge.console.parts import Console
from tillbridge.console.render import address
from tillbridge.domain.ids import StoreId

__all__ = ["pages"]


@pytest.mark.parametrize(
    "path",
    [
        "/stores/a%2Fb/pos",
        "/stores/../pos",
        "/stores/%2e%2e/pos",
        "/stores/d%2F..%2Fx/pos",
        f"/stores/{'a' * 65}/pos",
        "/stores//pos",
        "/stores/demo/pos/",
        "/stores/demo%00/pos",
        "/stores/*/pos",
        "//stores/demo/pos",
        "/stores/demo/products/%zz",
        "/stores/demo/products/%ff",
        "/stores/demo/products/a%0Ab",
        "/stores/demo/products/" + "a" * 256,
        "/stores/demo/products/" + "%F0%9F%AA%91" * 256,
        "/stores/demo/products/",
    ],
)
def test_an_address_that_is_none_of_ours_is_not_found(pages: Pages, path: str) -> None:
    assert pages.house.get(path, a_person("owner", store="*"))["statusCode"] == 404
    assert not pages.visits


@pytest.mark.parametrize(
    "product",
    [
        "p-1",
        "a/b",
        "a?b#c",
        "50% off",
        "50%41",
        "%2F",
        "..",
        "Größe & <b>",
        "\N{FAMILY}\u200d🪑",
        "a" * 255,
        "🪑" * 255,
    ],
)
def test_a_product_of_the_pos_may_be_any_text(pages: Pages, product: str) -> None:
    # As an HTTP API hands an address of ours on: decoded, all but '%25'.
    path = unquote(address(StoreId("demo"), "products", product).replace("%25", "%2525"))
    assert pages.house.get(path, a_person())["statusCode"] == 200
    assert pages.visits[0].path["product"] == product


@pytest.mark.parametrize("query", ["q=%ff", "&".join(f"a{n}=1" for n in range(6_000))])
def test_a_query_that_cannot_be_read_is_said_to_be_so(pages: Pages, query: str) -> None:
    answer = pages.house.get(f"/stores/demo/pos?{query}", a_person())
    assert answer["statusCode"] == 400


@pytest.mark.parametrize("encoded", [False, True])
def test_a_body_over_256_kb_is_refused(pages: Pages, encoded: bool) -> None:
    raw = b"x" * (LONGEST_BODY + 1)
    body = raw if encoded else raw.decode()
    answer = pages.house.call("POST", PLANS, headers=FORM, body=body)
    assert answer["statusCode"] == 413


def test_a_file_that_is_not_shipped_is_not_found(pages: Pages) -> None:
    for path in ("/static/", "/static/x/", "/static/x/../app.py", "/static/x/%2e%2e%2fapp.py"):
        assert pages.house.call("GET", path)["statusCode"] == 404


def test_the_api_without_claims_is_refused_whatever_stood_before_it(pages: Pages) -> None:
    cookie = pages.house.cookie(pages.house.session(a_person()))
    none: tuple[dict[str, Any] | None, ...] = (None, {})
    for claims in none:
        answer = pages.house.call("GET", "/api/v1/me", cookies=[cookie], claims=claims)
        assert answer["statusCode"] == 401
        assert answer["headers"]["content-type"] == "application/problem+json"


def test_health_needs_nobody(pages: Pages) -> None:
    assert pages.house.call("GET", "/health")["body"] == "ok"
    assert pages.house.call("HEAD", "/health")["body"] == ""


@pytest.mark.parametrize("event", [{}, {"rawPath": "/"}, {"headers": None, "body": "%%%"}], ids=str)
def test_an_event_that_lacks_things_is_a_call_like_any(event: dict[str, Any]) -> None:
    house = ConsoleHouse()
    answer = answered(event, Console(lambda: house.deps, house.entry, routes=()), REQUEST_ID)
    assert answer["statusCode"] == 404
