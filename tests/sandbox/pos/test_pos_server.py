"""The sandbox POS as a connector sees it: over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from sandbox.pos.loaded import Loaded
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.server import PosServer

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def published() -> ListPublisher:
    return ListPublisher()


@pytest.fixture
def pos(published: ListPublisher) -> Iterator[PosServer]:
    with PosServer(publisher=published, store_ids=["demo", "second"]) as server:
        server.cloud.save_product("p-1", name="Mug", price="9.50", sku="MUG1", stock={"o-main": 5})
        published.entries.clear()
        yield server


@pytest.fixture
def call(pos: PosServer) -> Iterator[Any]:
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {pos.token}"

        def call(method: str, path: str, **kwargs: Any) -> requests.Response:
            return session.request(method, pos.base_url + path, timeout=5, **kwargs)

        yield call


def read(call: Any, *ids: str) -> dict[str, Any]:
    answered: dict[str, Any] = call("POST", "/v1/products:batchGet", json={"ids": ids}).json()
    return answered


def test_nothing_is_shown_without_the_token(pos: PosServer) -> None:
    with requests.Session() as session:
        refused = session.get(pos.base_url + "/v1/outlets", timeout=5)
    assert refused.status_code == 401
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_a_batch_of_ids_answers_the_known_and_names_the_unknown(call: Any) -> None:
    answered = read(call, "p-1", "nobody")
    assert [product["name"] for product in answered["data"]] == ["Mug"]
    assert answered["not_found"] == ["nobody"]


def test_more_than_a_hundred_ids_are_refused(call: Any) -> None:
    ids = [str(n) for n in range(101)]
    assert call("POST", "/v1/products:batchGet", json={"ids": ids}).status_code == 413


def test_a_sale_lowers_the_stock_and_tells_every_subscribed_store(
    call: Any, published: ListPublisher
) -> None:
    lines = [{"product_id": "p-1", "quantity": "2"}]
    call("POST", "/_sandbox/actions/sell", json={"lines": lines}).raise_for_status()
    product = read(call, "p-1")["data"][0]
    assert product["stock"][0]["on_hand"] == "3"
    told = [entry["detail"] for entry in published.entries]
    assert [detail["metadata"]["store_id"] for detail in told] == ["demo", "second"]
    assert told[0]["data"]["products"] == [
        {
            "product_id": "p-1",
            "version": product["version"],
            "stock": [{"outlet_id": "o-main", "on_hand": "3", "version": product["version"]}],
        }
    ]


def test_a_deleted_product_stays_readable_as_a_tombstone(call: Any, pos: PosServer) -> None:
    pos.cloud.delete_product("p-1")
    assert read(call, "p-1")["data"][0]["deleted_at"] is not None
    feed = call("GET", "/v1/products", params={"include_deleted": "true"}).json()
    assert [product["id"] for product in feed["data"]] == ["p-1"]
    assert call("GET", "/v1/products").json()["data"] == []


def test_a_stale_read_shows_the_record_before_the_newest_so_many_times(
    call: Any, pos: PosServer
) -> None:
    pos.cloud.save_product("p-1", price="10")
    call("PUT", "/_sandbox/faults", json={"stale": {"p-1": 1}}).raise_for_status()
    prices = [read(call, "p-1")["data"][0]["price"] for _ in range(2)]
    assert prices == ["9.50", "10.00"]


def test_a_read_by_id_leaves_a_product_out_so_many_times(call: Any) -> None:
    call("PUT", "/_sandbox/faults", json={"left_out": {"p-1": 1}}).raise_for_status()
    first, second = read(call, "p-1"), read(call, "p-1")
    assert (first["data"], first["not_found"]) == ([], ["p-1"])
    assert [each["id"] for each in second["data"]] == ["p-1"]


@pytest.mark.parametrize(("form", "looks_like"), [("seconds", "7"), ("date", "GMT")])
def test_too_many_requests_say_when_to_come_back(call: Any, form: str, looks_like: str) -> None:
    plan = {"too_many": 1, "retry_after_s": 7, "retry_after_form": form}
    call("PUT", "/_sandbox/faults", json=plan)
    refused = call("GET", "/v1/outlets")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"].endswith(looks_like)
    assert call("GET", "/v1/outlets").status_code == 200


def test_the_same_idempotency_key_creates_once(call: Any) -> None:
    body = {"name": "Hat", "external_ids": {"bigcommerce": "77"}}
    answers = [
        call("POST", "/v1/products", json=body, headers={"Idempotency-Key": "k"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    again = call("POST", "/v1/products", json=body, headers={"Idempotency-Key": "other"})
    assert (again.status_code, again.json()["code"]) == (409, "external_id_taken")
    assert again.json()["existing_id"] == answers[0].json()["id"]


def test_a_taken_sku_is_refused_naming_its_holder(call: Any) -> None:
    body = {"name": "Other mug", "sku": "mug1"}
    refused = call("POST", "/v1/products", json=body, headers={"Idempotency-Key": "k"})
    assert (refused.status_code, refused.json()["existing_id"]) == (409, "p-1")


def test_a_department_is_one_however_it_is_written(call: Any) -> None:
    made = call("PUT", "/v1/departments/by-name/Home%2FGarden")
    again = call("PUT", "/v1/departments/by-name/%20home%2Fgarden%20")
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json() == again.json()


def test_a_csv_import_over_http_tells_what_changed_and_what_was_left_out(
    call: Any, published: ListPublisher
) -> None:
    text = "id,name,price\np-1,Mug,11\n,Nobody,1\np-2,Cup,3\n"
    answered = call(
        "POST", "/_sandbox/actions/import_csv?file_name=spring.csv", data=text.encode()
    ).json()
    assert answered["import"] | {"import_id": ""} == {
        "import_id": "", "file_name": "spring.csv", "rows": 3,
        "created": 1, "updated": 1, "failed": 1,
    }  # fmt: skip
    assert answered["skipped_rows"][0]["row"] == 3
    assert {entry["detail-type"] for entry in published.entries} == {"product.imported"}
    mug = read(call, "p-1")["data"][0]
    assert (mug["price"], mug["sku"], mug["stock"][0]["on_hand"]) == ("11.00", "MUG1", "5")


def test_an_import_without_prices_changes_what_is_there_and_makes_nothing_for_0(call: Any) -> None:
    before = read(call, "p-1")["data"][0]["price"]
    text = "id,name,stock,colour\np-1,Beaker,4,red\np-new,Cup,3,blue\n"
    answered = call("POST", "/_sandbox/actions/import_csv?file_name=s.csv", data=text.encode())
    told = answered.json()
    assert [row["code"] for row in told["skipped_rows"]] == ["p-new"]
    assert told["notes"] == ["s.csv: columns not read: colour"]
    mug = read(call, "p-1")["data"][0]
    assert (mug["name"], mug["price"]) == ("Beaker", before)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/_sandbox/actions/fly", {}, 404),
        ("/_sandbox/actions/sell", {"lines": [{"product_id": "p-1"}]}, 422),
        ("/_sandbox/actions/sell", {"wrong": 1}, 422),
        ("/_sandbox/actions/sell", {"lines": [{"product_id": "x", "quantity": 1}]}, 404),
        ("/v1/products:batchGet", {"ids": "p-1"}, 422),
        ("/v1/products:batchGet", {"ids": [1]}, 422),
        ("/v1/skus:generate", {"count": 201}, 422),
        ("/v1/products", {"name": "No key"}, 400),
    ],
)
def test_what_makes_no_sense_is_refused_as_a_problem(
    call: Any, path: str, body: dict[str, Any], status: int
) -> None:
    refused = call("POST", path, json=body)
    assert refused.status_code == status
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_bad_values_are_named_field_by_field_without_repeating_them(call: Any) -> None:
    body = {"name": "x" * 256, "sku": "a/b", "price": "cheap"}
    refused = call("POST", "/v1/products", json=body, headers={"Idempotency-Key": "k"})
    assert {error["field"] for error in refused.json()["errors"]} == {"name", "sku", "price"}
    assert "cheap" not in refused.text


@pytest.mark.parametrize("price", ["10", "12.5", 12.5, 12, "-1.00", "1e3", "12.50000", None])
def test_money_is_taken_only_as_the_contract_writes_it(call: Any, price: object) -> None:
    body = {"name": "Mug", "price": price}
    refused = call("POST", "/v1/products", json=body, headers={"Idempotency-Key": "k"})
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["price"]


def test_down_and_slow_are_switched_on_and_off(call: Any) -> None:
    call("PUT", "/_sandbox/faults", json={"down": True})
    assert call("GET", "/v1/outlets").status_code == 503
    call("PUT", "/_sandbox/faults", json={"slow_ms": 60})
    assert call("GET", "/v1/outlets").elapsed.total_seconds() >= 0.06
    call("PUT", "/_sandbox/faults", json={})
    assert call("GET", "/v1/outlets").status_code == 200


def test_a_stale_read_of_a_product_made_just_now_does_not_find_it(
    call: Any, pos: PosServer
) -> None:
    pos.cloud.save_product("p-9", name="New")
    call("PUT", "/_sandbox/faults", json={"stale": {"p-9": 1}})
    assert read(call, "p-9")["not_found"] == ["p-9"]
    assert read(call, "p-9")["not_found"] == []


def test_an_old_pos_leaves_keys_out_wherever_it_shows_a_record(call: Any, pos: PosServer) -> None:
    sizes = [{"option_values": [{"name": "Size", "value": "S"}], "mpn": "S-1", "sku": "S1"}]
    pos.cloud.save_product("p-2", name="Shirt", mpn="S", condition="Used", variants=sizes)
    whole = read(call, "p-2")["data"][0]
    plan = {"omits": ["mpn", "condition"]}
    assert call("PUT", "/_sandbox/faults", json=plan).json()["omits"] == ["mpn", "condition"]
    for answered in (
        read(call, "p-2")["data"],
        call("GET", "/v1/products", params={"sku": "S1"}).json()["data"],
        call("GET", "/v1/products").json()["data"][1:],
    ):
        (record,) = answered
        assert set(whole) - set(record) == {"mpn", "condition"}
        assert set(whole["variants"][0]) - set(record["variants"][0]) == {"mpn"}
    call("PUT", "/_sandbox/faults", json={})
    assert read(call, "p-2")["data"] == [whole]


@pytest.mark.parametrize("key", ["id", "price", "barcodes", "variants", "option_values"])
def test_any_key_of_a_record_can_be_left_out(call: Any, key: str) -> None:
    assert call("PUT", "/_sandbox/faults", json={"omits": [key]}).status_code == 200
    (record,) = read(call, "p-1")["data"]
    assert key not in record


def test_a_key_that_no_record_has_cannot_be_left_out(call: Any) -> None:
    refused = call("PUT", "/_sandbox/faults", json={"omits": ["weather"]})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"].startswith("omits")


def test_an_old_pos_takes_a_create_without_what_it_does_not_know(call: Any) -> None:
    call("PUT", "/_sandbox/faults", json={"omits": ["mpn", "name"]})
    body = {"name": "Hat", "mpn": "H-1", "condition": "Used"}
    made = call("POST", "/v1/products", json=body, headers={"Idempotency-Key": "k"}).json()
    call("PUT", "/_sandbox/faults", json={})
    record = read(call, made["id"])["data"][0]
    assert (record["name"], record["mpn"], record["condition"]) == ("Hat", None, "Used")


def test_a_file_that_takes_long_to_read_keeps_nobody_else_waiting(
    pos: PosServer, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    others_were_served = threading.Event()

    def slow(*_: Any) -> tuple[Loaded, str]:
        assert others_were_served.wait(10)
        return Loaded(), ""

    monkeypatch.setattr("sandbox.pos.control_routes.read_upload", slow)
    with ThreadPoolExecutor() as threads:
        importing = threads.submit(
            requests.post,
            f"{pos.base_url}/_sandbox/actions/import_csv?dry_run=yes",
            data=b"",
            timeout=20,
        )
        try:
            assert call("GET", "/v1/products").status_code == 200
        finally:
            others_were_served.set()
        assert importing.result().status_code == 200
