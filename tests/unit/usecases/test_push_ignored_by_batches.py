"""A batch of variants that is answered with 200 and did not save every field: what its answer shows
otherwise goes by the call for that variant, at once and not again."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import JUMPER, STORE, a_connection, a_jumper, a_variant
from tests.fakes.store_records import shown_variant
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.field_values import variant_values
from tillbridge.domain.fields import ALONE, FIELDS
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Barcodes, Product, Variant

BATCH, ONE, LIST = "update_variants", "update_variant", "variants"
CARRIED = sorted(wire for wire, entry in FIELDS.items() if entry.variant and wire not in ALONE)
VALUES: dict[str, tuple[str, Any, Any]] = {
    "price": ("price", Decimal("41.50"), Decimal("42.50")),
    "cost_price": ("cost", Decimal("11.50"), Decimal("12.50")),
    "upc": ("barcodes", Barcodes(upc="012345678905"), Barcodes(upc="036000291452")),
    "bin_picking_number": ("bin_picking_number", "A-1", "A-2"),
}
"""By field: its attribute, and two values in the POS."""


@pytest.fixture(params=list(PushContent))
def world(request: pytest.FixtureRequest) -> World:
    world = World(a_connection(settings=Settings(push_content=request.param)))
    world.linked(a_jumper("S", "M", "L"))
    return world


def saved(
    version: int, *fields: str, sizes: tuple[str, ...] = ("S", "M", "L"), at: int = 1
) -> Product:
    """Return the jumper; the given fields of these sizes have their value number `at`."""
    values: dict[str, Any] = {VALUES[wire][0]: VALUES[wire][at] for wire in fields}

    def of(size: str) -> Variant:
        return replace(a_variant(size), **values) if size in sizes else a_variant(size)

    return a_jumper(variants=tuple(of(size) for size in ("S", "M", "L")), version=version)


def with_value(variant: Variant, wire: str, at: int) -> Variant:
    """Return the variant with the field's value number `at`."""
    values: dict[str, Any] = {VALUES[wire][0]: VALUES[wire][at]}
    return replace(variant, **values)


def cost_of(world: World, product: Product) -> Counter[str]:
    """Save the product, drain, and return the calls this cost by method."""
    world.web.log.clear()
    world.happens("product.saved", product)
    world.push_until_quiet()
    return Counter(called.method for called in world.web.log)


def online(world: World, wire: str) -> list[Any]:
    """Return the field of each size as BigCommerce has it."""
    link = world.link(JUMPER)
    assert link.id is not None
    there = world.web[link.id].variants
    return [
        variant_values(shown_variant(there[variant.id]))[wire] for variant in link.variants.values()
    ]


def wanted(wire: str, at: int = 1) -> Any:
    value = VALUES[wire][at]
    return value.upc if isinstance(value, Barcodes) else value


def test_every_field_that_a_batch_carries_is_tried_here() -> None:
    assert sorted(VALUES) == CARRIED


@pytest.mark.parametrize("wire", CARRIED)
def test_what_a_batch_ignored_goes_by_the_single_call_at_once(world: World, wire: str) -> None:
    world.web.batch_ignores = frozenset({wire})
    cost = cost_of(world, saved(2, wire))
    assert (cost[BATCH], cost[ONE], cost[LIST]) == (1, 3, 0)
    assert online(world, wire) == [wanted(wire)] * 3
    link = world.link(JUMPER)
    assert (link.status, link.notes) == (LinkStatus.LINKED, ())


@pytest.mark.parametrize("wire", CARRIED)
def test_it_is_remembered_and_then_sent_only_where_it_changed(world: World, wire: str) -> None:
    world.web.batch_ignores = frozenset({wire})
    cost_of(world, saved(2, wire))
    store = world.stores.find(STORE)
    assert store is not None
    assert store.ignored == {wire}

    assert cost_of(world, saved(3, wire))[ONE] == 0
    changed = saved(4, wire).variants
    one = (with_value(changed[0], wire, 2), *changed[1:])
    cost = cost_of(world, replace(saved(4, wire), variants=one))
    assert (cost[BATCH], cost[ONE], cost[LIST]) == (1, 1, 0)
    assert online(world, wire) == [wanted(wire, 2), wanted(wire), wanted(wire)]
    (batch,) = [called for called in world.web.log if called.method == BATCH]
    assert all(wire not in item for item in batch.sent)


@pytest.mark.parametrize("wire", CARRIED)
def test_only_the_variants_that_differ_are_sent(world: World, wire: str) -> None:
    world.web.batch_ignores = frozenset({wire})
    assert cost_of(world, saved(2, wire, sizes=("M",)))[ONE] == 1


def test_a_store_whose_batch_ignores_everything_gets_each_change_by_the_single_call(
    world: World,
) -> None:
    world.web.batch_ignores = frozenset(CARRIED)
    cost = cost_of(world, saved(2, *CARRIED))
    assert (cost[BATCH], cost[ONE]) == (1, 3)
    assert all(online(world, wire) == [wanted(wire)] * 3 for wire in CARRIED)
    cost = cost_of(world, saved(3, *CARRIED))
    assert (cost[BATCH], cost[ONE]) == (0, 0)
    cost = cost_of(world, saved(4, *CARRIED, at=2))
    assert (cost[BATCH], cost[ONE]) == (0, 3)
    assert all(online(world, wire) == [wanted(wire, 2)] * 3 for wire in CARRIED)


@pytest.mark.parametrize("wire", CARRIED)
def test_what_no_call_changes_is_said_once_and_not_sent_again(world: World, wire: str) -> None:
    world.web.every_call_ignores = frozenset({wire})
    assert cost_of(world, saved(2, wire))[ONE] == 3
    link = world.link(JUMPER)
    assert link.status is LinkStatus.LINKED
    (note,) = link.notes
    assert f"its own {FIELDS[wire].label}" in note
    assert f"#{link.id}" in note
    store = world.stores.find(STORE)
    assert store is not None
    assert not store.ignored, "the batch is not to blame"

    cost = cost_of(world, saved(3, wire))
    assert (cost[ONE], cost[LIST]) == (0, 0)
    cost = cost_of(world, replace(saved(4, wire), name="A new name"))
    assert (cost[ONE], cost[LIST]) == (0, 0)
    assert world.link(JUMPER).notes == (note,)


@pytest.mark.parametrize("wire", CARRIED)
def test_the_note_goes_when_bigcommerce_takes_the_value(world: World, wire: str) -> None:
    world.web.every_call_ignores = frozenset({wire})
    cost_of(world, saved(2, wire))
    world.web.every_call_ignores = frozenset()
    cost_of(world, saved(3, wire, at=2))
    assert online(world, wire) == [wanted(wire, 2)] * 3
    assert world.link(JUMPER).notes == ()


@pytest.mark.parametrize("wire", CARRIED)
def test_a_person_who_pushes_has_it_tried_again(world: World, wire: str) -> None:
    world.web.every_call_ignores = frozenset({wire})
    cost_of(world, saved(2, wire))
    world.web.every_call_ignores = frozenset()
    world.ask(saved(2, wire))
    world.push_until_quiet()
    assert online(world, wire) == [wanted(wire)] * 3
    assert world.link(JUMPER).notes == ()


@pytest.mark.parametrize("wire", CARRIED)
def test_variants_that_come_and_stay_have_it_too(world: World, wire: str) -> None:
    world.web.batch_ignores = frozenset({wire})
    new = with_value(a_variant("XL"), wire, 1)
    product = saved(2, wire)
    cost_of(world, replace(product, variants=(*product.variants, new)))
    assert online(world, wire) == [wanted(wire)] * 4


@pytest.mark.parametrize("wire", CARRIED)
def test_it_is_also_said_where_variants_come(world: World, wire: str) -> None:
    world.web.every_call_ignores = frozenset({wire})
    product = saved(2, wire)
    cost_of(world, replace(product, variants=(*product.variants, a_variant("XL"))))
    (note,) = world.link(JUMPER).notes
    assert f"its own {FIELDS[wire].label}" in note


def test_an_honest_store_costs_no_call_more(world: World) -> None:
    cost = cost_of(world, saved(2, *CARRIED))
    assert (cost[BATCH], cost[ONE], cost[LIST]) == (1, 0, 0)
