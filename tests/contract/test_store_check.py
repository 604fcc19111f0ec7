"""`tillbridge check-store`: a good store has nothing to mend, and each oddity is said in words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import requests

from cli.check_store.check import Said, Verdict
from cli.check_store.client import MOST_CALLS
from cli.check_store.run import CHECKS, Report, check_store
from cli.check_store.table import as_json, report_table, summary
from cli.screen.console import Screen
from sandbox.bigcommerce.server.server import StoreServer
from tests.builders import a_connection
from tests.fakes.clock import FakeClock
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.orders.conftest import Sold, sold_by
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.connection import Connection, Settings, WebOrderMode

WITH_ORDERS = Settings(web_orders=WebOrderMode.LEDGER)


@dataclass(slots=True)
class Checked:
    """A running store, and what check-store says of it."""

    server: StoreServer
    shop: Sold
    connection: Connection

    def report(self, **settings: Any) -> Report:
        connection = replace(self.connection, **settings)
        return check_store(connection, self.server.token, SystemClock())

    def said(self, name: str, **settings: Any) -> Said:
        return said_of(self.report(**settings), name)


def said_of(report: Report, name: str) -> Said:
    (found,) = [each.said for each in report.findings if each.check.name == name]
    return found


@pytest.fixture(scope="module")
def started() -> Iterator[StoreServer]:
    with StoreServer(quota="pro", stock_delay_ms=0) as server:
        yield server


@pytest.fixture
def store(started: StoreServer) -> Iterator[Checked]:
    started.control.reset()
    api = Api(started)
    shop = sold_by(started, api, mugs=100)
    connection = a_connection(
        api_url=started.api_url, store_hash=started.store_hash, settings=WITH_ORDERS
    )
    yield Checked(started, shop, connection)
    shop.shop.close()
    api.session.close()


def test_a_good_store_has_nothing_to_mend_and_is_asked_at_most_twenty_times(store: Checked) -> None:
    store.shop.buy(1)
    store.server.control.reset_counts()
    report = store.report()
    calls = store.server.control.counts(agent="tillbridge")["calls"]
    assert report.to_mend == 0
    assert all(name.startswith("GET ") for name in calls)
    assert report.calls == sum(calls.values()) <= MOST_CALLS
    told = {each.check.name: each.said.verdict for each in report.findings}
    assert list(told) == [check.name for check in CHECKS]
    assert [name for name, verdict in told.items() if verdict is not Verdict.FINE] == ["webhooks"]


@pytest.mark.parametrize(
    ("hazard", "params", "name", "verdict", "words"),
    [
        (
            "scope-missing",
            {"scope": "store_v2_orders_read_only"},
            "scopes",
            "must be mended",
            "Orders",
        ),
        ("scope-missing", {"scope": "store_v2_products"}, "scopes", "must be mended", "Products"),
        ("scope-missing", {"scope": "store_v2_orders_read_only"}, "refunds", "not told", "lacks"),
        ("settings-by-channel", {}, "stock-by-channel", "worth knowing", "Orders of 1"),
        ("lines-missing", {}, "orders-lines", "worth knowing", "they are all there"),
        ("orders-capped", {"most": 50}, "orders-page", "worth knowing", "page by page"),
        ("orders-capped", {"most": 20}, "orders-page", "worth knowing", "Tell the makers"),
        ("token-dead", {}, "door", "must be mended", "refuses the token"),
        ("suspended", {}, "door", "not told", "suspended"),
    ],
)
def test_what_a_store_does_oddly_is_said(
    store: Checked, hazard: str, params: dict[str, Any], name: str, verdict: str, words: str
) -> None:
    for _ in range(51 if hazard == "orders-capped" else 1):
        store.shop.buy(1)
    store.server.control.set_hazard(hazard, **params)
    said = store.said(name)
    assert said.verdict == verdict
    assert words in f"{said.words} {said.remedy}"


def test_orders_need_no_scope_where_none_are_read(store: Checked) -> None:
    store.server.control.set_hazard("scope-missing", scope="store_v2_orders_read_only")
    assert store.said("scopes", settings=Settings()).verdict is Verdict.KNOW


def test_a_store_that_takes_stock_off_at_shipping_is_told_what_to_set(store: Checked) -> None:
    store.shop.shop.settings(update_stock_behavior="order_completed_or_shipped")
    said = store.said("stock-taken")
    assert said.verdict is Verdict.KNOW
    assert "set it to take stock off when an order is placed" in said.words


def test_products_without_tracking_are_counted_and_one_is_named(store: Checked) -> None:
    store.shop.api.create(name="Voucher", sku="V", inventory_tracking="none")
    said = store.said("untracked")
    assert said.verdict is Verdict.KNOW
    assert "1 product" in said.words
    assert "'Voucher'" in said.words


def test_a_location_that_was_deleted_must_be_mended(store: Checked) -> None:
    assert store.said("location", location_id=77).verdict is Verdict.MEND


def test_a_store_that_lets_nobody_in_is_asked_once(store: Checked) -> None:
    report = check_store(store.connection, "wrong", SystemClock())
    assert (report.calls, len(report.findings), report.to_mend) == (1, 1, 1)
    assert "tillbridge store add" in report.findings[0].said.remedy


def test_no_name_of_a_shopper_is_in_the_report(store: Checked) -> None:
    order = store.shop.order(store.shop.buy(1))
    personal = [
        text for text in order["billing_address"].values() if isinstance(text, str) and text
    ]
    told = json.dumps(as_json(store.report()))
    assert personal
    assert not [text for text in personal if len(text) > 3 and text in told]


def answered(
    request: requests.PreparedRequest, body: bytes, headers: Mapping[str, str] | None = None
) -> requests.Response:
    step = answer(200, body, headers)
    assert not isinstance(step, Exception)
    return step(request)


def odd_store(bodies: dict[str, Any]) -> Report:
    """Return what is said of a store that gives these bodies, by the end of a path, and else {}."""

    def respond(request: requests.PreparedRequest) -> requests.Response:
        path = (request.url or "").partition("?")[0]
        body: Any = next((bodies[end] for end in bodies if path.endswith(end)), {})
        return answered(request, json.dumps(body).encode())

    canned = Canned([respond] * 50)
    return check_store(a_connection(settings=WITH_ORDERS), "t", FakeClock(), canned.http_session())


HERE = {"/v2/store": {"name": "Shop"}}


@pytest.mark.parametrize("body", [None, [], {}, 7, "x", [None, 7, {}], {"data": [{"id": "x"}, 7]}])
def test_answers_that_are_not_as_documented_are_said_and_hinder_nothing(body: object) -> None:
    ends = (
        "/orders",
        "/count",
        "/items",
        "/products",
        "/inventory",
        "/hooks",
        "/refunds",
        "/channels",
    )
    report = odd_store(HERE | dict.fromkeys(ends, body))
    assert len(report.findings) == len(CHECKS)
    assert report.calls <= MOST_CALLS


def test_a_server_that_is_no_bigcommerce_is_not_told_to_be_one() -> None:
    report = odd_store({})
    assert report.findings[0].said.verdict is Verdict.NOT_TOLD


def test_safety_stock_of_bigcommerce_and_back_orders_are_said() -> None:
    items = [
        {"available_to_sell": 3, "total_inventory_onhand": 5, "settings": {"safety_stock": 2}},
        {"available_to_sell": 9, "total_inventory_onhand": 5, "settings": None},
        {"available_to_sell": 5, "total_inventory_onhand": 5},
    ]
    report = odd_store(HERE | {"/items": {"data": items}})
    assert "1 item has a safety stock" in said_of(report, "own-safety-stock").words
    assert "1 item may be sold although none is there" in said_of(report, "back-orders").words


def test_a_store_of_many_channels_is_asked_for_the_first_only() -> None:
    channels = {"data": [{"id": number} for number in range(2, 40)]}
    settings = {"data": {"update_stock_behavior": None}}
    report = odd_store(HERE | {"/channels": channels, "/inventory": settings})
    assert report.calls <= MOST_CALLS
    assert "35 channels more not asked" in said_of(report, "stock-by-channel").words


def test_a_store_that_does_not_tell_its_quota_is_said_to() -> None:
    assert "do not say how much is left" in said_of(odd_store(HERE), "quota").words


def test_a_list_that_ignores_times_is_told_to_the_makers() -> None:
    orders = [{"id": 5, "date_modified": "Tue, 20 Nov 2012 00:00:00 +0000"}]
    report = odd_store(HERE | {"/v2/orders": orders, "/count": {"count": 1}})
    assert said_of(report, "orders-empty").verdict is Verdict.KNOW


def test_a_clock_that_is_far_off_must_be_mended() -> None:
    def respond(request: requests.PreparedRequest) -> requests.Response:
        said = {"Date": "Tue, 20 Nov 2012 00:00:00 GMT"}
        return answered(request, b'{"name": "Shop"}', said)

    canned = Canned([respond] * 50)
    report = check_store(a_connection(), "t", FakeClock(), canned.http_session())
    assert said_of(report, "clock").verdict is Verdict.MEND


def test_the_report_says_what_it_comes_to(store: Checked) -> None:
    report = store.report()
    assert summary(report).startswith("Nothing must be mended, 1 worth knowing, 0 not told.")
    screen = Screen(record=True, width=100)
    screen.print(report_table(report))
    assert "must be mended" not in screen.export_text()
    told: Any = as_json(report)
    assert [each["check"] for each in told["checks"]] == [each.name for each in CHECKS]


def test_each_probe_that_the_list_of_the_unverified_names_is_a_check() -> None:
    text = (Path(__file__).parents[2] / "docs" / "unverified.md").read_text()
    named = {part.split("`")[1] for part in text.split("check-store` (")[1:]}
    assert named
    assert named <= {check.name for check in CHECKS}
