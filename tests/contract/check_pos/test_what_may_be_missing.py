"""What is optional is told with what it costs to be without it."""

from __future__ import annotations

from typing import Any

import pytest

from cli.check_pos.run import check_pos
from cli.check_pos.table import verdict
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.faults import FaultPlan
from sandbox.pos.server import PosServer
from tests.contract.check_pos.conftest import printed, spoilt
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS

pytestmark = pytest.mark.enable_socket


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
