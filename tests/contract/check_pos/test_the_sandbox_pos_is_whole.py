"""The sandbox POS keeps the whole contract; who is not let in is told so once."""

from __future__ import annotations

import pytest
import yaml
from openapi_spec_validator import validate

from cli.check_pos.client import CONTRACT
from cli.check_pos.run import check_pos
from cli.check_pos.table import verdict
from sandbox.pos.api_routes import PosApi
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.server import PosServer
from sandbox.pos.web_order_book import Booking

pytestmark = pytest.mark.enable_socket


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
