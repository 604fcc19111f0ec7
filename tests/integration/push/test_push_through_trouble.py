"""Real client, real refusals: what goes wrong in the sandbox store and POS, and how push copes."""

import pytest

from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.faults import FaultPlan
from sandbox.pos.inputs import ProductInput
from tests.articles.shelf import LAMP, ROPE, SHIRT, lamp, rope, shirt
from tests.harness import STORE, House
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.usecases.store_work import work_on_store


def _connection(house: House) -> Connection:
    found = house.tables.stores.find(STORE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("hazard", "code"),
    [("token-dead", "token_dead"), ("scope-missing", "scope_missing"), ("suspended", "suspended")],
)
def test_a_store_that_refuses_us_says_why_and_goes_on_by_itself(
    quick_house: House, hazard: str, code: str
) -> None:
    house = quick_house
    house.has_linked(lamp(), rope())
    house.control.set_hazard(hazard, agent="tillbridge")
    house.pos.save_product(LAMP, price="44")
    house.pos.sell([{"product_id": ROPE, "quantity": 1}])
    house.signals.signalled = False
    for _ in range(20):
        work_on_store(STORE, house.deps)
        house.clock.sleep(120)
    waiting = _connection(house)
    assert waiting.state is StoreState.NEEDS_ATTENTION
    assert waiting.attention_code == code
    assert waiting.attention_words
    assert "sandbox-token" not in waiting.attention_words
    assert house.link(LAMP).problem is None
    house.control.clear_hazards()
    house.settle(most=200)
    assert _connection(house).state is StoreState.ACTIVE
    house.assert_in_step()


def test_a_dead_token_costs_few_calls_a_day(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp())
    house.control.set_hazard("token-dead", agent="tillbridge")
    house.pos.save_product(LAMP, price="44")
    start = house.clock.now_ms()
    while house.clock.now_ms() - start < 24 * 3_600_000:
        work_on_store(STORE, house.deps)
        house.clock.sleep(60)
    calls = house.control.counts()["by_agent"].get("tillbridge", {})
    # A wake every 15 minutes: a ping, and one repeat of it with the token read again.
    assert sum(calls.values()) <= 2 * (24 * 4 + 12)


def test_a_pos_that_is_down_holds_up_nothing_it_need_not(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp())
    house.pos.save_product(LAMP, price="44")
    house.pos.faults.set(FaultPlan(down=True))
    work_on_store(STORE, house.deps)
    assert house.online(LAMP)["price"] == 39.9
    assert house.link(LAMP).problem is None
    house.pos.faults.set(FaultPlan())
    house.settle()
    house.assert_in_step()


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_pos_that_wants_us_slower_gets_it(quick_house: House, form: str) -> None:
    house = quick_house
    house.has_linked(lamp())
    house.pos.save_product(LAMP, price="44")
    plan = {"too_many": 4, "retry_after_s": 2, "retry_after_form": form}
    house.pos.faults.set(FaultPlan.model_validate(plan))
    house.settle()
    house.assert_in_step()


def test_a_stale_pos_is_waited_for(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp())
    house.pos.save_product(LAMP, price="44")
    house.pos.faults.set(FaultPlan(stale={LAMP: 4}))
    house.settle()
    assert house.online(LAMP)["price"] == 44
    house.assert_in_step()


@pytest.mark.parametrize("how", ["drop", "500"])
def test_creates_whose_replies_are_lost_make_each_product_once(
    quick_house: House, how: str
) -> None:
    house = quick_house
    house.control.set_hazard(
        "lost-reply", probability=0.5, method="POST", path="^/catalog/products$", seed=3, how=how
    )
    house.pos.load(demo_products())
    house.push(*(product.id for product in house.pos.catalogue.live()))
    house.settle(most=300)
    struck = {found["name"]: found["struck"] for found in house.control.hazards()}
    assert struck["lost-reply"] > 5
    assert house.control.duplicates() == []
    names = house.names_online()
    assert len(names) == len({name.casefold() for name in names})
    house.assert_in_step()
    assert {f.code for f in house.verdict().failed} <= {
        "name_taken",
        "name_too_long",
        "sku_characters",
    }


def test_a_strangers_product_made_in_the_same_moment_is_not_adopted(quick_house: House) -> None:
    house = quick_house
    house.control.set_hazard("server-error", method="POST", path="^/catalog/products$", remaining=1)
    house.stocks(lamp())
    house.push(LAMP)
    house.signals.signalled = False
    work_on_store(STORE, house.deps)
    house.control.seed(
        products=[{"name": "Storm Lantern", "type": "physical", "weight": 0, "price": 1}]
    )
    house.settle(most=100)
    link = house.link(LAMP)
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert link.problem.code == "name_taken"


def test_an_image_that_cannot_be_fetched_holds_back_nothing(quick_house: House) -> None:
    house = quick_house
    broken = "https://pictures.example/broken.jpg"
    house.stocks(lamp(images=[{"url": broken}]))
    house.push(LAMP)
    house.settle()
    assert house.is_linked(LAMP)
    assert any(broken in note for note in house.link(LAMP).notes)
    assert house.verdict().ok
    (again,) = house.tables.pending.of(STORE, Lane.PICTURES, [LAMP])
    assert again.not_before_ms > house.clock.now_ms(), "the image is tried again later"


def test_a_variant_change_under_lost_replies_ends_right(quick_house: House) -> None:
    house = quick_house
    house.has_linked(shirt())
    house.control.set_hazard("lost-reply", probability=0.4, agent="tillbridge", seed=5)
    for sizes in (["S", "M", "L"], ["M", "L"], ["M", "L", "XL", "XXL"]):
        variants = [
            {
                "sku": f"SHIRT-{size}",
                "option_values": [{"name": "Size", "value": size}],
                "stock": {"o-main": 3},
            }
            for size in sizes
        ]
        house.pos.save_product(SHIRT, variants=variants)
        house.settle(most=300)
    house.control.clear_hazards()
    house.settle()
    house.assert_in_step()
    assert len(house.online(SHIRT)["variants"]) == 4


def test_people_in_bigcommerce_delete_a_product_and_nothing_makes_it_again(house: House) -> None:
    house.has_linked(lamp(), rope())
    house.call("DELETE", f"/catalog/products/{house.link(LAMP).id}")
    house.pos.sell([{"product_id": LAMP, "quantity": 1}, {"product_id": ROPE, "quantity": 1}])
    house.settle()
    assert house.link(LAMP).status is LinkStatus.BROKEN
    assert house.names_online() == ["Rope, per metre"]
    assert house.online(ROPE)["inventory_level"] == 79
    house.push(LAMP)
    house.settle()
    assert house.is_linked(LAMP)
    house.assert_in_step()


def test_two_hundred_and_fifty_rows_of_a_csv_come_as_a_claim_check(house: House) -> None:
    products = [
        {"id": f"p-{n}", "name": f"Spool {n}", "sku": f"SPOOL-{n}", "price": "2.00"}
        for n in range(250)
    ]
    house.stocks(*products)
    house.push(*(product["id"] for product in products))
    house.settle()
    house.control.reset_counts()
    rows = [ProductInput.model_validate({**product, "price": "2.50"}) for product in products]
    house.pos.import_products(rows, "spools.csv", rows=250)
    house.settle()
    assert "dataref" in house.events[-1]["detail"]["data"]
    assert house.calls() == {"PUT /catalog/products": 25}
    house.assert_in_step()
