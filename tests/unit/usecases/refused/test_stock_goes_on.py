"""What BigCommerce refuses of a product never freezes its stock."""

from collections.abc import Callable

import pytest

from tests.builders import a_product, a_variant
from tests.reconcile_world import ReconcileWorld
from tests.unit.usecases.refused.kinds import CASES, Kind, levels_online, named, refused
from tests.world import World
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product

TRIGGERS = ("sale.completed", "inventory_count.completed", "product.saved", "product.imported")

type Make = Callable[[], Product]


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize(("make", "kind"), CASES, ids=named)
def test_levels_whose_ids_are_known_go_whatever_becomes_of_the_content(
    make: Make, kind: Kind, trigger: str
) -> None:
    world = World()
    product = make()
    world.linked(product)
    kind.stage(world, product)
    changed = refused(product, kind, on_hand=7)
    world.happens(trigger, changed)
    world.push_until_quiet()
    assert world.link(product).problem is not None
    assert levels_online(world, changed) == {7}
    world.happens("sale.completed", refused(product, kind, on_hand=0, version=3))
    world.push_until_quiet()
    assert levels_online(world, changed) == {0}
    assert not world.pending.rows


@pytest.mark.parametrize(("make", "kind"), CASES, ids=named)
def test_the_words_say_that_the_stock_goes_on(make: Make, kind: Kind) -> None:
    world = World()
    world.linked(make())
    kind.stage(world, make())
    world.happens("product.saved", refused(make(), kind, on_hand=7))
    world.push_until_quiet()
    problem = world.link(make()).problem
    assert problem is not None
    assert "goes on as before" in problem.words, problem.words


@pytest.mark.parametrize(("make", "kind"), CASES, ids=named)
def test_reconcile_finds_and_repairs_the_stock_of_a_failed_link(make: Make, kind: Kind) -> None:
    world = ReconcileWorld()
    world.linked(make())
    kind.stage(world, make())
    changed = refused(make(), kind, on_hand=7)
    world.happens("product.saved", changed)
    world.push_until_quiet()
    number = world.link(make()).id
    assert number is not None
    there = world.web[number]
    for levels in (there.levels, *(each.levels for each in there.variants.values())):
        levels.update(dict.fromkeys(levels, 99))
    run = world.reconcile()
    assert run.drift == 1
    world.approve(run)
    assert levels_online(world, changed) == {7}
    assert world.link(make()).status is LinkStatus.FAILED
    assert not world.pending.rows


def test_a_product_with_no_level_that_can_go_says_that_its_stock_stays() -> None:
    world = World()
    world.linked(a_product())
    sizes = (a_variant("S", sku="J/S"),)
    world.happens("product.saved", a_product(version=2, variants=sizes, stock=()))
    world.push_until_quiet()
    problem = world.link(a_product()).problem
    assert problem is not None
    assert "stays as it is" in problem.words
