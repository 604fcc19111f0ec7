"""Names and SKUs change hands: swaps, chains and rings, seen at once or in two halves."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import a_jumper, a_product, a_variant
from tests.fakes.store_api import FakeStoreApi
from tests.unit.usecases.meanwhile import later
from tests.world import World
from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.mapping import Json
from tillbridge.domain.product import Product

ONE = a_product("p-1", name="Left", sku="L-1")
TWO = a_product("p-2", name="Right", sku="R-1")
THREE = a_product("p-3", name="Middle", sku="M-1")


def _online(world: World, product: Product) -> tuple[str, str]:
    link = world.link(product)
    assert link.status is LinkStatus.LINKED, link.problem
    assert link.id is not None
    found = world.web[link.id]
    return found.name, found.sku


def _swapped(one: Product, two: Product, field: str) -> tuple[Product, Product]:
    first, second = getattr(one, field), getattr(two, field)
    return _with(one, 2, field, second), _with(two, 2, field, first)


def _with(product: Product, version: int, field: str, value: str) -> Product:
    changed = replace(product, version=version)
    return replace(changed, name=value) if field == "name" else replace(changed, sku=value)


@pytest.mark.parametrize("field", ["name", "sku"])
def test_two_products_swap_in_three_calls(field: str) -> None:
    world = World()
    world.linked(ONE, TWO)
    one, two = _swapped(ONE, TWO, field)
    world.happens("product.saved", one, two)
    world.push_until_quiet()
    assert _online(world, ONE) == (one.name, one.sku)
    assert _online(world, TWO) == (two.name, two.sku)
    assert world.writes() == ["update_products"] * 3


@pytest.mark.parametrize("field", ["name", "sku"])
def test_a_swap_seen_in_two_halves_still_gets_there(field: str) -> None:
    world = World()
    world.linked(ONE, TWO)
    one, two = _swapped(ONE, TWO, field)
    world.happens("product.saved", one)
    world.pos.save(two)  # its event is late
    world.push()
    world.happens("product.saved", two)
    world.push_until_quiet()
    world.clock.advance(10)
    world.push_until_quiet()
    assert _online(world, ONE) == (one.name, one.sku)
    assert _online(world, TWO) == (two.name, two.sku)


@pytest.mark.parametrize("field", ["name", "sku"])
def test_a_swap_whose_second_half_is_saved_much_later_gets_there(field: str) -> None:
    world = World()
    world.linked(ONE, TWO)
    one, two = _swapped(ONE, TWO, field)
    world.happens("product.saved", one)
    world.push_until_quiet()
    refused = world.link(ONE)
    assert refused.status is LinkStatus.FAILED
    assert refused.problem is not None
    assert refused.problem.blocked_by == "p-2"
    # The shop first gives the second one a name of its own: the POS allows no two of one name.
    free = _with(TWO, 2, field, "Free for now")
    world.happens("product.saved", free)
    world.push_until_quiet()
    assert _online(world, ONE) == (one.name, one.sku)
    world.happens("product.saved", replace(two, version=3))
    world.push_until_quiet()
    assert _online(world, TWO) == (two.name, two.sku)


def test_three_products_in_a_ring_need_one_call_more_than_a_chain() -> None:
    world = World()
    world.linked(ONE, TWO, THREE)
    world.happens(
        "product.saved",
        replace(ONE, version=2, name="Right"),
        replace(TWO, version=2, name="Middle"),
        replace(THREE, version=2, name="Left"),
    )
    world.push_until_quiet()
    names = [_online(world, p)[0] for p in (ONE, TWO, THREE)]
    assert names == ["Right", "Middle", "Left"]
    assert world.writes() == ["update_products"] * 4


def test_a_new_product_takes_the_name_a_linked_one_gives_up_in_the_same_breath() -> None:
    world = World()
    world.linked(ONE)
    world.happens("product.saved", replace(ONE, version=2, name="Was Left"))
    world.ask(a_product("p-9", name="Left", sku="N-1"))
    world.push_until_quiet()
    if world.link("p-9").status is not LinkStatus.LINKED:
        raise AssertionError(world.link("p-9").problem)


def test_variants_of_two_products_swap_their_skus() -> None:
    world = World()
    one = a_jumper("S", id="p-1", name="One", sku="ONE")
    two = a_jumper(
        id="p-2", name="Two", sku="TWO", variants=(a_variant("S", id="v-2", sku="TWO-S"),)
    )
    world.linked(one, two)
    world.happens(
        "product.saved",
        replace(one, version=2, variants=(a_variant("S", sku="TWO-S"),)),
        replace(two, version=2, variants=(a_variant("S", id="v-2", sku="JUMPER-S"),)),
    )
    world.push_until_quiet()
    skus = {
        product: [variant.sku for variant in world.link(product).variants.values()]
        for product in ("p-1", "p-2")
    }
    assert skus == {"p-1": ["TWO-S"], "p-2": ["JUMPER-S"]}
    held = sorted(v.sku for p in world.web.records.products.values() for v in p.variants.values())
    assert held == ["JUMPER-S", "TWO-S"]


def test_two_sizes_of_one_product_swap_their_skus() -> None:
    world = World()
    world.linked(a_jumper())
    turned = a_jumper(
        version=2, variants=(a_variant("S", sku="JUMPER-M"), a_variant("M", sku="JUMPER-S"))
    )
    world.happens("product.saved", turned)
    world.push_until_quiet()
    link = world.link("p-jumper")
    assert link.status is LinkStatus.LINKED, link.problem
    assert [variant.sku for variant in link.variants.values()] == ["JUMPER-M", "JUMPER-S"]


def test_no_temporary_name_or_sku_is_left_online() -> None:
    world = World()
    world.linked(ONE, TWO, THREE)
    world.happens("product.saved", *_swapped(ONE, TWO, "name"))
    world.push_until_quiet()
    world.happens("product.saved", *(replace(p, version=3) for p in (ONE, TWO)))
    world.push_until_quiet()
    for product in world.web.records.products.values():
        assert "swap" not in product.name
        assert "swap" not in product.sku


@pytest.mark.parametrize("refused", ["p-1", "p-2"])
@pytest.mark.parametrize("field", ["name", "sku"])
def test_a_swap_of_which_one_half_is_refused_leaves_no_temporary_value(
    field: str, refused: str
) -> None:
    world = World()
    world.linked(ONE, TWO)
    bad = world.link(refused).id
    update = world.web.update_products

    def choosy(items: Sequence[dict[str, Any]]) -> Mapping[StoreProductId, str]:
        if any(item["id"] == bad and "price" in item for item in items):
            raise Refused(422, "The price is odd", {"price": "is odd"})
        return update(items)

    world.web.update_products = choosy  # type: ignore[method-assign]
    world.happens("product.saved", *_swapped(ONE, TWO, field))
    later(world)
    assert world.link(refused).status is LinkStatus.FAILED
    shown = [(p.name, p.sku) for p in world.web.records.products.values()]
    assert not [value for pair in shown for value in pair if "swap" in value]
    assert not world.pending.rows
    world.web.update_products = update  # type: ignore[method-assign]
    one, two = _swapped(ONE, TWO, field)
    world.happens("product.saved", replace(one, version=3), replace(two, version=3))
    later(world)
    assert _online(world, ONE) == (one.name, one.sku)
    assert _online(world, TWO) == (two.name, two.sku)


class _Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("how", [_Killed(), StoreDown("503")], ids=["killed", "down"])
def test_a_temporary_name_goes_though_trouble_comes_when_both_of_a_ring_are_refused(
    how: BaseException,
) -> None:
    web = _Stopping(how)
    world = World(web=web)
    world.linked(ONE, TWO)
    for product in (ONE, TWO):
        number = world.link(product).id
        assert number is not None
        web.dislikes.add(number)
    one, two = _swapped(ONE, TWO, "name")
    world.happens("product.saved", *(replace(p, price=Decimal(666)) for p in (one, two)))
    with suppress(_Killed):
        world.push()
    assert web.stopped
    later(world)
    assert {record.name for record in web.records.products.values()} == {ONE.name, TWO.name}
    assert world.link(ONE).status is world.link(TWO).status is LinkStatus.FAILED
    assert not world.pending.rows


class _Stopping(FakeStoreApi):
    """Dislikes the price of some products, and stops once when a name is put back after that."""

    def __init__(self, how: BaseException) -> None:
        super().__init__()
        self.dislikes: set[int] = set()
        self.stopped = False
        self._how = how
        self._refused = False

    def update_products(self, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        if any(item.get("price") == 666 and item["id"] in self.dislikes for item in items):
            self._refused = True
            raise Refused(422, "price", {"price": "not liked"})
        if self._refused and not self.stopped:
            self.stopped = True
            self.fail_next("ping", StoreDown("503"))
            raise self._how
        return super().update_products(items)
