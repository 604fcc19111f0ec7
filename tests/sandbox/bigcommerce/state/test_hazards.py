"""Hazards: each fault can be switched on by name, and does what it says."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import requests

from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.hazards import PARAMETERS
from tests.sandbox.bigcommerce.conftest import Api, a_product, a_variant


@pytest.fixture
def slowed() -> Iterator[StoreServer]:
    """Yield a store whose answers take a moment, so that calls overlap."""
    with StoreServer(quota="none", stock_delay_ms=0, latency_ms=250) as started:
        yield started


def test_an_unknown_hazard_is_refused(server: StoreServer) -> None:
    with pytest.raises(ValueError, match="no hazard named 'gremlins'"):
        server.control.set_hazard("gremlins")


def test_a_parameter_no_hazard_reads_is_refused(server: StoreServer) -> None:
    with pytest.raises(ValueError, match="'lost-reply' reads no status"):
        server.control.set_hazard("lost-reply", status=500)


def test_a_hazard_strikes_as_often_as_told_and_only_where_it_fits(
    server: StoreServer, api: Api
) -> None:
    server.control.set_hazard("server-error", remaining=1, method="GET", path="^/catalog")
    assert api.get("/v2/time").status_code == 200
    assert api.get("/catalog/products").status_code >= 500
    assert api.get("/catalog/products").status_code == 200
    assert server.control.hazards()[0]["struck"] == 1


def test_a_hazard_with_a_probability_repeats_with_its_seed(server: StoreServer, api: Api) -> None:
    def statuses() -> list[int]:
        server.control.set_hazard("token-dead", probability=0.5, seed=7)
        return [api.get("/v2/time").status_code for _ in range(20)]

    first = statuses()
    assert first == statuses()
    assert set(first) == {200, 401}


def test_every_hazard_can_be_cleared(server: StoreServer, api: Api) -> None:
    for name in PARAMETERS:
        server.control.set_hazard(name)
    server.control.clear_hazards()
    assert api.get("/v2/time").status_code == 200
    assert server.control.hazards() == []


def test_quota_bare_answers_429_without_a_header_or_body(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("quota-bare")
    answer = api.get("/v2/time")
    assert (answer.status_code, answer.text) == (429, "")
    assert not [name for name in answer.headers if name.lower().startswith("x-r")]


def test_quota_headers_answers_429_with_the_time_to_wait(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("quota-headers")
    answer = api.get("/v2/time")
    assert answer.status_code == 429
    assert {"x-retry-after", "x-rate-limit-time-reset-ms"} <= {
        name.lower() for name in answer.headers
    }


def test_a_server_error_is_html_and_applies_nothing(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("server-error", status=502)
    answer = api.post("/catalog/products", a_product())
    assert (answer.status_code, answer.headers["content-type"][:9]) == (502, "text/html")
    server.control.clear_hazards()
    assert api.get("/catalog/products").json()["data"] == []


@pytest.mark.parametrize("how", ["drop", "500"])
def test_a_lost_reply_has_applied_the_create(server: StoreServer, api: Api, how: str) -> None:
    server.control.set_hazard("lost-reply", method="POST", how=how)
    if how == "drop":
        with pytest.raises(requests.ConnectionError):
            api.post("/catalog/products", a_product())
    else:
        assert api.post("/catalog/products", a_product()).status_code == 500
    assert len(api.get("/catalog/products").json()["data"]) == 1


def test_an_answer_can_break_off_in_its_middle(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("reset-mid-body", method="GET")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        api.get("/catalog/products")


@pytest.mark.parametrize("name", ["slow", "image-slow"])
def test_an_answer_can_take_its_time(server: StoreServer, api: Api, name: str) -> None:
    server.control.set_hazard(name, method="POST", seconds=0.3)
    started = time.monotonic()
    api.create(images=[{"image_url": "https://shop.example/a.jpg"}])
    assert time.monotonic() - started >= 0.3


def test_partial_207_saves_the_product_without_its_stock(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("partial-207", part="inventory_level")
    body = a_product(inventory_tracking="product", inventory_level=5)
    answer = api.post("/catalog/products", body)
    assert answer.status_code == 207
    assert answer.json()["errors"]["errors"].keys() == {"inventory_level"}
    assert answer.json()["data"][0]["inventory_level"] == 0


def test_batch_422_refuses_a_batch_and_names_nobody(server: StoreServer, api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    server.control.set_hazard("batch-422", remaining=2)
    products = api.put("/catalog/products", [{"id": made["id"], "price": 1}])
    variants = api.put("/catalog/variants", [{"id": made["variants"][0]["id"], "price": 1}])
    assert (products.status_code, variants.status_code) == (422, 422)
    assert len(variants.json()["batch_errors"]) == 1


@pytest.mark.parametrize("what", ["products", "variants"])
def test_batch_partial_applies_some_though_the_answer_is_an_error(
    server: StoreServer, api: Api, what: str
) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    good = made["id"] if what == "products" else made["variants"][0]["id"]
    server.control.set_hazard("batch-partial")
    answer = api.put(f"/catalog/{what}", [{"id": good, "price": 1}, {"id": 4711, "price": 1}])
    assert answer.status_code >= 400
    listed = api.get(f"/catalog/{what}").json()["data"]
    assert [item["price"] for item in listed] == [1]


def test_a_dead_token_a_missing_scope_and_a_suspended_store_refuse_everything(
    server: StoreServer, api: Api
) -> None:
    expected = {"token-dead": 401, "scope-missing": 403, "suspended": 503}
    for name, status in expected.items():
        server.control.set_hazard(name)
        answer = api.get("/catalog/products")
        assert answer.status_code == status
        server.control.clear_hazards(name)
    server.control.set_hazard("scope-missing", scope="store_inventory")
    assert api.get("/inventory/items").status_code == 403
    assert api.get("/catalog/products").status_code == 200


def test_a_description_can_be_kept_in_another_form(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("description-rewritten")
    made = api.create(description=" <p>Cold<BR>wash</p><script>x()</script>\n")
    assert made["description"] == "<p>Cold<br />wash</p>"


def test_a_page_can_shift_while_paging(server: StoreServer, api: Api) -> None:
    server.control.seed(count=6)
    server.control.set_hazard("page-shift", by=-1)
    pages = [
        api.get(f"/catalog/products?sort=id&limit=3&page={page}").json()["data"] for page in (1, 2)
    ]
    assert [item["id"] for page in pages for item in page] == [1, 2, 3, 3, 4, 5]


def test_a_list_of_variants_can_miss_what_was_just_created(server: StoreServer, api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S"), a_variant("M", "M")])
    server.control.set_hazard("variants-lag")
    listed = api.get(f"/catalog/products/{made['id']}/variants").json()["data"]
    assert [variant["sku"] for variant in listed] == ["S"]


def test_total_pages_can_lie_with_options_included(server: StoreServer, api: Api) -> None:
    server.control.seed(count=30)
    server.control.set_hazard("include-10-lies")
    meta = api.get("/catalog/products?include=options").json()["meta"]["pagination"]
    assert (meta["total"], meta["total_pages"]) == (30, 1)


def test_a_create_straight_after_a_brand_write_can_lose_its_connection(
    server: StoreServer, api: Api
) -> None:
    server.control.set_hazard("brand-race", ms=5000)
    assert api.post("/catalog/brands", {"name": "Acme"}).status_code == 200
    with pytest.raises(requests.ConnectionError):
        api.post("/catalog/products", a_product())
    assert api.get("/catalog/products").json()["data"] == []


def test_answers_can_carry_fields_nobody_knew(server: StoreServer, api: Api) -> None:
    api.create()
    server.control.set_hazard("new-field")
    record = api.get("/catalog/products").json()["data"][0]
    assert "sandbox_new_field" in record
    assert record["view_count"] == "0"


def test_stock_async_makes_stock_arrive_later(server: StoreServer, api: Api) -> None:
    made = api.create(inventory_tracking="product")
    server.control.set_hazard("stock-async", ms=60_000)
    items = [{"location_id": 1, "product_id": made["id"], "quantity": 3}]
    api.put("/inventory/adjustments/absolute", {"items": items})
    assert api.product(made["id"])["inventory_level"] == 0
    server.control.settle()
    assert api.product(made["id"])["inventory_level"] == 3


def test_image_failures_can_be_made_for_any_address(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("image-fails", path="a\\.jpg")
    image = {"image_url": "https://shop.example/a.jpg"}
    assert api.post("/catalog/products", a_product(images=[image])).status_code == 400
    assert api.get("/catalog/products").json()["data"] == []


def test_a_body_can_trickle(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("trickle", seconds=0.3)
    started = time.monotonic()
    assert api.get("/catalog/products").json()["data"] == []
    assert time.monotonic() - started >= 0.2


def test_variants_in_a_product_update_can_cost_the_product_all_others(
    server: StoreServer, api: Api
) -> None:
    made = api.create(variants=[a_variant("S", "S"), a_variant("M", "M")])
    server.control.set_hazard("variants-clobbered")
    body = {"variants": [{"id": made["variants"][0]["id"]}]}
    assert api.put(f"/catalog/products/{made['id']}", body).status_code == 200
    assert [v["sku"] for v in api.product(made["id"], "variants")["variants"]] == ["S"]


def at_once(*calls: Callable[[], requests.Response]) -> list[requests.Response]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def test_more_calls_at_once_than_the_cap_get_a_bare_429(slowed: StoreServer) -> None:
    slowed.control.set_hazard("concurrency-cap", most=2)
    clients = [Api(slowed) for _ in range(4)]
    answers = at_once(*(partial(client.get, "/catalog/products") for client in clients))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 429, 429]
    assert slowed.control.counts()["most_in_flight"] >= 3
    for client in clients:
        client.session.close()


@pytest.mark.parametrize("together", [True, False])
def test_bulk_stock_beside_bulk_catalogue_writes_loses_stock(
    slowed: StoreServer, together: bool
) -> None:
    one, other = Api(slowed), Api(slowed)
    ids = [one.create(name=f"P{n}", inventory_tracking="product")["id"] for n in range(2)]
    items = [{"location_id": 1, "product_id": item, "quantity": 5} for item in ids]
    slowed.control.set_hazard("stock-races-catalog")

    def stock() -> requests.Response:
        return one.put("/inventory/adjustments/absolute", {"items": items})

    def catalogue() -> requests.Response:
        return other.put("/catalog/products", [{"id": ids[0], "price": 1}])

    answers = at_once(stock, catalogue) if together else [stock(), catalogue()]
    assert [answer.status_code for answer in answers] == [200, 200]
    slowed.control.settle()
    levels = [item["inventory_level"] for item in slowed.control.snapshot()["products"]]
    assert levels == ([5, 0] if together else [5, 5])
    assert slowed.control.counts()["overlaps"] == (1 if together else 0)
    one.session.close()
    other.session.close()


def test_batch_ignores_answers_200_and_saves_all_but_the_named_fields(
    server: StoreServer, api: Api
) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    variant = {"id": made["variants"][0]["id"]}
    path = f"/catalog/products/{made['id']}/variants/{variant['id']}"
    server.control.set_hazard("batch-ignores", fields="upc,price")
    sent = {"price": 7, "upc": "012345678905", "cost_price": 3}
    answer = api.put("/catalog/variants", [variant | sent])
    assert answer.status_code == 200
    (shown,) = answer.json()["data"]
    assert (shown["price"], shown["upc"], shown["cost_price"]) == (None, "", 3)
    assert api.put(path, sent).status_code == 200
    alone = api.get(path).json()["data"]
    assert (alone["price"], alone["upc"]) == (7, "012345678905")

    answer = api.put(
        "/catalog/products", [{"id": made["id"], "price": 9, "bin_picking_number": "B"}]
    )
    assert answer.status_code == 200
    product = api.get(f"/catalog/products/{made['id']}").json()["data"]
    assert (product["price"], product["bin_picking_number"]) == (made["price"], "B")
