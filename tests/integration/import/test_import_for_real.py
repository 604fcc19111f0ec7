"""Imports with real clients, a sandbox store and a sandbox POS."""

import re
from collections.abc import Iterator

import pytest

from sandbox.pos.faults import FaultPlan
from tests.harness import STORE
from tests.import_house import ImportHouse
from tillbridge.domain.import_messages import Ask, PageMessage
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.usecases.import_products.import_message import import_message

SIZES = [
    {"sku": f"SOCK-{s}", "option_values": [{"option_display_name": "Size", "label": s}]}
    for s in ("S", "M", "L")
]


@pytest.fixture
def house() -> Iterator[ImportHouse]:
    with ImportHouse() as running:
        yield running


def test_a_store_comes_in_whole_and_stays_in_step(house: ImportHouse) -> None:
    lamp, socks, bare = house.only_online(
        {"name": "Lamp", "sku": "LMP 01", "brand_name": "Glow", "description": "<p>Bright</p>",
         "upc": "012345678905", "gtin": "4006381333931", "cost_price": 3.5},
        {"name": "Socks", "inventory_tracking": "variant", "variants": SIZES},
        {"name": "Bare", "inventory_tracking": "none"},
    )  # fmt: skip
    house.control.reset_counts()
    house.import_all()
    house.settle()
    assert {o.kind for o in house.imports.outcomes.values()} == {"imported"}
    assert not [call for call in house.calls() if not call.startswith("GET")]
    assert house.in_pos(lamp).product_number == "LMP 01"
    assert [v.product_number for v in house.in_pos(socks).variants] == [
        "SOCK-S",
        "SOCK-M",
        "SOCK-L",
    ]
    assert re.fullmatch("[0-9A-Z]{8}", house.in_pos(bare).sku)
    for number in (lamp, socks, bare):
        house.pos.save_product(house.came_in_as(number), price="49.95")
    house.settle()
    online = house.online(house.came_in_as(lamp))
    assert (online["sku"], online["price"], online["brand"]) == ("LMP 01", 49.95, "Glow")
    assert (online["upc"], online["gtin"]) == ("012345678905", "4006381333931")
    assert [v["sku"] for v in house.online(house.came_in_as(socks))["variants"]] == [
        "SOCK-S",
        "SOCK-M",
        "SOCK-L",
    ]
    assert house.online(house.came_in_as(bare))["sku"] == house.in_pos(bare).sku


def test_a_thousand_products_cost_a_read_per_250_and_at_most_two_pos_calls_each(
    house: ImportHouse,
) -> None:
    category = house.call(
        "POST",
        "/catalog/trees/categories",
        [{"tree_id": 1, "parent_id": 0, "name": f"Department {n}"} for n in range(20)],
    )["data"]
    numbers = [made["category_id"] for made in category]
    house.only_online(
        *(
            {"name": f"Lamp {n}", "sku": f"L-{n}", "categories": [numbers[n % 20]],
             "brand_name": f"Brand {n % 7}"}
            for n in range(1_000)
        )
    )  # fmt: skip
    house.control.reset_counts()
    house.import_all()
    assert len(house.imports.outcomes) == 1_000
    assert {o.kind for o in house.imports.outcomes.values()} == {"imported"}
    calls = house.calls()
    assert calls["GET /catalog/products"] <= 4
    assert calls["GET /catalog/trees/categories"] <= 4
    assert calls["GET /catalog/brands"] <= 4
    assert sum(calls.values()) <= 12
    assert house.pos_calls <= 2_000
    departments = [named.name for named in house.pos.catalogue.departments.since(0)]
    assert len(departments) == len(set(departments)) == 20
    skus = [sku for product in house.pos.catalogue.live() for sku in product.skus()]
    assert len(skus) == len(set(skus)) == 1_000


def test_while_the_pos_is_down_an_import_waits_and_then_makes_each_product_once(
    house: ImportHouse,
) -> None:
    (lamp,) = house.only_online({"name": "Lamp", "sku": "LMP"})
    house.pos.faults.set(FaultPlan(down=True))
    house.queue.put(PageMessage("r", STORE, Ask()))
    while house.queue.waiting:
        import_message(house.queue.waiting.popleft(), house.import_deps)
    assert house.queue.delayed
    house.pos.faults.set(FaultPlan())
    house.work_on_imports()
    assert house.in_pos(lamp).product_number == "LMP"
    assert len(house.pos.catalogue.live()) == 1


def test_unlinked_and_imported_again_it_is_offered_as_a_link_not_made_twice(
    house: ImportHouse,
) -> None:
    (lamp,) = house.only_online({"name": "Lamp"})
    house.import_all()
    product = house.came_in_as(lamp)
    assert all(a.done for a in house.people_ask(LinkRequestKind.UNLINK, (product, None)))
    house.import_all("again")
    (outcome,) = [o for (_, r, _), o in house.imports.outcomes.items() if r == "again"]
    assert (outcome.kind, outcome.product) == ("offered", product)
    assert all(a.done for a in house.people_ask(LinkRequestKind.LINK, (product, lamp)))
    assert len(house.pos.catalogue.live()) == 1


def test_a_digital_product_stays_digital_even_when_it_is_created_again(house: ImportHouse) -> None:
    card, lamp = house.only_online(
        {"name": "Gift card", "sku": "GIFT", "type": "digital", "inventory_tracking": "none"},
        {"name": "Lamp", "sku": "LMP"},
    )
    house.import_all()
    house.settle()
    product = house.came_in_as(card)
    assert (house.in_pos(card).type, house.in_pos(lamp).type) == ("digital", "physical")
    house.pos.save_product(product, price="49.95")
    house.settle()
    assert (house.online(product)["type"], house.online(product)["price"]) == ("digital", 49.95)

    house.call("DELETE", f"/catalog/products/{card}")
    house.pos.save_product(product, price="50.00")
    house.settle()
    house.push(product)
    house.settle()
    assert house.link(product).id != card
    assert (house.online(product)["type"], house.online(product)["sku"]) == ("digital", "GIFT")
