"""Outages, refusals and large catalogues: each product is imported or has a sentence that says why
not."""

from collections.abc import Mapping, Sequence

import pytest

from tests.builders import STORE
from tests.import_world import ImportWorld
from tillbridge.domain.errors import NeedsAttention, PosDown, Refused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import IMPORTING
from tillbridge.domain.new_product import CreatedRecord, NewProduct
from tillbridge.domain.product import Product
from tillbridge.usecases.import_products.import_message import import_message


def test_while_the_pos_is_down_the_import_waits_and_nothing_is_made_twice(
    world: ImportWorld,
) -> None:
    shop = [world.sells(f"Lamp {n}", f"L-{n}") for n in range(30)]
    world.pos.fail("create", PosDown("down", 5.0))
    world.pos.fail("create", PosDown("down", 5.0), applied=True)
    world.pos.fail("vendor", PosDown("down"))
    world.imports_all()
    assert len(world.pos.made) == 30
    assert set(world.imports.kinds().values()) == {"imported"}
    assert {world.in_pos(each).product_number for each in shop} == {f"L-{n}" for n in range(30)}


def test_after_ten_tries_each_product_says_that_it_failed(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP")
    for _ in range(10):
        world.pos.fail("create", NeedsAttention("pos_token_dead", "The token is dead."))
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "failed"}
    assert world.links.holders(STORE, [lamp.id]) == {lamp.id: IMPORTING}
    world.ask_for(request="again")
    world.import_until_quiet()
    assert world.imports.outcomes[STORE, "again", lamp.id].kind == "imported"


def test_a_thousand_products_cost_one_read_per_250_and_little_more_than_one_pos_call_each(
    world: ImportWorld,
) -> None:
    for n in range(1_000):
        world.sells(f"Lamp {n}", f"L-{n}", category=f"Department {n % 10}")
    world.ask_for()
    world.import_until_quiet()
    assert set(world.imports.kinds().values()) == {"imported"}
    assert world.catalogue.reads == 4
    assert world.pos.calls.total() <= 1_100
    assert world.pos.calls["department"] == 10
    assert world.pos.calls["vendor"] == 1


def test_a_department_that_is_gone_from_the_pos_is_made_again(world: ImportWorld) -> None:
    world.sells("Lamp", "L-1", category="Lighting")
    world.imports_all()
    world.pos.departments.clear()
    rug = world.sells("Rug", "R-1", category="Lighting")
    world.ask_for(request="later")
    world.import_until_quiet()
    assert world.in_pos(rug).department == "Lighting"


def test_a_department_the_pos_refuses_is_told_and_its_neighbours_come_in(
    world: ImportWorld,
) -> None:
    lamp, rug = world.sells("Lamp", category="Odd"), world.sells("Rug")
    for _ in range(2):
        world.pos.fail("department", Refused(422, "invalid", {"name": "is odd"}))
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "refused", rug.id: "imported"}
    assert "name: is odd" in world.imports.outcomes[STORE, "r", lamp.id].words


def test_a_filter_bigcommerce_refuses_ends_in_words(world: ImportWorld) -> None:
    def refuses(*_: object) -> object:
        raise Refused(422, "The filter is invalid.")

    world.catalogue.page = refuses  # type: ignore[assignment, method-assign]
    world.ask_for(keyword="x")
    world.import_until_quiet()
    (outcome,) = world.imports.outcomes.values()
    assert outcome.kind == "failed"
    assert "The filter is invalid." in outcome.words


@pytest.mark.parametrize("sku_first", [False, True])
def test_a_product_edited_online_after_a_lost_reply_is_linked_to_what_the_first_try_made(
    world: ImportWorld, sku_first: bool
) -> None:
    world.pos.names_the_sku_first = sku_first
    lamp = world.sells("Lamp", "LMP")
    world.pos.fail("create", PosDown("down"), applied=True)
    world.ask_for()
    while world.queue.waiting:
        import_message(world.queue.waiting.popleft(), world.import_deps)
    world.queue.delayed.clear()  # given up; somebody asks again, after a change
    lamp.fields["name"] = "Tall lamp"
    world.ask_for(request="again")
    world.import_until_quiet()
    assert world.imports.outcomes[STORE, "again", lamp.id].kind == "imported"
    assert len(world.pos.made) == 1
    assert world.link_of(lamp).product == "p-1001"


def test_a_pos_that_does_not_show_yet_what_it_made_is_asked_again(world: ImportWorld) -> None:
    lamp, rug = world.sells("Lamp", "LMP"), world.sells("Rug", "RUG")
    shown, blind = world.pos.products, [3]

    def late(ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        blind[0] -= 1
        return {} if blind[0] >= 0 else shown(ids)

    world.pos.products = late  # type: ignore[method-assign]
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "imported", rug.id: "imported"}
    assert len(world.pos.made) == 2


def test_a_product_the_pos_always_fails_on_does_not_keep_its_neighbours_out(
    world: ImportWorld,
) -> None:
    bad, *shop = [world.sells(f"Lamp {n}", f"L-{n}") for n in range(5)]
    create = world.pos.create

    def fails_on_one(product: NewProduct, *, again: bool) -> CreatedRecord:
        if product.product_number == "L-0":
            raise PosDown("The POS cannot be reached: it answered 500.")
        return create(product, again=again)

    world.pos.create = fails_on_one  # type: ignore[method-assign]
    world.imports_all()
    kinds = world.imports.kinds()
    assert [kinds[each.id] for each in (bad, *shop)] == ["failed", *["imported"] * 4]
