"""What breaks the contract is reported with its place and its cost."""

from __future__ import annotations

from typing import Any

import pytest

from cli.check_pos.run import check_pos
from sandbox.pos.faults import FaultPlan
from sandbox.pos.server import PosServer
from tests.contract.check_pos.conftest import Spoil, printed, spoilt

pytestmark = pytest.mark.enable_socket


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


def test_a_required_key_that_is_left_out_is_a_fault(pos: PosServer) -> None:
    pos.cloud.faults.set(FaultPlan(omits=["brand"]))
    try:
        report = check_pos(pos.base_url, pos.token)
    finally:
        pos.cloud.faults.set(FaultPlan())
    (found,) = [finding for finding in report.missing if finding.needed]
    assert "'brand' is a required property" in found.detail
