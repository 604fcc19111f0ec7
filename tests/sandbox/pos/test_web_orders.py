"""Web orders at the sandbox POS: booked once per revision, in three ways, with faults."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
import requests

from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.faults import FaultPlan
from sandbox.pos.model import Level
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.server import PosServer

ORDER = "bigcommerce:sandbox1:250"
CANDLE = "p-1003"
MUG, BLUE, GREEN = "p-1001", "p-1001~1", "p-1001~2"

pytestmark = pytest.mark.enable_socket


def a_line(
    line_id: str, units: str, product_id: str | None = CANDLE, **more: Any
) -> dict[str, Any]:
    line = {"line_id": line_id, "product_id": product_id, "units": units, "ordered": units}
    return line | {"unit_price_inc_tax": "9.90", "unit_price_ex_tax": "9.00"} | more


def an_order(revision: int, *lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    order = {
        "revision": revision,
        "placed_at": "2026-11-21T18:40:12Z",
        "number": "250",
        "channel": {"id": 1, "name": "Web"},
        "outlet_id": "o-main",
        "state": "open",
        "currency": "USD",
        "payment": {"method": "Credit Card"},
        "lines": list(lines),
        "extras": [{"kind": "shipping", "amount_inc_tax": "5.00", "amount_ex_tax": "5.00"}],
        "total_inc_tax": "24.80",
    }
    return order | more


class Pos:
    """The POS as a connector calls it."""

    def __init__(self, server: PosServer) -> None:
        self.server, self.cloud = server, server.cloud
        self.published = ListPublisher()
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {server.token}"

    def put(self, body: dict[str, Any], external_id: str = ORDER) -> requests.Response:
        url = f"{self.server.base_url}/v1/web-orders/{external_id}"
        return self.session.put(url, json=body, timeout=10)

    def booked(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.put(body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def listed(self, since: int = 0, limit: int = 100) -> dict[str, Any]:
        query = {"since_version": since, "limit": limit}
        url = f"{self.server.base_url}/v1/web-orders"
        page: dict[str, Any] = self.session.get(url, params=query, timeout=10).json()
        return page

    def level(self, product_id: str = CANDLE, variant_id: str | None = None) -> Level:
        product = self.cloud.catalogue.get(product_id)
        stock = next((v.stock for v in product.variants if v.id == variant_id), product.stock)
        return next(level for level in stock if level.outlet_id == "o-main")

    def free(self, product_id: str = CANDLE, variant_id: str | None = None) -> Decimal:
        level = self.level(product_id, variant_id)
        return level.on_hand - level.committed


@pytest.fixture
def pos() -> Iterator[Pos]:
    with PosServer() as server:
        server.cloud.load(demo_products())
        called = Pos(server)
        yield called
        called.session.close()


def test_an_order_is_sold_and_the_answer_names_the_version_that_contains_it(pos: Pos) -> None:
    before = pos.free()
    told = pos.booked(an_order(1, a_line("194", "2")))
    assert pos.free() == before - 2
    (effect,) = told["effects"]
    assert effect == {
        "line_id": "194",
        "product_id": CANDLE,
        "variant_id": None,
        "version": pos.cloud.catalogue.get(CANDLE).version,
        "units": "2",
    }
    assert [document["kind"] for document in told["documents"]] == ["sale"]


def test_the_same_revision_is_answered_as_before_and_books_nothing(pos: Pos) -> None:
    first = pos.booked(an_order(1, a_line("194", "2")))
    after = pos.free()
    assert pos.booked(an_order(1, a_line("194", "2"))) == first
    assert pos.free() == after


def test_an_older_revision_is_refused_with_the_one_that_is_held(pos: Pos) -> None:
    pos.booked(an_order(3, a_line("194", "2")))
    answer = pos.put(an_order(2, a_line("194", "1")))
    assert (answer.status_code, answer.json()["code"]) == (409, "older_revision")
    assert answer.json()["revision"] == 3


def test_a_revision_with_other_contents_is_refused(pos: Pos) -> None:
    pos.booked(an_order(1, a_line("194", "2")))
    assert pos.put(an_order(1, a_line("194", "3"))).status_code == 422


def test_the_difference_is_booked_as_a_sale_a_return_or_a_void(pos: Pos) -> None:
    before = pos.free()
    for revision, units in enumerate(("2", "5", "1"), start=1):
        pos.booked(an_order(revision, a_line("194", units)))
        assert pos.free() == before - int(units)
    told = pos.booked(an_order(4, a_line("194", "0"), state="cancelled"))
    assert pos.free() == before
    kinds = [document["kind"] for document in told["documents"]]
    assert kinds == ["sale", "sale", "return", "void"]


def test_two_lines_of_one_variant_and_two_variants_of_one_product_each_have_an_effect(
    pos: Pos,
) -> None:
    before = pos.free(MUG, BLUE), pos.free(MUG, GREEN)
    told = pos.booked(
        an_order(
            1,
            a_line("1", "2", MUG, variant_id=BLUE),
            a_line("2", "1", MUG, variant_id=BLUE),
            a_line("3", "4", MUG, variant_id=GREEN),
        )
    )
    assert (pos.free(MUG, BLUE), pos.free(MUG, GREEN)) == (before[0] - 3, before[1] - 4)
    seen = [(each["line_id"], each["variant_id"], each["units"]) for each in told["effects"]]
    assert seen == [("1", BLUE, "2"), ("2", BLUE, "1"), ("3", GREEN, "4")]
    blue = told["effects"][0]["version"]
    told = pos.booked(
        an_order(
            2,
            a_line("1", "2", MUG, variant_id=BLUE),
            a_line("2", "1", MUG, variant_id=BLUE),
            a_line("3", "5", MUG, variant_id=GREEN),
        )
    )
    versions = [each["version"] for each in told["effects"]]
    assert versions[:2] == [blue, blue]
    assert versions[2] > blue


def test_lines_under_new_ids_book_nothing(pos: Pos) -> None:
    first = pos.booked(an_order(1, a_line("194", "2")))
    after = pos.free()
    told = pos.booked(an_order(2, a_line("200", "1"), a_line("201", "1")))
    assert (pos.free(), told["documents"]) == (after, first["documents"])
    assert {each["line_id"]: each["units"] for each in told["effects"]} == {
        "194": "0",
        "200": "1",
        "201": "1",
    }


def test_a_line_that_is_gone_is_taken_back(pos: Pos) -> None:
    before = pos.free()
    pos.booked(an_order(1, a_line("194", "2"), a_line("195", "1", MUG, variant_id=BLUE)))
    pos.booked(an_order(2, a_line("195", "1", MUG, variant_id=BLUE)))
    assert pos.free() == before


def test_a_booking_may_take_stock_below_zero(pos: Pos) -> None:
    pos.booked(an_order(1, a_line("194", "5000")))
    assert pos.free() < 0


def test_a_person_books_later_and_the_list_then_has_the_effects(pos: Pos) -> None:
    before = pos.free()
    pos.cloud.set_booking(mode="by_person")
    answer = pos.put(an_order(1, a_line("194", "2")))
    assert (answer.status_code, answer.json()) == (
        202,
        {"id": ORDER, "revision": 1, "state": "received"},
    )
    page = pos.listed()
    assert (pos.free(), page["data"][0]["effects"]) == (before, [])
    pos.cloud.book_web_orders()
    (listed,) = pos.listed(page["next_version"])["data"]
    assert (listed["state"], listed["effects"][0]["units"]) == ("booked", "2")
    assert pos.free() == before - 2
    assert pos.cloud.book_web_orders() == {"booked": []}


def test_committed_units_are_kept_back_and_sold_when_the_order_is_completed(pos: Pos) -> None:
    before = pos.level()
    pos.cloud.set_booking(mode="committed")
    first = pos.booked(an_order(1, a_line("194", "2")))
    level = pos.level()
    assert (level.on_hand, level.committed) == (before.on_hand, before.committed + 2)
    told = pos.booked(an_order(2, a_line("194", "2"), state="completed"))
    level = pos.level()
    assert (level.on_hand, level.committed) == (before.on_hand - 2, before.committed)
    assert told["effects"] == first["effects"]
    assert [document["kind"] for document in told["documents"]] == ["sale", "sale"]


def test_orders_that_come_at_once_are_each_booked_once(pos: Pos) -> None:
    before = pos.free()
    orders = [(f"bigcommerce:sandbox1:{n % 10}", an_order(1, a_line("1", "1"))) for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(lambda each: pos.put(each[1], each[0]).status_code, orders))
    assert (statuses, pos.free()) == ({200}, before - 10)


def test_a_booking_that_a_person_voids_shows_as_a_new_effect(pos: Pos) -> None:
    before = pos.free()
    first = pos.booked(an_order(1, a_line("194", "2")))
    page = pos.listed()
    pos.cloud.change_booking(external_id=ORDER, units={"194": "0"})
    (listed,) = pos.listed(page["next_version"])["data"]
    (effect,) = listed["effects"]
    assert effect["units"] == "0"
    assert effect["version"] > first["effects"][0]["version"]
    assert pos.free() == before
    pos.booked(an_order(2, a_line("194", "2")))
    assert pos.free() == before - 2


def test_the_list_ascends_and_pages(pos: Pos) -> None:
    for number in range(5):
        pos.put(an_order(1, a_line("1", "1")), f"bigcommerce:sandbox1:{number}")
    pos.put(an_order(2, a_line("1", "2")), "bigcommerce:sandbox1:0")
    seen, since, more = [], 0, True
    while more:
        page = pos.listed(since, limit=2)
        seen += [order["external_id"][-1] for order in page["data"]]
        since, more = page["next_version"], page["has_more"]
    assert seen == ["1", "2", "3", "4", "0"]


def test_a_clerk_sells_what_was_promised(pos: Pos) -> None:
    pos.cloud.set_booking(mode="committed")
    pos.booked(an_order(1, a_line("194", "2")))
    pos.cloud.sell_whole_shelf(product_id=CANDLE)
    level = pos.level()
    assert level.on_hand == 0
    assert pos.free() == -level.committed == -2


@pytest.mark.parametrize(
    ("order", "code", "field"),
    [
        (an_order(1, a_line("1", "1", None)), "unknown_product", "lines.0.product_id"),
        (an_order(1, a_line("1", "1", "p-0")), "unknown_product", "lines.0.product_id"),
        (an_order(1, a_line("1", "1", MUG)), "unknown_product", "lines.0.product_id"),
        (an_order(1, outlet_id="o-0"), "outlet_closed", "outlet_id"),
        (an_order(1, a_line("1", "1"), a_line("1", "1")), "refused", "lines"),
        (an_order(1, a_line("1", "-1")), "invalid", "lines.0.units"),
        (an_order(1, a_line("1", "NaN")), "invalid", "lines.0.units"),
        (an_order(1, a_line("1", "1") | {"units": 1}), "invalid", "lines.0.units"),
        (an_order(1) | {"revision": "1"}, "invalid", "revision"),
        (an_order(1) | {"revision": True}, "invalid", "revision"),
        (an_order(1, placed_at="2026-11-21T18:40:12"), "invalid", "placed_at"),
        (an_order(0), "invalid", "revision"),
        (an_order(1, customer="Canaria"), "invalid", "customer"),
    ],
)
def test_what_cannot_be_booked_names_its_field(
    pos: Pos, order: dict[str, Any], code: str, field: str
) -> None:
    answer = pos.put(order)
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["errors"][0]["field"]) == (code, field)
    assert pos.listed()["data"] == []


def test_a_deleted_product_refuses_the_next_revision_and_leaves_the_first(pos: Pos) -> None:
    first = pos.booked(an_order(1, a_line("194", "2")))
    pos.cloud.delete_product(CANDLE)
    for line in ([a_line("194", "1")], []):
        answer = pos.put(an_order(2, *line))
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_product")
    assert pos.booked(an_order(1, a_line("194", "2"))) == first


def test_an_id_that_is_longer_than_the_contract_allows_is_refused(pos: Pos) -> None:
    assert pos.put(an_order(1, a_line("1", "1")), "x" * 256).status_code == 422
    assert pos.put(an_order(1, a_line("1", "1")), "x" * 255).status_code == 200


def test_a_mode_that_there_is_not_is_refused(pos: Pos) -> None:
    url = f"{pos.server.base_url}/_sandbox/actions/set_booking"
    assert requests.post(url, json={"mode": "never"}, timeout=5).status_code == 422


def test_a_lost_reply_was_booked_and_is_answered_the_second_time(pos: Pos) -> None:
    before = pos.free()
    pos.cloud.faults.set(FaultPlan(web_order_replies_lost=1))
    assert pos.put(an_order(1, a_line("194", "2"))).status_code == 504
    assert pos.free() == before - 2
    assert pos.booked(an_order(1, a_line("194", "2")))["effects"][0]["units"] == "2"
    assert pos.free() == before - 2


def test_a_slow_answer_is_booked_before_it_comes(pos: Pos) -> None:
    before = pos.free()
    pos.cloud.faults.set(FaultPlan(web_order_slow_ms=2000))
    url = f"{pos.server.base_url}/v1/web-orders/{ORDER}"
    with pytest.raises(requests.ReadTimeout):
        pos.session.put(url, json=an_order(1, a_line("194", "2")), timeout=0.5)
    assert pos.free() == before - 2


def test_a_pos_may_say_that_it_is_ahead(pos: Pos) -> None:
    pos.cloud.faults.set(FaultPlan(web_order_ahead=1))
    answer = pos.put(an_order(1, a_line("194", "2")))
    assert (answer.status_code, answer.json()["revision"]) == (409, 2)
    assert pos.booked(an_order(3, a_line("194", "2")))["revision"] == 3


def test_a_pos_may_refuse_with_any_code_of_the_contract(pos: Pos) -> None:
    pos.cloud.faults.set(FaultPlan(web_order_refusals=["period_closed"]))
    assert pos.put(an_order(1, a_line("194", "2"))).json()["code"] == "period_closed"
    assert pos.put(an_order(1, a_line("194", "2"))).status_code == 200


def test_versions_may_come_late_with_the_list_alone(pos: Pos) -> None:
    pos.cloud.faults.set(FaultPlan(web_order_versions_late=1))
    assert pos.booked(an_order(1, a_line("194", "2")))["effects"] == []
    assert pos.listed()["data"][0]["effects"][0]["units"] == "2"


def test_a_pos_may_tell_only_the_sum_of_a_product(pos: Pos) -> None:
    pos.cloud.faults.set(FaultPlan(web_order_sums=True))
    lines = [a_line(key, "2", MUG, variant_id=v) for key, v in (("1", BLUE), ("2", GREEN))]
    (effect,) = pos.booked(an_order(1, *lines))["effects"]
    assert (effect["product_id"], effect["units"], "line_id" in effect) == (MUG, "4", False)
    assert pos.listed()["data"][0]["effects"] == [effect]


def test_a_stale_read_back_shows_the_record_without_the_booking(pos: Pos) -> None:
    told = pos.booked(an_order(1, a_line("194", "2")))
    pos.cloud.faults.set(FaultPlan(stale={CANDLE: 1}))
    url = f"{pos.server.base_url}/v1/products:batchGet"
    read = [
        pos.session.post(url, json={"ids": [CANDLE]}, timeout=10).json()["data"][0]["version"]
        for _ in range(2)
    ]
    version = told["effects"][0]["version"]
    assert read[0] < version <= read[1]


def test_a_pos_without_this_part_answers_404(pos: Pos) -> None:
    pos.cloud.set_booking(mode="not_offered")
    assert pos.put(an_order(1, a_line("194", "2"))).status_code == 404


def test_people_book_over_the_control_routes(pos: Pos) -> None:
    url = f"{pos.server.base_url}/_sandbox/actions"
    assert requests.post(f"{url}/set_booking", json={"mode": "by_person"}, timeout=5).ok
    pos.put(an_order(1, a_line("194", "2")))
    booked = requests.post(f"{url}/book_web_orders", json={}, timeout=5).json()
    assert booked == {"booked": [ORDER]}
