"""`tillbridge check-pos`: the sandbox POS keeps the whole contract, and a broken one is found."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

import pytest
import requests
import uvicorn
import yaml
from openapi_spec_validator import validate
from rich.console import Console
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cli.check_pos.client import CONTRACT
from cli.check_pos.run import Report, check_pos
from cli.check_pos.table import report_table, verdict
from sandbox.pos.api_routes import PosApi
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.faults import FaultPlan
from sandbox.pos.reading import products_found
from sandbox.pos.server import PosServer
from sandbox.pos.web_order_book import Booking
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def pos() -> Iterator[PosServer]:
    with PosServer() as server:
        server.cloud.load(demo_products())
        server.cloud.delete_product("p-1038")
        yield server


def test_the_contract_is_valid_openapi() -> None:
    validate(yaml.safe_load(CONTRACT.read_text(encoding="utf-8")))


def test_the_sandbox_pos_keeps_the_whole_contract(pos: PosServer) -> None:
    report = check_pos(pos.base_url, pos.token, create=True)
    assert [(f.sentence, f.detail) for f in report.findings if f.status != "there"] == []
    assert report.ok


@pytest.mark.parametrize("mode", ["by_person", "committed"])
def test_a_pos_may_book_web_orders_in_its_own_way(mode: Booking) -> None:
    with PosServer() as server:
        server.cloud.load(demo_products())
        server.cloud.set_booking(mode=mode)
        report = check_pos(server.base_url, server.token, create=True)
    assert [(f.sentence, f.detail) for f in report.findings if f.status != "there"] == []


def test_a_pos_without_web_orders_is_told_what_that_costs() -> None:
    with PosServer() as server:
        server.cloud.load(demo_products())
        server.cloud.set_booking(mode="not_offered")
        report = check_pos(server.base_url, server.token, create=True)
    unknown = [finding for finding in report.findings if finding.status == "not known"]
    assert len(unknown) == 2
    assert all("stays on sale at the till" in finding.detail for finding in unknown)
    assert report.ok


def test_a_pos_that_tells_only_sums_of_products_is_told_what_that_costs() -> None:
    with PosServer() as server:
        server.cloud.load(demo_products())
        server.cloud.faults.set(FaultPlan(web_order_sums=True))
        report = check_pos(server.base_url, server.token, create=True)
    (note,) = [finding for finding in report.findings if finding.status == "not known"]
    assert note.detail.startswith("effects do not name lines")
    assert report.ok


def test_nothing_is_written_unless_asked(pos: PosServer) -> None:
    before = pos.cloud.catalogue.version
    report = check_pos(pos.base_url, pos.token)
    assert pos.cloud.catalogue.version == before
    assert "not tried" in {finding.status for finding in report.findings}
    assert "Not tried: 8 checks" in verdict(report)


def test_a_wrong_token_is_reported(pos: PosServer) -> None:
    report = check_pos(pos.base_url, "wrong")
    assert report.findings[0].detail == "GET /v1/outlets returns 401"
    assert not report.ok


def test_a_server_that_is_not_there_is_reported() -> None:
    report = check_pos("http://127.0.0.1:9", "any")
    assert all(finding.status != "there" for finding in report.findings)
    assert "no answer" in report.findings[0].detail


@pytest.mark.parametrize("token", ["wrong", "right"])
def test_a_refused_token_is_reported_once_and_not_once_per_check(
    pos: PosServer, token: str
) -> None:
    url = pos.base_url if token == "wrong" else "http://127.0.0.1:9"
    report = check_pos(url, token, create=True)
    assert [finding.status for finding in report.findings].count("missing") == 1
    assert report.shut_out
    assert verdict(report).startswith("The POS did not let us in: ")
    assert "--token-file" in verdict(report)


type Spoil = Callable[[str, str, dict[str, Any]], dict[str, Any]]
"""What a spoiler makes of the path, the query and the body of a response; `refused` is its status then."""


@contextmanager
def spoilt(pos: PosServer, spoil: Spoil) -> Iterator[str]:
    """Run a vendor's server that spoils the sandbox's responses; yield its address."""

    async def relay(request: Request) -> Response:
        answered = await run_in_threadpool(
            requests.request,
            request.method,
            f"{pos.base_url}{request.url.path}?{request.url.query}",
            data=await request.body(),
            headers={k: v for k, v in request.headers.items() if k != "host"},
            timeout=5,
        )
        body = answered.json()
        if answered.ok:
            body = spoil(request.url.path, request.url.query, body)
        kind = answered.headers["Content-Type"]
        status = body.get("refused", answered.status_code)
        return Response(json.dumps(body), status, media_type=kind)

    app = Starlette(routes=[Route("/{path:path}", relay, methods=["GET", "POST", "PUT"])])
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


def _no_paging(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "next_version"}


def _no_not_found(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "not_found"}


def _float_prices(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
    for product in body.get("data", []):
        if "price" in product:
            product["price"] = float(product["price"])
    return body


def _doubling(path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
    _doubling_count.append(1)
    return body | {"id": f"d-{len(_doubling_count)}"} if "/departments/" in path else body


_doubling_count: list[int] = []


def _early_versions(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
    for effect in body.get("effects", []):
        effect["version"] = 1
    return body


def _no_effects(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
    return body | {"effects": []} if "documents" in body else body


def _booked_anew(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
    if "documents" in body:
        _doubling_count.append(1)
        body["documents"] = [{"id": f"s-{len(_doubling_count)}", "kind": "sale"}]
    return body


WEB_ORDERS = "web orders are booked once per revision (optional)"


@pytest.mark.parametrize(
    ("spoil", "sentence", "stops_push"),
    [
        (_no_paging, "changes are listed by since_version, ascending", False),
        (_no_not_found, "many products are read in one call", True),
        (_float_prices, "products carry every field", True),
        (_doubling, "a department is made once per name", False),
        (_early_versions, WEB_ORDERS, False),
        (_no_effects, WEB_ORDERS, False),
        (_booked_anew, WEB_ORDERS, False),
    ],
)
def test_a_broken_contract_is_reported_with_its_place_and_its_cost(
    pos: PosServer, spoil: Spoil, sentence: str, stops_push: bool
) -> None:
    with spoilt(pos, spoil) as url:
        report = check_pos(url, pos.token, create=True)
    assert sentence in {finding.sentence for finding in report.missing}
    assert report.ok is not stops_push
    (found,) = [finding for finding in report.missing if finding.sentence == sentence]
    assert found.cost in printed(report)


def _altered(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
    for product in body.get("data", []):
        if "brand" in product:
            product["brand"] = product["brand"].upper()
        for variant in product.get("variants", []):
            variant["mpn"] = variant["mpn"] and "X"
    return body


def test_a_pos_that_alters_what_it_is_sent_is_reported(pos: PosServer) -> None:
    with spoilt(pos, _altered) as url:
        report = check_pos(url, pos.token, create=True)
    (found,) = report.missing
    assert found.sentence == "a created product keeps the values it was sent"
    assert found.detail == (
        "brand 'Tillbridge Check' comes back as 'TILLBRIDGE CHECK'; "
        "the variant's mpn 'TBC-350/2' comes back as 'X'"
    )
    assert report.ok


FOUND_AGAIN = "a created product is found by SKU, product number and external id"


def _finds(answer: Callable[[PosServer, str, str], list[str]]) -> Callable[[PosServer], Spoil]:
    """Return a spoiler of look-ups: what is found has the ids that `answer` says of name and value."""

    def of(pos: PosServer) -> Spoil:
        def spoil(path: str, query: str, body: dict[str, Any]) -> dict[str, Any]:
            name, value = (*parse_qsl(query), ("", ""))[0]
            if path != "/v1/products" or name not in ("sku", "product_number", "external_id"):
                return body
            return {"data": [{"id": each} for each in answer(pos, name, value)]}

        return spoil

    return of


def _right(pos: PosServer, name: str, value: str) -> list[str]:
    return [each["id"] for each in products_found(pos.cloud, name, value)]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            lambda pos, name, value: _right(pos, name, value) if name != "external_id" else [],
            "external_id=Tillbridge-Check/",
        ),
        (
            lambda pos, name, value: (
                _right(pos, name, value) if value == value.upper() or name != "sku" else []
            ),
            "in small letters does not find",
        ),
        (
            lambda pos, name, value: (
                _right(pos, name, value) and ["p-1001", *_right(pos, name, value)]
            ),
            "also finds products without this value",
        ),
    ],
    ids=["reads key:value", "minds case", "finds too many"],
)
def test_a_wrong_reading_of_a_number_is_found_by_the_product_just_created(
    pos: PosServer, answer: Callable[[PosServer, str, str], list[str]], told: str
) -> None:
    with spoilt(pos, _finds(answer)(pos)) as url:
        report = check_pos(url, pos.token, create=True)
    (found,) = [each for each in report.missing if each.sentence == FOUND_AGAIN]
    assert told in found.detail
    assert report.ok


def test_each_key_that_is_left_out_is_named_with_its_own_cost(pos: PosServer) -> None:
    def spoil(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
        for product in body.get("data", []):
            for key in ("stock", "brand"):
                product.pop(key, None)
        return body

    with spoilt(pos, spoil) as url:
        report = check_pos(url, pos.token)
    (found,) = [each for each in report.missing if each.sentence == "products carry every field"]
    assert "without brand the web store keeps its own value" in found.detail
    assert "without stock no level of the product goes online" in found.detail


def test_a_pos_that_gives_out_no_skus_is_told_that_it_costs_nothing(pos: PosServer) -> None:
    def spoil(path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"refused": 404} if path == "/v1/skus:generate" else body

    with spoilt(pos, spoil) as url:
        report = check_pos(url, pos.token, create=True)
    (note,) = [each for each in report.findings if each.status == "not known"]
    assert "Tillbridge counts its own" in note.detail


def test_a_pos_that_does_not_know_the_optional_fields_has_no_fault(pos: PosServer) -> None:
    pos.cloud.faults.set(FaultPlan(omits=list(PLAIN_OF_PRODUCTS)))
    try:
        report = check_pos(pos.base_url, pos.token, create=True)
    finally:
        pos.cloud.faults.set(FaultPlan())
    assert (report.ok, report.missing) == (True, ())
    (note,) = [finding for finding in report.findings if finding.status == "not known"]
    unknown, _, what = note.detail.partition(": ")
    assert what == "not known to this POS; Tillbridge sends nothing for it"
    assert set(unknown.split(", ")) == {
        *(f"{name} of products" for name in PLAIN_OF_PRODUCTS),
        *(f"{name} of variants" for name in PLAIN_OF_VARIANTS),
    }
    assert note.detail in printed(report)
    assert verdict(report) == "Nothing is missing."


def test_a_required_key_that_is_left_out_is_a_fault(pos: PosServer) -> None:
    pos.cloud.faults.set(FaultPlan(omits=["brand"]))
    try:
        report = check_pos(pos.base_url, pos.token)
    finally:
        pos.cloud.faults.set(FaultPlan())
    (found,) = [finding for finding in report.missing if finding.needed]
    assert "'brand' is a required property" in found.detail


def printed(report: Report) -> str:
    written = io.StringIO()
    Console(file=written, width=400).print(report_table(report))
    return written.getvalue()


def test_the_sandbox_serves_exactly_the_operations_of_the_contract(pos: PosServer) -> None:
    document = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    written = {
        (method.upper(), path) for path, item in document["paths"].items() for method in item
    }
    routes = PosApi(pos.cloud, pos.token).routes()
    served = {
        (method, route.path.replace(":path}", "}"))
        for route in routes
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert served == written


@pytest.mark.parametrize("change", [{"sku": None}, {"id": None}, {"id": ["p"]}])
def test_what_a_check_takes_for_granted_may_be_missing_too(
    pos: PosServer, change: dict[str, Any]
) -> None:
    def _changed(_path: str, _query: str, body: dict[str, Any]) -> dict[str, Any]:
        ((key, value),) = change.items()
        found = body.get("data")
        for each in [body, *(found if isinstance(found, list) else [])]:
            if key in each:
                each[key] = value
                if value is None:
                    del each[key]
        return body

    with spoilt(pos, _changed) as url:
        report = check_pos(url, pos.token, create=True)
    assert report.missing
