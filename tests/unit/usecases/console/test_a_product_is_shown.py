"""A product as its page shows it, from either side: sizes, levels, and what only one side knows."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_product, some_stock
from tests.import_world import ImportWorld
from tests.reconcile_world import ReconcileWorld
from tests.unit.usecases.console.shown_products import (
    DIFFERS,
    NOT_OURS,
    PRODUCT,
    SAME,
    UNKNOWN,
    a_world,
    deps_of,
    field,
    shown,
    values,
)
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.usecases.console.show_product import show_product, show_web_product


def test_a_product_of_one_side_shows_that_side() -> None:
    world = ReconcileWorld()
    world.pos.save(a_product())
    stranger = world.web.seed("Stranger")
    world.reconcile()
    page = shown(world)
    assert (page.number, page.web, page.web_seen_ms) == (None, None, 0)
    assert values(page, "name") == ("Storm Lantern", None, UNKNOWN)
    web = show_web_product(deps_of(world), STORE, stranger.id)
    assert web is not None
    assert (web.product, web.pos, web.pos_seen_ms) == (None, None, 0)
    assert values(web, "name") == (None, "Stranger", UNKNOWN)
    assert web.name == "Stranger"


def test_a_linked_product_is_the_same_from_either_side() -> None:
    world = a_world()
    number = world.link(LANTERN).id
    assert number is not None
    assert show_web_product(deps_of(world), STORE, number) == shown(world)


def test_nothing_is_shown_of_what_nobody_knows() -> None:
    deps = deps_of(a_world())
    assert show_product(deps, STORE, PosProductId("p-9")) is None
    assert show_web_product(deps, STORE, StoreProductId(9_999)) is None
    with pytest.raises(UnknownStore):
        show_product(deps, StoreId("nowhere"), PRODUCT)


def test_sizes_are_told_one_by_one_with_their_stock() -> None:
    world = ReconcileWorld()
    world.linked(a_jumper("S", "M"))
    world.reconcile()
    page = shown(world, JUMPER)
    assert [each.name for each in page.variants] == ["Size S", "Size M"]
    assert page.level is None
    first = page.variants[0]
    assert first.level is not None
    assert first.level.level == first.level.online == first.level.on_hand
    assert values(first, "SKU")[2] is SAME
    assert values(first, "stock")[2] is SAME
    assert field(first, "SKU").place == f"sku@{first.variant}"
    assert field(first, "price").words == "Its price is the product's."
    online = world.online(JUMPER)
    assert first.number in online.variants
    edited = next(each for each in online.variants.values() if each.id == first.number)
    edited.fields["price"] = Decimal("7.00")
    world.reconcile()
    first, second = shown(world, JUMPER).variants
    assert values(first, "price") == ("", "7.00", DIFFERS)
    assert values(second, "price")[2] is SAME


def test_levels_are_told_with_what_is_kept_back() -> None:
    world = ReconcileWorld()
    settings = replace(world.connection.settings, safety_stock=2)
    world.connection = replace(world.connection, settings=settings)
    world.stores.save_connection(world.connection)
    world.linked(a_product(stock=(some_stock(7),)))
    level = shown(world).level
    assert level is not None
    assert (level.on_hand, level.kept_back, level.level, level.online) == (7, 2, 5, 5)
    assert (level.promised, shown(world).promised) == (0, "")
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(6),)))
    assert [each.lane for each in shown(world).waiting] == [Lane.STOCK, Lane.CONTENT]
    assert shown(world).waiting[0].because == ("sale.completed",)


def test_a_product_that_came_in_by_an_import_sends_its_product_number_as_sku() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp", "LMP")
    world.ask_for(lamp)
    world.import_until_quiet()
    product = world.links.holders(STORE, [lamp.id])[lamp.id]
    page = shown(world, product)
    assert values(page, "SKU") == ("LMP", "LMP", SAME)
    assert field(page, "name").sent is None


@pytest.mark.parametrize(
    "odd",
    [
        {"description": "what"},
        {"description": {"form": "x"}},
        {"price": "dear"},
        {"barcodes": []},
        {"images": 7},
    ],
    ids=str,
)
def test_a_detail_of_which_no_record_can_be_made_is_as_if_it_were_not_there(
    odd: dict[str, Any],
) -> None:
    world = a_world()
    keys = [("pos", LANTERN), ("web", str(world.link(LANTERN).id))]
    for key, detail in world.read_model.details(STORE, keys).items():
        spoilt = replace(detail, values={**detail.values, **odd})
        world.read_model._details[STORE, *key] = spoilt
    page = shown(world)
    assert values(page, "name") == (None, None, UNKNOWN) or "price" not in odd
    assert page.pos is not None
    assert field(page, "name").sent == "Storm Lantern"
    assert field(page, "price").state in (UNKNOWN, SAME)


def test_of_a_product_that_was_deleted_online_nothing_is_the_same() -> None:
    world = a_world()
    number = world.link(LANTERN).id
    assert number is not None
    world.web.remove(number)
    world.happens("product.saved", a_product(version=2, price=Decimal(5)))
    world.push_until_quiet()
    page = shown(world)
    assert {each.state for each in page.fields} == {UNKNOWN, NOT_OURS}


def test_a_deleted_product_waits_to_be_hidden() -> None:
    world = a_world()
    world.happens("product.saved", a_product(version=2, deleted=True))
    world.push_until_quiet()
    page = shown(world)
    assert values(page, "visibility") == ("hidden", "hidden", SAME)
    assert field(page, "price").state is UNKNOWN
    assert page.pos is not None
    assert page.pos.deleted


def test_times_say_when_each_side_was_read() -> None:
    world = a_world()
    page = shown(world)
    assert (
        page.pos_seen_ms
        >= world.read_model.details(STORE, [("pos", LANTERN)])["pos", LANTERN].seen_ms
        > 0
    )
    assert page.web_seen_ms > 0
