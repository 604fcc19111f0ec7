"""A value that BigCommerce refuses is left out, and the rest of its product goes in the same push."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import a_connection, a_jumper, a_product, a_variant
from tests.unit.usecases.refused.kinds import OF_ANY, OF_VARIANTS, Kind, named, refused
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import Refused
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product

HELD_WHOLE = {"too_much_text", "unreadable", "409", "422", "a batch of variants refused"}
"""No value alone is to blame, or it is the price itself."""

_WHERE_ONLINE = {"a variant with an odd SKU", "a variant with a long barcode"} | {
    "a variant with a SKU taken"
}
PARTLY = [
    *(
        (make, kind)
        for make in (a_product, a_jumper)
        for kind in OF_ANY
        if kind.name not in HELD_WHOLE
    ),
    *((a_jumper, kind) for kind in OF_VARIANTS if kind.name in _WHERE_ONLINE),
]


@pytest.fixture(params=list(PushContent), ids=str)
def world(request: pytest.FixtureRequest) -> World:
    return World(connection=a_connection(settings=Settings(push_content=request.param)))


def changed(product: Product, kind: Kind) -> Product:
    """Return the product with what is refused, and with a new price, cost and description."""
    rest = replace(product, price=Decimal(7), cost=Decimal(3), description="New words")
    return refused(rest, kind, on_hand=4)


@pytest.mark.parametrize(("make", "kind"), PARTLY, ids=named)
def test_what_is_refused_holds_back_nothing_else(
    world: World, make: Callable[[], Product], kind: Kind
) -> None:
    world.linked(make())
    kind.stage(world, make())
    wanted = changed(make(), kind)
    world.happens("product.saved", wanted)
    world.push_until_quiet()
    link = world.link(make())
    assert link.id is not None
    there = world.web[link.id].fields
    assert there["description"] == "New words"
    assert wanted.price < 0 or there["price"] == 7
    assert wanted.cost is None or wanted.cost < 0 or there["cost_price"] == 3
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert "All else of it goes on as before" in link.problem.words
    assert (link.name, link.sku) == (make().name, make().sku)
    assert link.held == {}
    assert not world.pending.rows


@pytest.mark.parametrize(("make", "kind"), PARTLY, ids=named)
def test_it_goes_once_it_is_corrected(
    world: World, make: Callable[[], Product], kind: Kind
) -> None:
    world.linked(make())
    kind.stage(world, make())
    world.happens("product.saved", changed(make(), kind))
    world.push_until_quiet()
    right = replace(make(), version=9, name="Quite new", sku="QUITE-NEW", price=Decimal(8))
    world.happens("product.saved", right)
    world.push_until_quiet()
    link = world.link(make())
    assert (link.status, link.problem) == (LinkStatus.LINKED, None)
    assert link.id is not None
    assert world.web[link.id].name == "Quite new"
    assert world.web[link.id].fields["price"] == 8


def _one(field: str, value: str) -> dict[str, Any]:
    return {field: value}


@pytest.mark.parametrize("field", ["name", "sku"])
def test_it_is_tried_again_when_its_holder_lets_go(world: World, field: str) -> None:
    one = a_product("p-1", name="Left", sku="LEFT")
    two = a_product("p-2", name="Right", sku="RIGHT")
    world.linked(one, two)
    takes = replace(two, version=2, price=Decimal(5), **_one(field, getattr(one, field)))
    world.happens("product.saved", takes)
    world.push_until_quiet()
    problem = world.link(two).problem
    assert problem is not None
    assert problem.blocked_by == one.id
    number = world.link(two).id
    assert number is not None
    assert world.web[number].fields["price"] == 5
    world.happens("product.saved", replace(one, version=2, **_one(field, "LET-GO")))
    world.push_until_quiet()
    assert getattr(world.link(two), field) == getattr(one, field)
    assert world.link(two).problem is None
    assert world.web[number].fields[field] == getattr(one, field)


def test_two_refused_values_are_both_left_out_and_both_told(world: World) -> None:
    world.linked(a_product())
    world.web.seed("Taken", "")
    world.web.seed("Other", "TAKEN")
    both = a_product(version=2, name="Taken", sku="TAKEN", price=Decimal(7))
    world.happens("product.saved", both)
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.id is not None
    assert world.web[link.id].fields["price"] == 7
    assert link.problem is not None
    assert "named 'Taken'" in link.problem.words
    assert "the SKU 'TAKEN'" in link.problem.words
    assert link.problem.words.count("All else") == 1


def test_values_that_bigcommerce_itself_names_are_left_out(world: World) -> None:
    world.linked(a_product())
    world.web.fail_next("update_products", Refused(422, "no", {"0.mpn": "is odd"}))
    world.happens("product.saved", a_product(version=2, mpn="?", price=Decimal(7)))
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.id is not None
    assert world.web[link.id].fields["price"] == 7
    assert "mpn" not in world.web[link.id].fields or world.web[link.id].fields["mpn"] == ""
    assert link.status is LinkStatus.FAILED


def test_a_sale_repeats_what_was_sent_and_nothing_of_what_was_refused(world: World) -> None:
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, name="", price=Decimal(7)))
    world.push_until_quiet()
    world.web.log.clear()
    world.happens("product.saved", a_product(version=2, name="", price=Decimal(7)))
    world.push_until_quiet()
    assert world.writes() == []


def test_a_new_variant_is_never_made_without_what_makes_it_one(world: World) -> None:
    world.linked(a_jumper("S"))
    odd = a_jumper(variants=(a_variant("S"), a_variant("M", sku="J/M")), version=2)
    world.happens("product.saved", odd)
    world.push_until_quiet()
    assert len(world.link(a_jumper()).variants) == 1


def test_a_hide_that_is_refused_blanks_nothing_of_what_the_pos_deleted(world: World) -> None:
    world.linked(a_product())
    number = world.link(a_product()).id
    assert number is not None
    before = world.web[number].fields["price"]
    world.web.fail_next("update_products", Refused(422, "no", fields={"brand_name": "too long"}))
    gone = a_product(version=2, name="", sku="", price=Decimal(0), deleted=True)
    world.happens("product.saved", gone)
    world.push_until_quiet()
    assert world.web[number].fields["price"] == before
