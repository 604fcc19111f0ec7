"""Answers that no sandbox gives: trickles, redirects, successes that are none."""

import gzip
from decimal import Decimal

import pytest

from tests.contract.rude_server import a_rude_server, an_answer
from tests.fakes.clock import FakeClock
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.domain.errors import LostReply, StoreDown
from tillbridge.domain.ids import PosProductId, StoreProductId

A_PRODUCT = {"name": "Armchair", "type": "physical", "weight": 0, "price": 1}


def a_client(url: str) -> BigCommerceStore:
    clock = FakeClock()
    return BigCommerceStore(url, "s1", lambda _: "sesame", clock, clock.now_ms() + 60_000)


@pytest.mark.parametrize(
    "answer",
    [
        an_answer("200 OK", b"<html>Welcome</html>"),
        an_answer("200 OK", b"{}"),
        an_answer("201 Created"),
        an_answer("207 Multi-Status", b'{"errors": {"title": "Saving the URL failed"}}'),
        an_answer("200 OK", b'{"data": {"name": "Armchair"}}'),
        an_answer("200 OK", b'{"data": {"id": "none"}}'),
        [b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"],
        [b"HTTP/1.1 200"],
        [b"SSH-2.0-OpenSSH\r\n"],
    ],
)
def test_a_create_whose_answer_cannot_be_read_is_a_lost_reply(answer: list[bytes]) -> None:
    with a_rude_server(answer) as rude, pytest.raises(LostReply):
        a_client(rude.url).create(A_PRODUCT)
    assert len(rude.requests) == 1


def test_a_read_whose_answer_cannot_be_read_is_asked_again() -> None:
    html = an_answer("200 OK", b"<html>Welcome</html>")
    good = an_answer("200 OK", b'{"data": [{"id": 7}], "meta": {}}')
    with a_rude_server(html, html, good) as rude:
        assert a_client(rude.url).highest_id() == 7


@pytest.mark.parametrize("head", [b"Content-Length: 1000", b"Transfer-Encoding: chunked"])
def test_an_answer_that_trickles_ends_with_the_slice(head: bytes) -> None:
    piece = b"1\r\nx\r\n" if b"chunked" in head else b"x"
    answer = [b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n", *[piece] * 200]
    clock = SystemClock()
    started = clock.now_ms()
    with a_rude_server(answer, pause=0.05) as rude:
        store = BigCommerceStore(rude.url, "s1", lambda _: "sesame", clock, started + 1_200)
        with pytest.raises(LostReply):
            store.create(A_PRODUCT)
        assert clock.now_ms() - started < 2_000


def test_a_redirect_is_not_followed_and_carries_the_token_nowhere() -> None:
    with a_rude_server(an_answer("200 OK", b"{}")) as elsewhere:
        moved = an_answer("301 Moved Permanently", b"", f"Location: {elsewhere.url}/")
        with a_rude_server(moved) as rude, pytest.raises(StoreDown):
            a_client(rude.url).highest_id()
    assert elsewhere.requests == []


def test_an_update_answered_with_nothing_is_done() -> None:
    with a_rude_server(an_answer("204 No Content")) as rude:
        assert a_client(rude.url).update_products([{"id": 1, "price": 1}]) == {}


def test_money_goes_out_as_a_number_and_the_token_as_a_header() -> None:
    with a_rude_server(an_answer("200 OK", b'{"data": [{"id": 1}]}')) as rude:
        a_client(rude.url).update_products([{"id": StoreProductId(1), "price": Decimal("0.30")}])
    (request,) = rude.requests
    assert request.startswith(b"PUT /stores/s1/v3/catalog/products HTTP/1.1\r\n")
    assert request.endswith(b'[{"id":1,"price":0.3}]')
    assert b"X-Auth-Token: sesame\r\n" in request
    assert b"User-Agent: tillbridge/" in request


def packed(body: bytes) -> list[bytes]:
    return an_answer("200 OK", gzip.compress(body, 1), "Content-Encoding: gzip")


@pytest.mark.parametrize(
    "answer", [packed(b" " * (33 << 20)), an_answer("200 OK", b" " * (33 << 20))]
)
def test_an_answer_larger_than_a_function_holds_is_not_read_to_its_end(answer: list[bytes]) -> None:
    with a_rude_server(answer) as rude, pytest.raises(StoreDown, match="larger than 32 MB"):
        a_client(rude.url).highest_id()


def test_of_answers_too_large_the_pos_is_asked_for_less_at_once() -> None:
    flood = packed(b" " * (33 << 20))
    one = packed(b'{"data": [{"id": "p-1", "version": 1, "price": "1"}]}')
    clock = SystemClock()
    with a_rude_server(flood, one, flood) as rude:
        pos = PosCloud(
            rude.url, lambda _: "sesame", clock, clock.now_ms() + 60_000, new_http_session()
        )
        found = pos.products([PosProductId("p-1"), PosProductId("p-2")])
    told = {product: record.unreadable for product, record in found.items()}
    assert told == {"p-1": "", "p-2": "it is too large"}
