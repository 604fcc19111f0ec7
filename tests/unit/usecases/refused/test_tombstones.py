"""What the POS deleted gives up its name and SKUs to what lives there."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import a_connection, a_jumper, a_product, a_variant, some_stock
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import LostReply
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product

OLD = a_product("p-old")
NEW = a_product("p-new", version=1)


@pytest.fixture(params=list(PushContent), ids=str)
def world(request: pytest.FixtureRequest) -> World:
    return World(connection=a_connection(settings=Settings(push_content=request.param)))


def deletes(world: World, product: Product) -> None:
    world.happens("product.saved", replace(product, version=9, deleted=True))
    world.push_until_quiet()


def fields(world: World, product: Product) -> dict[str, Any]:
    number = world.link(product).id
    assert number is not None
    return world.web[number].fields


def healthy(world: World, product: Product) -> bool:
    link = world.link(product)
    assert link.problem is None, link.problem
    return link.status is LinkStatus.LINKED


def test_deleted_then_made_again(world: World) -> None:
    world.linked(OLD)
    deletes(world, OLD)
    world.ask(NEW)
    world.push_until_quiet()
    assert healthy(world, NEW)
    assert fields(world, NEW)["name"] == "Storm Lantern"
    assert fields(world, OLD)["is_visible"] is False
    assert "deleted in the POS" in fields(world, OLD)["name"]


@pytest.mark.parametrize("applied", [False, True])
def test_made_again_while_a_reply_is_lost(world: World, applied: bool) -> None:
    world.linked(OLD)
    deletes(world, OLD)
    world.web.fail_next("create", LostReply("lost"), applied=applied)
    world.ask(NEW)
    world.push_until_quiet()
    assert healthy(world, NEW)
    assert fields(world, NEW)["name"] == "Storm Lantern"


def test_made_again_then_deleted(world: World) -> None:
    world.linked(OLD)
    world.ask(NEW)
    world.push_until_quiet()
    assert world.link(NEW).problem is not None
    deletes(world, OLD)
    assert healthy(world, NEW)
    assert fields(world, NEW)["sku"] == OLD.sku


def test_many_made_again_at_once(world: World) -> None:
    olds = [a_product(f"p-{n}", name=f"P {n}", sku=f"S-{n}") for n in range(25)]
    world.linked(*olds)
    for each in olds:
        world.happens("product.saved", replace(each, version=9, deleted=True))
    world.push_until_quiet()
    news = [replace(each, id=a_product(f"n-{n}").id) for n, each in enumerate(olds)]
    world.ask(*news)
    world.push_until_quiet()
    assert all(healthy(world, each) for each in news)


@pytest.mark.parametrize("first", ["the deletion", "the merge"])
def test_its_sku_is_now_a_variant_of_another_product(world: World, first: str) -> None:
    gone = a_product("p-old", name="Small jumper", sku="JUMPER-L")
    jumper = a_jumper("S")
    world.linked(gone, jumper)
    sizes = (a_variant("S", stock=(some_stock(0),)), a_variant("L"))
    merged = replace(jumper, version=2, price=Decimal(5), variants=sizes)
    if first == "the deletion":
        deletes(world, gone)
    world.happens("product.saved", merged)
    world.push_until_quiet()
    if first == "the merge":
        deletes(world, gone)
    assert healthy(world, jumper)
    assert fields(world, jumper)["price"] == 5
    assert len(world.link(jumper).variants) == 2


def test_a_variant_of_a_deleted_product_gives_up_its_sku_too(world: World) -> None:
    jumper = a_jumper("S", "L")
    other = a_product("p-b", name="Other", sku="OTHER")
    world.linked(jumper, other)
    deletes(world, jumper)
    world.happens("product.saved", replace(other, version=2, sku="JUMPER-L"))
    world.push_until_quiet()
    assert healthy(world, other)
    assert fields(world, other)["sku"] == "JUMPER-L"


@pytest.mark.parametrize("field", ["name", "sku"])
def test_a_linked_product_takes_the_name_or_sku_of_a_deleted_one(world: World, field: str) -> None:
    other = a_product("p-b", name="Other", sku="OTHER")
    world.linked(OLD, other)
    deletes(world, OLD)
    changes: dict[str, Any] = {field: getattr(OLD, field)}
    world.happens("product.saved", replace(other, version=2, price=Decimal(5), **changes))
    world.push_until_quiet()
    assert healthy(world, other)
    assert fields(world, other)[field] == getattr(OLD, field)
    assert fields(world, other)["price"] == 5


def test_a_deleted_product_that_comes_back_gets_its_name_when_nobody_has_it(world: World) -> None:
    other = a_product("p-b", name="Other", sku="OTHER")
    world.linked(OLD, other)
    deletes(world, OLD)
    world.happens("product.saved", replace(other, version=2, name=OLD.name))
    world.push_until_quiet()
    world.happens("product.saved", replace(other, version=3))
    world.push_until_quiet()
    world.happens("product.saved", replace(OLD, version=12))
    world.push_until_quiet()
    assert healthy(world, OLD)
    assert fields(world, OLD)["name"] == OLD.name
    assert fields(world, OLD)["is_visible"] is True


def test_a_living_product_gives_up_nothing(world: World) -> None:
    world.linked(OLD)
    world.ask(NEW)
    world.push_until_quiet()
    problem = world.link(NEW).problem
    assert problem is not None
    assert problem.blocked_by == OLD.id
    assert fields(world, OLD)["name"] == OLD.name
