"""Products that are deleted, hidden or gone on one side, and what happens on the other."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection, a_jumper, a_product, a_variant, some_stock
from tests.unit.usecases.test_push_failures import ONE, TWO, online, problem_of
from tests.world import World
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import LostReply
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.link import LinkStatus


def test_a_product_deleted_online_is_told_plainly_and_never_made_again_unasked() -> None:
    world = World()
    world.linked(a_product())
    world.web.remove(online(world, a_product()))
    world.happens("product.saved", a_product(version=2))
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.status is LinkStatus.BROKEN
    assert link.problem is not None
    assert "deleted" in link.problem.words
    world.web.log.clear()
    for version in (3, 4):
        changed = a_product(version=version, stock=(some_stock(version),))
        world.happens("sale.completed", changed)
        world.push_until_quiet()
    assert world.web.log == []


def test_a_product_deleted_online_is_found_out_by_its_stock_too() -> None:
    world = World()
    world.linked(ONE, TWO)
    world.web.remove(online(world, ONE))
    sold = [replace(p, version=2, stock=(some_stock(1),)) for p in (ONE, TWO)]
    world.happens("sale.completed", *sold)
    world.push_until_quiet()
    assert world.link(ONE).status is LinkStatus.BROKEN
    assert world.link(TWO).level == 1


def test_a_product_deleted_online_is_made_again_when_a_person_pushes_it() -> None:
    world = World()
    world.linked(a_product())
    gone = online(world, a_product())
    world.web.remove(gone)
    world.happens("product.saved", a_product(version=2))
    world.push_until_quiet()
    world.ask(a_product(version=2))
    world.push_until_quiet()
    assert world.link(a_product()).status is LinkStatus.LINKED
    assert online(world, a_product()) != gone


@pytest.mark.parametrize("reply", ["in time", "lost"])
def test_an_imported_product_is_made_again_under_the_sku_it_came_with(reply: str) -> None:
    world = World()
    came_in = a_jumper(
        "S", product_number="WEB-7", variants=(a_variant("S", product_number="WEB-7-S"),)
    )
    world.linked(came_in)
    link = world.link(came_in)
    world.links.unlink(STORE, link)
    world.links.linked(STORE, replace(link, came_with_sku=True))
    world.web.remove(online(world, came_in))
    world.happens("product.saved", replace(came_in, version=2))
    world.push_until_quiet()
    if reply == "lost":
        world.web.fail_next("create", LostReply("lost"), applied=True)
    world.ask(replace(came_in, version=2))
    world.push_until_quiet()
    made = world.web[online(world, came_in)]
    assert made.fields["sku"] == "WEB-7"
    assert [variant.sku for variant in made.variants.values()] == ["WEB-7-S"]
    assert world.link(came_in).came_with_sku


def test_what_waits_for_a_name_gets_it_when_its_holder_was_deleted_online() -> None:
    world = World()
    world.linked(ONE)
    duplicate = replace(TWO, name="Left")
    world.ask(duplicate)
    world.push_until_quiet()
    assert problem_of(world, duplicate).code == "name_taken"
    world.web.remove(online(world, ONE))
    world.happens("product.saved", replace(ONE, version=2))
    world.push_until_quiet()
    assert world.link(ONE).status is LinkStatus.BROKEN
    assert world.link(duplicate).status is LinkStatus.LINKED


def test_a_product_that_turns_inactive_is_hidden_and_comes_back_with_it() -> None:
    world = World()
    world.linked(ONE)
    number = online(world, ONE)
    world.happens("product.saved", replace(ONE, version=2, active=False))
    world.push_until_quiet()
    assert world.web[number].fields["is_visible"] is False
    world.happens("product.saved", replace(ONE, version=3))
    world.push_until_quiet()
    assert world.web[number].fields["is_visible"] is True


def test_a_product_hidden_online_by_people_stays_hidden() -> None:
    world = World()
    world.linked(ONE)
    world.web[online(world, ONE)].fields["is_visible"] = False
    world.happens("product.saved", replace(ONE, version=2))
    world.push_until_quiet()
    assert world.web[online(world, ONE)].fields["is_visible"] is False


def test_a_deleted_product_is_hidden_never_deleted_and_keeps_its_link() -> None:
    world = World()
    world.linked(a_jumper())
    world.happens("product.saved", a_jumper(version=2, deleted=True))
    world.push_until_quiet()
    number = online(world, a_jumper())
    assert world.web[number].fields["is_visible"] is False
    assert world.web[number].name == "Fisherman's Jumper"
    assert len(world.web[number].variants) == 2
    assert world.link(a_jumper()).status is LinkStatus.LINKED
    assert world.writes() == ["update_products"]


def test_a_deleted_product_that_comes_back_is_shown_again() -> None:
    world = World()
    world.linked(ONE)
    world.happens("product.saved", replace(ONE, version=2, deleted=True))
    world.push_until_quiet()
    world.happens("product.saved", replace(ONE, version=3))
    world.push_until_quiet()
    assert world.web[online(world, ONE)].fields["is_visible"] is True


def test_a_person_who_pushes_what_the_pos_deleted_is_told_that_nothing_is_left_to_do() -> None:
    world = World()
    world.ask(a_product(deleted=True))
    world.push_until_quiet()
    problem = world.link(a_product()).problem
    assert problem is not None
    assert problem.code == "deleted_in_pos"


def test_a_person_who_pushes_a_deleted_product_that_may_not_be_hidden_is_told() -> None:
    policy = FieldPolicy({Field.VISIBILITY: Mode.OFF})
    world = World(connection=a_connection(settings=Settings(fields=policy)))
    world.linked(a_product())
    world.ask(a_product(version=2, deleted=True))
    world.push_until_quiet()
    problem = world.link(a_product()).problem
    assert problem is not None
    assert problem.code == "not_hidden"
    assert world.writes() == []


def test_a_broken_link_stays_broken_when_a_person_pushes_what_the_pos_deleted_too() -> None:
    world = World()
    world.linked(a_product())
    number = world.link(a_product()).id
    assert number is not None
    world.web.remove(number)
    world.happens("product.saved", a_product(version=2))
    world.push_until_quiet()
    world.ask(a_product(version=3, deleted=True))
    world.push_until_quiet()
    assert world.link(a_product()).status is LinkStatus.BROKEN
