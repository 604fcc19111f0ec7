"""Variants come, go and change, and what BigCommerce owns on them stays."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_jumper, a_product, a_variant, some_stock
from tests.fakes.store_records import ProductRecord
from tests.unit.usecases.meanwhile import BusyStore, later
from tests.world import World
from tillbridge.domain.errors import LostReply, OutOfTime, Refused, RetryLater, StoreDown
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebVariant

SIMPLE = a_product("p-jumper", name="Fisherman's Jumper", sku="JUMPER-S")
OWNED = {"weight": 1.5, "width": 3, "retail_price": 99, "sale_price": 80}


def _online(world: World, product: Product) -> ProductRecord:
    link = world.link(product)
    assert link.status is LinkStatus.LINKED, link.problem
    assert link.id is not None
    return world.web[link.id]


def _sizes(record: ProductRecord) -> dict[str, str]:
    return {v.sku: "/".join(value for _, value in v.options) for v in record.variants.values()}


def _levels(record: ProductRecord) -> dict[str, int]:
    return {v.sku: v.levels.get(1, 0) for v in record.variants.values()}


def test_a_product_that_gains_its_first_variants_gets_them_and_their_stock() -> None:
    world = World()
    world.linked(SIMPLE)
    world.happens("product.saved", a_jumper(version=2))
    world.push_until_quiet()
    online = _online(world, SIMPLE)
    assert _sizes(online) == {"JUMPER-S": "S", "JUMPER-M": "M"}
    assert _levels(online) == {"JUMPER-S": 2, "JUMPER-M": 2}
    assert online.fields["inventory_tracking"] == "variant"
    assert not world.pending.rows


def test_first_variants_inherit_what_bigcommerce_owns_on_the_base_variant() -> None:
    world = World()
    world.linked(SIMPLE)
    base = next(iter(_online(world, SIMPLE).variants.values()))
    base.fields |= OWNED
    world.happens("product.saved", a_jumper(version=2))
    world.push_until_quiet()
    for variant in _online(world, SIMPLE).variants.values():
        assert {key: variant.fields.get(key) for key in OWNED} == OWNED


def test_a_product_gains_one_size_more() -> None:
    world = World()
    world.linked(a_jumper())
    kept = set(_online(world, a_jumper()).variants)
    world.happens("product.saved", a_jumper("S", "M", "L", version=2))
    world.push_until_quiet()
    online = _online(world, a_jumper())
    assert set(_sizes(online).values()) == {"S", "M", "L"}
    assert kept < set(online.variants)
    assert _levels(online)["JUMPER-L"] == 2


def test_a_product_loses_one_size_and_the_other_keeps_everything() -> None:
    world = World()
    world.linked(a_jumper())
    small = next(v for v in _online(world, a_jumper()).variants.values() if v.sku == "JUMPER-S")
    small.fields |= OWNED
    world.happens("product.saved", a_jumper("S", version=2))
    world.push_until_quiet()
    online = _online(world, a_jumper())
    assert set(online.variants) == {small.id}
    assert {key: online.variants[small.id].fields[key] for key in OWNED} == OWNED


def test_an_option_that_is_renamed_rebuilds_the_variants_and_sends_their_stock_again() -> None:
    world = World()
    world.linked(a_jumper())
    colours = a_jumper(
        version=2,
        options=("Colour",),
        variants=(
            a_variant("S", option_values=(("Colour", "Grey"),)),
            a_variant("M", option_values=(("Colour", "Navy"),)),
        ),
    )
    world.happens("product.saved", colours)
    world.push_until_quiet()
    online = _online(world, colours)
    assert _sizes(online) == {"JUMPER-S": "Grey", "JUMPER-M": "Navy"}
    assert [option.name for option in online.options.values()] == ["Colour"]
    assert _levels(online) == {"JUMPER-S": 2, "JUMPER-M": 2}


def test_a_value_that_is_renamed_makes_one_new_variant_under_the_same_sku() -> None:
    world = World()
    world.linked(a_jumper())
    small = next(v for v in _online(world, a_jumper()).variants.values() if v.sku == "JUMPER-S")
    small.fields |= OWNED
    renamed = a_jumper(
        version=2,
        variants=(a_variant("S", option_values=(("Size", "Small"),)), a_variant("M")),
    )
    world.happens("product.saved", renamed)
    world.push_until_quiet()
    online = _online(world, renamed)
    assert _sizes(online) == {"JUMPER-S": "Small", "JUMPER-M": "M"}
    new = next(v for v in online.variants.values() if v.sku == "JUMPER-S")
    assert {key: new.fields.get(key) for key in OWNED} == OWNED
    assert _levels(online)["JUMPER-S"] == 2


def test_a_renamed_value_of_an_imported_product_keeps_the_sku_it_came_with() -> None:
    world = World()
    sizes = [a_variant(size, product_number=f"BC-{size}") for size in ("S", "M")]
    came_in = a_jumper(variants=tuple(sizes), product_number="BC")
    world.linked(came_in)
    link = world.link(came_in)
    world.links.unlink(STORE, link)
    world.links.linked(STORE, replace(link, came_with_sku=True))
    small = replace(sizes[0], option_values=(("Size", "Small"),))
    world.happens("product.saved", replace(came_in, version=2, variants=(small, sizes[1])))
    world.push_until_quiet()
    assert _sizes(_online(world, came_in)) == {"BC-S": "Small", "BC-M": "M"}


def test_a_product_that_loses_all_variants_is_simple_again() -> None:
    world = World()
    world.linked(a_jumper())
    plain = replace(SIMPLE, version=2, stock=(some_stock(9),))
    world.happens("product.saved", plain)
    world.push_until_quiet()
    online = _online(world, plain)
    assert online.sku == "JUMPER-S"
    assert not online.options
    assert online.levels == {1: 9}


def test_a_sale_of_a_new_size_waits_for_the_size() -> None:
    world = World()
    world.linked(a_jumper())
    grown = a_jumper("S", "M", "L", version=3)
    world.happens("sale.completed", grown)
    world.push_until_quiet()
    assert _levels(_online(world, grown))["JUMPER-L"] == 2
    assert not world.pending.rows


def test_content_of_the_kept_variants_is_sent_with_the_new_structure() -> None:
    world = World()
    world.linked(a_jumper())
    grown = a_jumper(
        version=2,
        price=Decimal(77),
        variants=(a_variant("S", price=Decimal(70)), a_variant("M"), a_variant("L")),
    )
    world.happens("product.saved", grown)
    world.push_until_quiet()
    online = _online(world, grown)
    assert online.fields["price"] == Decimal(77)
    small = next(v for v in online.variants.values() if v.sku == "JUMPER-S")
    assert small.fields["price"] == Decimal(70)


def test_a_structure_change_touches_nothing_bigcommerce_owns_on_the_product() -> None:
    world = World()
    world.linked(SIMPLE)
    _online(world, SIMPLE).fields |= OWNED
    world.happens("product.saved", a_jumper(version=2))
    world.push_until_quiet()
    online = _online(world, SIMPLE)
    assert {key: online.fields[key] for key in OWNED} == OWNED


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize(
    "trouble",
    [LostReply("no answer"), StoreDown("502"), OutOfTime("over")],
    ids=["lost", "down", "out of time"],
)
@pytest.mark.parametrize(
    "method",
    ["variants", "create_option", "update_variants", "options", "update_products"],
)
def test_trouble_at_any_step_ends_in_the_same_state(
    method: str, trouble: RetryLater, applied: bool
) -> None:
    world = World()
    world.linked(SIMPLE)
    world.happens("product.saved", a_jumper(version=2))
    world.web.fail_next(method, trouble, applied=applied)
    world.push_until_quiet()
    online = _online(world, SIMPLE)
    assert _sizes(online) == {"JUMPER-S": "S", "JUMPER-M": "M"}
    assert _levels(online) == {"JUMPER-S": 2, "JUMPER-M": 2}
    assert [option.name for option in online.options.values()] == ["Size"]
    assert world.link(SIMPLE).content_version == 2
    assert not world.pending.rows


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("method", ["delete_variant", "create_option", "update_variants"])
def test_trouble_while_options_are_rebuilt_ends_in_the_same_state(
    method: str, applied: bool
) -> None:
    world = World()
    world.linked(a_jumper())
    colours = a_jumper(
        version=2,
        variants=(
            a_variant("S", option_values=(("Colour", "Grey"),)),
            a_variant("M", option_values=(("Colour", "Navy"),)),
        ),
    )
    world.happens("product.saved", colours)
    world.web.fail_next(method, StoreDown("502"), applied=applied)
    world.push_until_quiet()
    online = _online(world, colours)
    assert _sizes(online) == {"JUMPER-S": "Grey", "JUMPER-M": "Navy"}
    assert _levels(online) == {"JUMPER-S": 2, "JUMPER-M": 2}


def test_a_structure_bigcommerce_refuses_is_told_and_the_next_version_tries_again() -> None:
    world = World()
    world.linked(SIMPLE)
    world.happens("product.saved", a_jumper(version=2))
    world.web.fail_next("create_option", Refused(422, "Too many options"))
    world.push_until_quiet()
    link = world.link(SIMPLE)
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert "Too many options" in link.problem.words
    world.happens("product.saved", a_jumper(version=3))
    world.push_until_quiet()
    assert set(_sizes(_online(world, SIMPLE)).values()) == {"S", "M"}


def test_six_hundred_sizes_go_fifty_a_call() -> None:
    world = World()
    world.linked(SIMPLE)
    many = a_jumper(*(f"{n}" for n in range(120)), version=2)
    world.happens("product.saved", many)
    world.push_until_quiet()
    assert len(_online(world, many).variants) == 120
    assert world.writes().count("update_variants") == 3


def test_a_list_of_variants_that_lags_behind_ends_in_the_same_state() -> None:
    world = World()
    world.linked(a_jumper())
    world.happens("product.saved", a_jumper("S", "M", "L", version=2))
    listed = world.web.variants

    def lagging(product: StoreProductId) -> Sequence[WebVariant]:
        world.web.variants = listed  # type: ignore[method-assign]
        return listed(product)[:-1]

    world.web.variants = lagging  # type: ignore[method-assign]
    later(world)
    online = _online(world, a_jumper())
    assert set(_sizes(online).values()) == {"S", "M", "L"}
    assert world.link(a_jumper()).content_version == 2


def test_a_first_variant_inherits_even_when_the_list_lacks_the_base_variant_at_first() -> None:
    world = World()
    world.linked(SIMPLE)
    base = next(iter(_online(world, SIMPLE).variants.values()))
    base.fields |= OWNED
    world.happens("product.saved", a_jumper(version=2))
    listed = world.web.variants

    def lagging(product: StoreProductId) -> Sequence[WebVariant]:
        world.web.variants = listed  # type: ignore[method-assign]
        return []

    world.web.variants = lagging  # type: ignore[method-assign]
    later(world)
    for variant in _online(world, SIMPLE).variants.values():
        assert {key: variant.fields.get(key) for key in OWNED} == OWNED


def test_a_variant_somebody_deleted_online_comes_back_after_a_while() -> None:
    world = World()
    world.linked(a_jumper())
    small = next(v for v in _online(world, a_jumper()).variants.values() if v.sku == "JUMPER-S")
    del _online(world, a_jumper()).variants[small.id]
    world.happens("product.saved", a_jumper("S", "M", "L", version=2))
    later(world)
    assert set(_sizes(_online(world, a_jumper())).values()) == {"S", "M", "L"}
    assert not world.pending.rows


def _rebuilt(sizes: Sequence[str]) -> Product:
    """Return the jumper with its option renamed."""
    variants = tuple(
        replace(a_variant(size), option_values=(("Fit", size),), stock=(some_stock(4),))
        for size in sizes
    )
    return replace(a_jumper(*sizes, version=2), options=("Fit",), variants=variants)


SALE, DOWN, OVER = "a sale", "the store goes down", "the slice ends"


@pytest.mark.parametrize("after", [1, 3, 6], ids=lambda n: f"after {n}")
@pytest.mark.parametrize("what", [SALE, DOWN, OVER])
@pytest.mark.parametrize("change", ["rebuilt", "halved"])
def test_what_we_deleted_ourselves_is_no_list_that_lags(change: str, what: str, after: int) -> None:
    sizes = [str(number) for number in range(12)]
    web = BusyStore()
    world = World(web=web)
    lamp = a_product()
    world.linked(a_jumper(*sizes), lamp)
    wanted = _rebuilt(sizes) if change == "rebuilt" else a_jumper(*sizes[:4], version=2)
    sold = replace(lamp, version=2, stock=(some_stock(1),))
    for _ in range(after):
        web.during("delete_variant", lambda: None)
    if what == SALE:
        web.during("delete_variant", lambda: world.happens("sale.completed", sold))
    elif what == OVER:
        web.during("delete_variant", lambda: world.clock.advance(58))
    else:
        web.fail_next("delete_variant", StoreDown("503"), applied=False, after=after)
    world.happens("product.saved", wanted)
    asked = []
    for _ in range(4):
        world.push()
        asked += [row.attempts for row in world.pending.rows if row.product == wanted.id]
        if what == DOWN:
            world.clock.advance(5)
    assert asked.count(2) == 0, "no second attempt of its own failed"
    assert [row for row in world.pending.rows if row.lane is not Lane.LOOK] == []
    assert {v.sku for v in _online(world, wanted).variants.values()} == {
        variant.sku for variant in wanted.variants
    }
