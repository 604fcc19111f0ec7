"""Answers that are no success, by what is done about them."""

import json

import pytest

from tests.fakes.clock import START_MS
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.lightspeed_x.errors import checked, dead_token, refusal
from tillbridge.adapters.lightspeed_x.resources import (
    NEEDED,
    missing,
    resource_of,
    scopes_of,
    versioned,
)
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, PosDown, Refused


def an_answer(status: int, body: object = None, **headers: str) -> Incoming:
    return Incoming(status, headers, json.dumps(body).encode())


def test_a_success_and_the_404_of_one_record_come_back() -> None:
    for status, path in ((200, "/products"), (201, "/products"), (404, "/products/{id}")):
        answer = an_answer(status)
        assert checked("GET", path, answer, START_MS) is answer


@pytest.mark.parametrize("status", [301, 302, 404])
def test_a_list_that_is_elsewhere_or_nowhere_is_no_empty_list(status: int) -> None:
    with pytest.raises(PosDown, match="Check the POS account's address"):
        checked("GET", "/products", an_answer(status), START_MS)


def test_a_dead_token_says_which_account_is_to_be_connected_again() -> None:
    dead = dead_token("https://lantern.retail.lightspeed.app")
    assert dead.code == AttentionCode.POS_TOKEN_DEAD
    assert "`tillbridge pos connect lightspeed --prefix lantern`" in str(dead)


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/products", "products:read"),
        ("POST", "/products", "products:write"),
        ("POST", "/inventory", "inventory:read"),
        ("GET", "/retailer", "retailer:read payment_types:read"),
    ],
)
def test_a_missing_scope_is_named(method: str, path: str, scope: str) -> None:
    with pytest.raises(NeedsAttention, match=f"the scope {scope}. Make one") as refused:
        checked(method, path, an_answer(403), START_MS)
    assert refused.value.code == AttentionCode.POS_SCOPE_MISSING
    assert "tillbridge pos connect" in str(refused.value)


def test_a_throttled_call_waits_until_the_date_that_the_answer_names() -> None:
    date = "Sat, 21 Nov 2026 12:01:30 GMT"
    with pytest.raises(PosDown) as throttled:
        checked("GET", "/products", an_answer(429, None, **{"Retry-After": date}), START_MS)
    assert throttled.value.wait == 90
    with pytest.raises(PosDown) as unsaid:
        checked("GET", "/products", an_answer(429), START_MS)
    assert unsaid.value.wait > 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": "invalid", "message": "The SKU is taken."}, "The SKU is taken"),
        ({"error": "Bad name."}, "Bad name"),
        ({"message": "No", "errors": {"sku": ["is taken", "is long"]}}, "sku: is taken; is long"),
        ({"errors": {"name": {"rule": "must be unique"}}}, "name: must be unique"),
        ({"errors": [{"field": "sku", "message": "is taken"}]}, "sku: is taken"),
        (["nonsense"], "status 422"),
        (None, "status 422"),
        ({"errors": {"sku": 3}, "message": 4}, "status 422"),
    ],
)
def test_a_refusal_says_what_x_series_said_field_by_field(body: object, said: str) -> None:
    refused = refusal(an_answer(422, body))
    assert (refused.status, refused.said) == (422, said)
    with pytest.raises(Refused):
        checked("POST", "/products", an_answer(422, body), START_MS)


def test_a_refusal_that_is_no_json_or_endless_is_told_in_short() -> None:
    assert refusal(Incoming(400, {}, b"<html>")).said == "status 400"
    assert len(refusal(an_answer(422, {"message": "x" * 9_000})).said) == 300


def test_each_resource_has_its_version_in_one_place() -> None:
    assert versioned("/products/{id}") == "/api/2026-07/products/{id}"
    assert resource_of("/inventory").version == "2026-07"


def test_scopes_that_were_not_granted_are_missing() -> None:
    assert missing(NEEDED) == ()
    assert missing([scope for scope in NEEDED if scope != "inventory:read"]) == ("inventory:read",)
    assert scopes_of("PUT", "/products/{id}") == ("products:write",)
