"""Between two pages of what is read, sales go, and what people asked for."""

from dataclasses import replace

import pytest

from tests.builders import a_product
from tests.busy_world import A_CALL_S, A_PAGE_S
from tests.unit.usecases.busy_shop import A_WAVE_MS, Sales, a_shop, lamps


def test_a_sale_waits_for_one_page_of_the_walk_of_names() -> None:
    world, shop = a_shop()
    world.begin()
    world.web.walked = 60_000
    world.deps.push.indexes.clear()
    sales = Sales(world, shop, 5, most=40)
    world.ask(*lamps(30, first=100))
    world.live(260)
    assert world.counted("create") == 30
    assert world.counted("walk") == 60_000 / 250
    assert sales.longest_ms() <= 1_000 * A_PAGE_S + 2 * A_WAVE_MS


def test_a_person_waits_for_one_page_of_the_walk_of_names_for_an_import() -> None:
    world, _ = a_shop()
    world.begin()
    world.web.walked = 60_000
    world.deps.push.indexes.clear()
    world.ask(*lamps(300, first=1_000))  # so many that they go in bulk
    asked = world.clock.now_ms() + 30_000
    wanted = a_product("p-new", name="New", sku="NEW")
    world.clock.at(asked, lambda: world.ask(wanted))
    world.live(80)
    begun = next(call.at_ms for call in world.web.begun if call.method == "create")
    assert begun - asked <= 5_000
    world.live(300)
    assert world.counted("walk") == 60_000 / 250  # it went on where it stopped


def test_a_sale_waits_for_one_read_of_the_pos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.busy_world.A_POS_READ_S", 3.0)
    many = lamps(400, first=1_000)
    world, shop = a_shop(*many)
    world.begin()
    world.happens("product.imported", *(replace(p, version=9) for p in many))
    sales = Sales(world, shop, 4, most=5)
    world.live(120)
    # A read of four that was under way, one of another sale's record, and that of its own.
    assert sales.longest_ms() <= 3 * 3_000 + 2_000 * A_CALL_S
