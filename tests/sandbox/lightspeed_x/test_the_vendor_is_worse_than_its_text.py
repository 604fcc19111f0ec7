"""What the vendor's text leaves open, and an account does on demand."""

from email.utils import parsedate_to_datetime

import pytest
import requests
from urllib3.exceptions import ProtocolError

from sandbox.lightspeed_x.server.server import LightspeedServer
from tests.sandbox.lightspeed_x.conftest import Clock, Shop, a_mug, a_shirt
from tests.sandbox.lightspeed_x.wire_client import WireClient

VASE = {"name": "Vase", "sku": "VASE1", "price_excluding_tax": 12.5}


@pytest.mark.parametrize(
    ("how", "told"), [("seconds", "7"), ("words", "in a while"), ("none", None)]
)
def test_a_wait_may_be_told_otherwise(shop: Shop, how: str, told: str | None) -> None:
    shop.control.hazards(refuse_after=0, retry_after=how, retry_after_s=7)
    assert shop.call("GET", "/outlets").headers.get("Retry-After") == told


@pytest.mark.parametrize(("how", "ahead", "waits"), [("past", 0, -3_600), ("date", 600, 607)])
def test_a_wait_may_be_told_by_a_clock_that_is_off(
    shop: Shop, clock: Clock, how: str, ahead: int, waits: int
) -> None:
    shop.control.hazards(refuse_after=0, retry_after=how, retry_after_s=7, clock_ahead_s=ahead)
    told = shop.call("GET", "/outlets").headers["Retry-After"]
    assert parsedate_to_datetime(told).timestamp() - clock.now == pytest.approx(waits, abs=1)


def test_an_answer_may_be_cut_in_its_body_though_all_is_done(shop: Shop) -> None:
    shop.control.hazards(broken=1, broken_as="cut")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        shop.call("POST", "/products", VASE)
    assert len(shop.rows("sku=VASE1")) == 1


@pytest.mark.enable_socket
def test_an_answer_is_cut_in_its_body_on_the_wire_too() -> None:
    with LightspeedServer() as shop, WireClient(shop) as wire:
        shop.account.hazards.plan.broken = 1
        with pytest.raises(
            (requests.ConnectionError, requests.exceptions.ChunkedEncodingError, ProtocolError)
        ):
            wire.get("/retailer", "2026-07")
        assert wire.get("/retailer", "2026-07")["data"]


@pytest.mark.parametrize(("how", "status"), [("502", 502), ("page", 200), ("empty", 200)])
def test_an_answer_may_be_no_json(shop: Shop, how: str, status: int) -> None:
    account = Shop(shop.clock)  # of such an answer the text knows nothing
    account.control.hazards(broken=1, broken_as=how)
    answer = account.call("POST", "/products", VASE)
    assert answer.status_code == status
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert len(account.rows("sku=VASE1")) == 1


@pytest.mark.parametrize("how", ["error", "errors", "list", "page", "empty"])
def test_a_refusal_may_say_less_or_otherwise(clock: Clock, how: str) -> None:
    shop = Shop(clock)  # the text says of refusals what they say by default
    shop.control.hazards(refusal_as=how)
    answer = shop.call("POST", "/products", {"name": ""})
    assert answer.status_code == 422
    assert "message" not in answer.text.replace('"field"', "") or how == "list"


def test_answers_may_not_tell_the_limit(shop: Shop) -> None:
    shop.control.hazards(no_limits=True)
    assert not [name for name in shop.call("GET", "/outlets").headers if "RateLimit" in name]


def test_what_is_left_out_may_be_null(clock: Clock) -> None:
    shop = Shop(clock)  # as the text of 2026-07 has it, and that of 2.0 in part
    a_mug(shop)
    shop.control.hazards(nulls=True)
    (row,) = shop.rows()
    empty = ("brand", "supplier", "type", "description", "deleted_at", "variant_parent_id")
    assert [row[key] for key in empty] == [None] * 6
    assert [each["deleted_at"] for each in shop.levels()] == [None, None]
    shop.control.grant(["products:read"])
    assert "supply_price" not in shop.rows()[0], "what may not be seen is never told as null"


def test_a_move_of_stock_may_give_its_product_a_version(shop: Shop) -> None:
    a_shirt(shop)
    before = shop.rows()[-1]["version"]
    variant = shop.cloud.catalogue.get("p-shirt").variants[0].id
    sale = [{"product_id": "p-shirt", "variant_id": variant, "quantity": 1}]
    shop.cloud.sell(sale)
    assert shop.rows()[-1]["version"] == before
    shop.control.hazards(stock_bumps=True)
    shop.cloud.sell(sale)
    assert shop.rows()[0]["version"] > before


def test_long_texts_may_be_cut_without_a_word(shop: Shop) -> None:
    shop.control.hazards(longest_text=5)
    made = shop.post("/products", VASE | {"name": "A tall vase", "supplier_code": "1234567"})
    row = shop.get(f"/products/{made['data'][0]}")["data"]
    assert (row["name"], row["sku"], row["supplier_code"]) == ("A tal", "VASE1", "12345")


@pytest.mark.parametrize("path", ["/brands", "/suppliers", "/variant_attributes"])
def test_the_answer_to_a_new_name_may_be_lost(shop: Shop, path: str) -> None:
    shop.control.hazards(lose_names=1)
    more: dict[str, dict[str, str]] = {"contact": {}} if path == "/suppliers" else {}
    assert shop.call("POST", path, {"name": "Clay", **more}).status_code == 504
    assert [each["name"] for each in shop.get(path)["data"]] == ["Clay"]


@pytest.mark.parametrize("accepts", ["gzip, deflate", "identity"])
def test_long_answers_are_packed_for_who_unpacks_them(shop: Shop, accepts: str) -> None:
    a_shirt(shop)
    answer = shop.call("GET", "/products", headers={"Accept-Encoding": accepts})
    assert (answer.headers.get("Content-Encoding") == "gzip") is ("gzip" in accepts)
    assert len(answer.json()["data"]) == 2
