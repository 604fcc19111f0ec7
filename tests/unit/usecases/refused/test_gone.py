"""A link is broken only when BigCommerce's list lacks its product, twice, half a minute apart."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_connection, a_jumper, a_product, some_stock
from tests.fakes.store_records import VariantRecord
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import Gone, Refused, StoreDown, TillbridgeError
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.link import Doubt, LinkStatus, Part
from tillbridge.domain.mapping import Json
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct

NOT_FOUND = Gone(404, "Not Found")
WRITES = ("update_products", "update_variants", "update_variant", "set_stock", "variants", "images")


def _number(world: World, product: Product) -> StoreProductId:
    number = world.link(product).id
    assert number is not None
    return number


def _fails(world: World, method: str, error: TillbridgeError, times: int) -> None:
    for _ in range(times):
        world.web.fail_next(method, error)


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("make", [a_product, a_jumper], ids=["simple", "variants"])
def test_a_passing_404_of_any_call_is_trouble_and_never_evidence(make: object, method: str) -> None:
    world = World()
    product = a_jumper() if make is a_jumper else a_product()
    world.linked(product)
    _fails(world, method, NOT_FOUND, 3)
    image = ("https://shop.example/lamp.jpg",)
    variants = tuple(replace(each, mpn="M", price=Decimal(6)) for each in product.variants)
    stock = () if variants else (some_stock(1),)
    changed = replace(
        product, version=2, price=Decimal(5), stock=stock, variants=variants, images=image
    )
    world.happens("sale.completed", changed)
    world.push_until_quiet()
    assert world.link(product).status is LinkStatus.LINKED
    assert world.web[_number(world, product)].fields["price"] == 5
    assert not world.pending.rows


def test_forty_of_forty_products_that_are_not_found_in_passing_end_healthy() -> None:
    world = World()
    products = [a_product(f"p-{n}", name=f"P {n}", sku=f"S-{n}") for n in range(40)]
    world.linked(*products)
    _fails(world, "update_products", NOT_FOUND, 60)
    changed = [replace(each, version=2, price=Decimal(2)) for each in products]
    world.happens("product.saved", *changed)
    for _ in range(60):
        world.push_until_quiet()
        world.clock.advance(901)
    assert {world.link(each).status for each in products} == {LinkStatus.LINKED}
    assert {world.web[_number(world, each)].fields["price"] for each in products} == {2}


@pytest.mark.parametrize("trigger", ["product.saved", "sale.completed"])
def test_a_deleted_product_breaks_its_link_at_the_second_look_and_not_before(trigger: str) -> None:
    world = World()
    world.linked(a_product())
    world.web.remove(_number(world, a_product()))
    sold = a_product(version=2, stock=(some_stock(1),))
    world.happens(trigger, sold)
    first = world.clock.now_ms()
    world.push()
    assert world.link(a_product()).status is LinkStatus.LINKED
    world.clock.advance(29)
    world.push()
    assert world.link(a_product()).status is LinkStatus.LINKED
    world.clock.advance(2)
    world.push_until_quiet()
    assert world.clock.now_ms() - first >= 30_000
    assert world.link(a_product()).status is LinkStatus.BROKEN
    assert not world.pending.rows


def test_a_look_that_a_push_has_answered_since_is_no_first_look() -> None:
    world = World()
    world.linked(a_product())
    number = _number(world, a_product())
    # A slice that was killed left the first look open, and the next one's push went through.
    answered = {Part.EXISTENCE: Doubt(since_ms=0, late_until_ms=world.clock.now_ms() + 900_000)}
    world.links.note_doubts(STORE, replace(world.link(a_product()), doubts=answered))
    there = world.web.records.products.pop(number)  # a list that lags
    world.happens("product.saved", a_product(version=2, price=Decimal(5)))
    world.push()
    assert world.link(a_product()).status is LinkStatus.LINKED
    world.web.records.products[number] = there
    world.clock.advance(31)
    world.push_until_quiet()
    assert world.web[number].fields["price"] == 5


@pytest.mark.parametrize("error", [NOT_FOUND, Refused(400, "bad filter"), StoreDown("503")])
def test_a_look_that_is_not_answered_with_a_list_proves_nothing(error: TillbridgeError) -> None:
    world = World()
    world.linked(a_product())
    world.web.remove(_number(world, a_product()))
    _fails(world, "is_listed", error, 3)
    world.happens("product.saved", a_product(version=2))
    for _ in range(3):
        world.push()
        world.clock.advance(31)
    assert world.link(a_product()).status is LinkStatus.LINKED
    world.push_until_quiet()
    assert world.link(a_product()).status is LinkStatus.BROKEN


def test_a_product_that_a_list_showed_late_is_pushed() -> None:
    world = World()
    world.linked(a_product())
    number = _number(world, a_product())
    there = world.web.records.products.pop(number)
    world.happens("product.saved", a_product(version=2, price=Decimal(5)))
    world.push()
    world.web.records.products[number] = there
    world.clock.advance(31)
    world.push_until_quiet()
    link = world.link(a_product())
    assert (link.status, link.doubts) == (LinkStatus.LINKED, {})
    assert world.web[number].fields["price"] == 5


@pytest.mark.parametrize("content", ["literal", "when_changed"])
@pytest.mark.parametrize("error", [None, NOT_FOUND, Refused(422, "id: does not exist")])
@pytest.mark.parametrize("trigger", ["product.saved", "sale.completed"])
@pytest.mark.parametrize("dead", [("m",), ("s", "m", "l")])
def test_a_variant_deleted_online_is_made_again_and_its_product_lives(
    dead: tuple[str, ...], trigger: str, error: Refused | None, content: str
) -> None:
    settings = Settings(push_content=PushContent(content))
    world = World(connection=a_connection(settings=settings))
    jumper = a_jumper("S", "M", "L")
    world.linked(jumper)
    number = _number(world, jumper)
    link = world.link(jumper)
    for key, variant in link.variants.items():
        if key.rpartition("-")[2] in dead:
            del world.web[number].variants[StoreVariantId(variant.id)]
    if not world.web[number].variants:  # then BigCommerce gives the product a base variant
        base = world.web[number].base = StoreVariantId(9_999)
        world.web[number].variants[base] = VariantRecord(base)
    if error is not None:
        world.web.fail_next("update_variants", error)
    variants = tuple(replace(each, stock=(some_stock(1),)) for each in jumper.variants)
    world.happens(trigger, replace(jumper, version=2, price=Decimal(77), variants=variants))
    world.push_until_quiet()
    there = world.web[number]
    after = world.link(jumper)
    assert (after.status, after.problem and after.problem.words) == (LinkStatus.LINKED, None)
    assert {each.id for each in after.variants.values()} == set(there.variants)
    assert sorted(each.sku for each in there.variants.values()) == [
        "JUMPER-L",
        "JUMPER-M",
        "JUMPER-S",
    ]
    assert {level for each in there.variants.values() for level in each.levels.values()} == {1}
    assert there.fields["price"] == 77


def test_a_product_that_shows_again_is_offered_as_a_link_and_not_made_twice() -> None:
    world = World()
    world.linked(a_product())
    number = _number(world, a_product())
    there = world.web.records.products.pop(number)
    world.happens("product.saved", a_product(version=2))
    world.push_until_quiet()
    assert world.link(a_product()).status is LinkStatus.BROKEN
    world.web.records.products[number] = replace(there, fields={**there.fields, "name": "Other"})
    world.ask(a_product(version=2))
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.problem is not None
    assert f"#{number}" in link.problem.words
    assert f"tillbridge link {a_product().id} {number}" in link.problem.words
    assert len(world.web.records.products) == 1


def test_a_former_product_that_clashes_is_named_with_its_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    world.linked(a_product(), *lamps(1))
    number = _number(world, a_product())
    there = world.web.records.products.pop(number)
    world.happens("product.saved", a_product(version=2))
    world.push_until_quiet()
    world.ask(a_product(version=2))
    create = world.web.create

    def shows_again(payload: Json) -> WebProduct:
        world.web.records.products[number] = there  # the list lagged behind
        return create(payload)

    monkeypatch.setattr(world.web, "create", shows_again)
    world.push_until_quiet()
    problem = world.link(a_product()).problem
    assert problem is not None
    assert problem.holder == number
