"""What is no list of orders is no end of one."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.bigcommerce.orders import BigCommerceOrders
from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.shown import WebOrder


def reading(body: bytes, status: int = 200) -> BigCommerceOrders:
    http = Canned([answer(status, body)] * 30).http_session()
    return BigCommerceOrders("https://api.example", "h", lambda _: "t", FakeClock(), 2**62, http)


@pytest.mark.parametrize("body", [b"", b"null", b"{}", b"<html>", b'"no"'])
def test_a_body_that_is_no_list_is_no_end(body: bytes) -> None:
    with pytest.raises(StoreDown):
        reading(body).changed(0, WebOrderId(1))


@pytest.mark.parametrize(("status", "body"), [(204, b""), (200, b"[]")])
def test_an_empty_list_is_the_end(status: int, body: bytes) -> None:
    assert reading(body, status).changed(0, WebOrderId(1)).following is None


@pytest.mark.parametrize(("orders", "following"), [(49, None), (50, 51)])
def test_only_a_page_below_the_smallest_cap_ends(orders: int, following: int | None) -> None:
    records = [{"id": number} for number in range(1, orders + 1)]
    page = reading(json.dumps(records).encode()).changed(0, WebOrderId(1))
    assert (len(page.odd), page.following) == (orders, following)


def test_a_page_without_a_usable_id_is_no_end() -> None:
    with pytest.raises(Refused):
        reading(b'[{"id": 3}]').changed(0, WebOrderId(4))


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>"])
def test_a_body_that_is_no_order_does_not_say_that_there_is_none(body: bytes) -> None:
    with pytest.raises(StoreDown):
        reading(body).order(WebOrderId(4))


def test_an_order_whose_lines_stay_short_is_taken_as_it_stands_and_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    line = {"id": 1, "product_id": 7, "quantity": 2, "type": "physical", "name": "Canary Mug"}
    whole: dict[str, Any] = {
        "id": 4,
        "status_id": 11,
        "date_created": "Fri, 27 Nov 2026 09:00:00 +0000",
        "date_modified": "Fri, 27 Nov 2026 09:00:00 +0000",
        "items_total": 3,
        "consignments": {"shipping": [{"line_items": [line]}]},
    }
    http = Canned(
        [answer(200, json.dumps(body).encode()) for body in (whole, [line], [line])]
    ).http_session()
    orders = BigCommerceOrders("https://api.example", "h", lambda _: "t", FakeClock(), 2**62, http)
    found = orders.order(WebOrderId(4))
    assert isinstance(found, WebOrder)
    assert [each.quantity for each in found.lines] == [2]
    (told,) = [record for record in caplog.records if "lines" in record.getMessage()]
    assert (told.__dict__["order_id"], told.__dict__["of"]) == (4, Decimal(3))
    assert "Canary" not in caplog.text
