"""What is told of a call: nothing that a token opens, and nothing of a customer."""

import json

import pytest

from tillbridge.adapters.bigcommerce.call_told import told
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.http import Incoming
from tillbridge.domain.call_made import LONGEST_SAID, CallMade

TOKEN = "t0ken-of-the-store"
PRODUCTS = Call("PUT", "/catalog/products")


def said(call: Call, body: bytes, status: int = 422, token: str = TOKEN) -> str:
    return told(call, Incoming(status, {}, body), 1_000, 1_150, token).said


def test_a_call_is_told_with_its_ids_its_time_and_what_is_left_of_the_quota() -> None:
    call = Call("GET", "/orders/{id}", {"id": 1041}, {"email": "ada@example.com"}, version="v2")
    headers = {
        "X-Rate-Limit-Requests-Quota": "150",
        "X-Rate-Limit-Requests-Left": "132",
        "X-Rate-Limit-Time-Reset-Ms": "9000",
    }
    made = told(call, Incoming(200, headers, b'{"email":"ada@example.com"}'), 1_000, 1_150, TOKEN)

    assert made == CallMade("GET /v2/orders/{id}", 1_150, (1041,), 200, 150, 132)
    assert made.path == "/v2/orders/1041"


def test_a_call_without_an_answer_is_told_as_such() -> None:
    made = told(PRODUCTS, None, 1_000, 31_000, TOKEN)

    assert made == CallMade("PUT /catalog/products", 31_000, (), 0, 30_000, -1)


def test_the_beginning_of_a_refusal_is_told() -> None:
    assert said(PRODUCTS, b'{"title":"too long"}') == '{"title":"too long"}'
    assert len(said(PRODUCTS, b"x" * 9_000)) == LONGEST_SAID
    assert len(said(PRODUCTS, "ü".encode() * 9_000).encode()) <= LONGEST_SAID
    assert said(PRODUCTS, b"\xff\xfe") != ""


@pytest.mark.parametrize(
    ("template", "version"),
    [
        ("/orders", "v2"),
        ("/orders/{id}/products", "v2"),
        ("/orders/payment_actions/refunds", "v3"),
        ("/hooks", "v3"),
        ("/settings/inventory", "v3"),
    ],
)
def test_of_orders_and_webhooks_nothing_that_was_said_is_told(template: str, version: str) -> None:
    call = Call("GET", template, {"id": 1}, version=version)

    assert said(call, b'{"title":"ada@example.com is no number"}') == ""


@pytest.mark.parametrize("status", [200, 207, 204, 301, 401, 429])
def test_of_what_is_no_refusal_nothing_that_was_said_is_told(status: int) -> None:
    assert said(PRODUCTS, b"words", status) == ""


@pytest.mark.parametrize("token", [TOKEN, 'odd"tok\\en'])
@pytest.mark.parametrize("before", [0, LONGEST_SAID - 30, LONGEST_SAID - 5])
def test_a_token_that_a_proxy_sends_back_is_never_told(token: str, before: int) -> None:
    blanks, sent = b" " * before, json.dumps(token).encode()

    for page in (blanks + sent, blanks + token.encode()):
        found = said(PRODUCTS, page, 502, token)
        assert token[:4] not in found
        assert sent.decode()[1:5] not in found
