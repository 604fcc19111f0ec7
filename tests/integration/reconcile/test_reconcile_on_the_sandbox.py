"""Reconcile with its real clients on the sandbox store and the sandbox POS."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.harness import STORE
from tests.reconcile_house import DRY, FULL, INCREMENTAL, ReconcileHouse
from tillbridge.domain.findings import Code
from tillbridge.domain.run import Request, Result
from tillbridge.usecases.change_settings import set_one

LANTERN = {
    "id": "p-lantern",
    "name": "Storm Lantern",
    "sku": "LANTERN",
    "price": "39.90",
    "cost": "18.00",
    "brand": "Pier & Sons",
    "description_html": "<p>Burns all night.</p>",
    "stock": {"o-main": 5, "o-west": 2},
}
JUMPER = {
    "id": "p-jumper",
    "name": "Fisherman's Jumper",
    "sku": "JUMPER",
    "price": "80",
    "variants": [
        {
            "id": f"p-jumper~{size}",
            "sku": f"JUMPER-{size}",
            "option_values": [{"name": "Size", "value": size}],
            "stock": {"o-main": 3},
        }
        for size in ("S", "M")
    ],
}


@pytest.fixture
def house() -> Iterator[ReconcileHouse]:
    with ReconcileHouse() as house:
        house.has_linked(LANTERN, JUMPER)
        yield house


def test_what_was_pushed_is_read_back_without_a_difference(house: ReconcileHouse) -> None:
    run = house.reconcile()
    assert (run.result, run.compared, house.findings(run)) == (Result.CLEAN, 2, [])


def test_nothing_changed_costs_at_most_three_calls(house: ReconcileHouse) -> None:
    house.reconcile()
    house.control.reset_counts()
    house.runs.writes.clear()
    assert house.reconcile(INCREMENTAL).result is Result.CLEAN
    assert sum(house.calls().values()) <= 3
    assert set(house.runs.writes) == {"run", "cursors"}


def test_each_side_is_told_apart_and_all_is_put_right(house: ReconcileHouse) -> None:
    house.edits_online(
        "p-lantern", name="Lantern!", price=45, brand_name="Else", sale_price=9, page_title="SEO"
    )
    small = house.link("p-jumper").variants["p-jumper~S"]  # type: ignore[index]
    product = house.link("p-jumper").id
    body = {"price": 85, "sku": "OTHER"}
    house.call("PUT", f"/catalog/products/{product}/variants/{small.id}", body)
    item = {"location_id": 1, "variant_id": small.id, "quantity": 44}
    by_hand = {"reason": "by hand", "items": [item]}
    house.call("PUT", "/inventory/adjustments/absolute", by_hand)
    house.control.settle()
    run = house.reconcile()
    assert house.drift(run) == {
        "p-lantern": ["name", "price", "brand"],
        "p-jumper": ["sku@p-jumper~S", "price@p-jumper~S", "stock@p-jumper~S"],
    }
    house.reconcile(Request(approve=run.id, by="anna"))
    house.assert_in_step()
    online = house.online("p-lantern")
    assert (online["sale_price"], online["page_title"]) == (9, "SEO")
    assert house.reconcile().result is Result.CLEAN


def test_a_text_the_store_keeps_in_a_form_of_its_own_is_pushed_once_more_and_then_told(
    house: ReconcileHouse,
) -> None:
    house.control.set_hazard("description-rewritten")
    house.stocks(LANTERN | {"description_html": "<p>Burns<br>all night.</p>"})
    house.push("p-lantern")
    house.settle()
    run = house.reconcile()
    assert house.drift(run) == {"p-lantern": ["description"]}
    house.reconcile(Request(approve=run.id, by="anna"))
    run = house.reconcile()
    assert (run.drift, [each.code for each in house.findings(run)]) == (0, [Code.NOT_TAKEN])


def test_a_lost_event_is_found_by_the_feed_and_the_change_pushed(house: ReconcileHouse) -> None:
    run = house.reconcile()
    set_one(house.reconcile_deps, STORE, "Mia", "reconcile_mode", "repair")
    house.stocks({"id": "p-lantern", "price": "41.00", "stock": {"o-main": 9}})
    run = house.reconcile(INCREMENTAL)
    assert [each.code for each in house.findings(run)] == [Code.MISSED]
    assert run.result is Result.REPAIRED
    house.assert_in_step()


def test_a_variant_and_a_product_deleted_online(house: ReconcileHouse) -> None:
    lantern, jumper = house.link("p-lantern"), house.link("p-jumper")
    small = jumper.variants["p-jumper~S"].id  # type: ignore[index]
    house.call("DELETE", f"/catalog/products/{jumper.id}/variants/{small}")
    house.call("DELETE", f"/catalog/products?id:in={lantern.id}")
    run = house.reconcile()
    codes = {each.product: each.code for each in house.findings(run) if each.drift}
    assert codes == {"p-lantern": Code.GONE_ONLINE, "p-jumper": Code.STRUCTURE}
    house.reconcile(Request(approve=run.id, by="anna"))
    assert house.link("p-lantern").status.value == "broken"
    skus = {variant["sku"] for variant in house.online("p-jumper")["variants"]}
    assert skus == {"JUMPER-S", "JUMPER-M"}
    assert house.reconcile().drift == 0


def test_stock_of_another_location_is_read_by_the_inventory_api(house: ReconcileHouse) -> None:
    connection = house.tables.stores.find(STORE)
    assert connection is not None
    reader = house.clients.open_reader(connection, house.clock.now_ms() + 60_000)
    ids = [house.link(product).id for product in ("p-lantern", "p-jumper")]
    levels = reader.levels(1, [number for number in ids if number is not None])
    assert sorted(units for of in levels.values() for units in of.values()) == [3, 3, 7]


def test_both_views_list_what_a_person_looks_for(house: ReconcileHouse) -> None:
    house.reconcile()
    web = {row.name: row for row in house.listed("web")}
    assert web["Storm Lantern"].price == "39.9"
    assert (web["Storm Lantern"].stock, web["Fisherman's Jumper"].stock) == ("7", "6")
    assert set(web["Fisherman's Jumper"].skus) == {"JUMPER", "JUMPER-S", "JUMPER-M"}
    pos = {row.name: row for row in house.listed("pos")}
    assert pos["Storm Lantern"].stock == "7"


def test_the_walk_and_the_second_look_survive_trouble_of_the_store(house: ReconcileHouse) -> None:
    house.edits_online("p-lantern", price=45)
    house.control.set_hazard("server-error", probability=0.3, seed=4, agent="tillbridge")
    house.control.set_hazard("new-field", agent="tillbridge")
    house.reconcile_deps = replace(house.reconcile_deps)
    run = house.reconcile(DRY)
    while not run.ended:  # an outage ends a slice; the next message goes on
        run = house.reconcile(FULL)
    assert house.drift(run) == {"p-lantern": ["price"]}
