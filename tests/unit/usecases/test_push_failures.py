"""A failure stands on its product, in words, until something changes."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import STORE, a_connection, a_jumper, a_product, a_variant, some_stock
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import Problem, Refused
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import IMPORTING, LinkStatus
from tillbridge.domain.product import Product

ONE = a_product("p-1", name="Left", sku="L-1")
TWO = a_product("p-2", name="Right", sku="R-1")


def problem_of(world: World, product: Product) -> Problem:
    link = world.link(product)
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    return link.problem


def online(world: World, product: Product) -> StoreProductId:
    link = world.link(product)
    assert link.id is not None, link.problem
    return link.id


def test_an_impossible_value_is_told_without_a_call() -> None:
    world = World()
    world.ask(a_product(name="x" * 251))
    done = world.push_until_quiet()
    assert problem_of(world, a_product()).code == "name_too_long"
    assert not done.calls
    assert not world.pending.rows


def test_a_refused_product_comes_back_by_itself_with_a_newer_version() -> None:
    world = World()
    world.ask(a_product(price=Decimal(-1)))
    world.push_until_quiet()
    world.happens("product.saved", a_product(version=2, price=Decimal(1)))
    world.push_until_quiet()
    assert world.link(a_product()).status is LinkStatus.LINKED
    assert world.link(a_product()).problem is None


def test_a_refused_product_does_not_come_back_with_what_was_refused() -> None:
    world = World()
    world.linked(ONE)
    world.web.refuses[online(world, ONE)] = Refused(422, "Bad price", {"price": "too shiny"})
    changed = replace(ONE, version=2)
    world.happens("product.saved", changed)
    world.push_until_quiet()
    assert "price: too shiny" in problem_of(world, ONE).words
    world.web.log.clear()
    world.happens("product.saved", changed)
    world.push_until_quiet()
    assert world.writes() == []


def test_a_refused_product_comes_back_when_a_person_retries() -> None:
    world = World()
    world.linked(ONE)
    world.web.refuses[online(world, ONE)] = Refused(422, "Bad price")
    world.happens("product.saved", replace(ONE, version=2))
    world.push_until_quiet()
    world.web.refuses.clear()
    world.ask(replace(ONE, version=2))
    world.push_until_quiet()
    assert world.link(ONE).status is LinkStatus.LINKED


def test_a_refused_update_keeps_the_link_and_the_stock_goes_on() -> None:
    world = World()
    world.linked(ONE)
    world.happens("product.saved", replace(ONE, version=2, name=""))
    world.push_until_quiet()
    assert problem_of(world, ONE).code == "name_blank"
    sold = replace(ONE, version=3, name="", stock=(some_stock(1),))
    world.happens("sale.completed", sold)
    world.push_until_quiet()
    assert world.link(ONE).level == 1


def test_a_name_another_store_product_has_is_told_with_its_number() -> None:
    world = World()
    stranger = world.web.seed("Storm Lantern")
    world.ask(a_product())
    world.push_until_quiet()
    problem = problem_of(world, a_product())
    assert problem.code == "name_taken"
    assert problem.holder == stranger.id
    assert f"#{stranger.id}" in problem.words
    assert "link to it" in problem.words


def test_a_sku_another_store_product_has_is_told_with_its_number() -> None:
    world = World()
    stranger = world.web.seed("Something else", sku="storm-lantern")
    world.ask(a_product())
    world.push_until_quiet()
    problem = problem_of(world, a_product())
    assert problem.code == "sku_taken"
    assert problem.holder == stranger.id


def test_a_sku_a_variant_of_another_store_product_has_is_told_too() -> None:
    world = World()
    jumper = a_jumper("S")
    world.linked(jumper)
    world.ask(a_product(sku="JUMPER-S"))
    world.push_until_quiet()
    problem = problem_of(world, a_product())
    assert problem.code == "sku_taken"
    assert problem.blocked_by == jumper.id


def test_an_imported_variant_whose_new_number_is_taken_names_who_has_it() -> None:
    world = World()
    jumper = a_jumper(variants=(a_variant("S", product_number="BC-S"),))
    world.linked(jumper)
    link = world.link(jumper)
    world.links.unlink(STORE, link)
    world.links.linked(STORE, replace(link, came_with_sku=True))
    stranger = world.web.seed("Something else", sku="OLD-1")
    renumbered = replace(jumper.variants[0], product_number="OLD-1")
    world.happens("product.saved", replace(jumper, version=2, variants=(renumbered,)))
    world.push_until_quiet()
    assert problem_of(world, jumper).holder == stranger.id


def test_a_sku_that_an_imported_product_keeps_is_refused_at_once_naming_it() -> None:
    world = World()
    came_in = replace(ONE, product_number="WEB-7")
    world.linked(came_in, TWO)
    link = world.link(came_in)
    world.links.unlink(STORE, link)
    world.links.linked(STORE, replace(link, came_with_sku=True))
    world.web[online(world, came_in)].fields["sku"] = "WEB-7"
    world.happens("product.saved", replace(TWO, version=2, sku="WEB-7"))
    world.push_until_quiet()
    assert problem_of(world, TWO).blocked_by == came_in.id
    assert world.writes() == ["update_products"] * 2, "the second without the SKU"


def test_a_name_an_import_is_taking_in_is_told_and_the_pos_is_not_asked_for_it() -> None:
    world = World()
    stranger = world.web.seed("Storm Lantern")
    world.links.reserve(STORE, stranger.id)
    world.ask(a_product())
    world.push_until_quiet()
    problem = problem_of(world, a_product())
    assert (problem.holder, problem.blocked_by) == (stranger.id, "")
    assert IMPORTING not in world.pos.read_ids


def test_a_push_links_nothing_by_itself_whatever_imports_may() -> None:
    world = World(connection=a_connection(settings=Settings(auto_link="auto")))
    world.web.seed("Storm Lantern", sku="STORM-LANTERN")
    world.ask(a_product())
    world.push_until_quiet()
    assert "link to it" in problem_of(world, a_product()).words


def test_nothing_is_renamed_by_itself() -> None:
    world = World()
    world.web.seed("Storm Lantern")
    world.ask(a_product())
    world.push_until_quiet()
    assert [p.name for p in world.web.records.products.values()] == ["Storm Lantern"]


def test_a_blocked_product_comes_back_when_the_one_that_blocked_it_is_renamed() -> None:
    world = World()
    duplicate = replace(TWO, name="Left")
    world.ask(ONE, duplicate)
    world.push_until_quiet()
    assert problem_of(world, duplicate).blocked_by == "p-1"
    world.happens("product.saved", replace(ONE, version=2, name="Elsewhere"))
    world.push_until_quiet()
    assert world.link(duplicate).status is LinkStatus.LINKED
    assert world.web[online(world, duplicate)].name == "Left"


def test_a_blocked_product_comes_back_when_the_refused_one_that_blocked_it_is_made() -> None:
    world = World()
    first = replace(ONE, name="Lamp", price=Decimal(-1))
    second = replace(TWO, name="Lamp")
    stranger = world.web.seed("Unrelated")
    world.ask(replace(first, price=Decimal(1), sku="X"))
    world.web.fail_next("create", Refused(422, "No luck"))
    world.pos.save(second)
    world.happens("push.requested", replace(first, price=Decimal(1)), second)
    world.push_until_quiet()
    assert problem_of(world, second).blocked_by == "p-1"
    renamed = replace(first, version=2, name="Other lamp", price=Decimal(1))
    world.happens("product.saved", renamed)
    world.push_until_quiet()
    assert world.link(renamed).status is LinkStatus.LINKED
    assert world.link(second).status is LinkStatus.LINKED
    assert stranger.name == "Unrelated"


def test_one_bad_product_never_delays_its_neighbours() -> None:
    world = World()
    products = lamps(12)
    bad = replace(products[4], variants=(a_variant("S", sku=""),))
    world.ask(*products[:4], bad, *products[5:])
    done = world.push()
    assert done.created == 11
    assert done.failed == 1
