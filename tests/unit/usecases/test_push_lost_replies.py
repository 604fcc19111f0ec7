"""A create whose reply was lost: look at once and again after a minute, and only then send it again."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import STORE, a_jumper, a_product, an_intent
from tests.knife.loop import settle
from tests.unit.usecases.meanwhile import BusyStore, later
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.errors import LostReply, OutOfTime, StoreDown
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product

LOST = LostReply("BigCommerce's answer was lost.")


def names(world: World) -> list[str]:
    """Return the names of all products online."""
    return [record.name for record in world.web.records.products.values()]


@pytest.mark.parametrize("product", [a_product(), a_jumper()], ids=["simple", "variants"])
@pytest.mark.parametrize("applied", [False, True], ids=["not made", "made"])
def test_a_create_whose_reply_was_lost_ends_in_one_linked_product(
    product: Product, applied: bool
) -> None:
    world = World()
    world.ask(product)
    world.web.fail_next("create", LOST, applied=applied)
    world.push_until_quiet()
    link = world.link(product)
    assert link.status is LinkStatus.LINKED, link.problem
    assert names(world) == [product.name]
    assert len(link.variants) == len(product.variants)
    assert world.writes().count("create") == (1 if applied else 2)
    assert not world.pending.rows


def test_what_was_made_is_adopted_at_once() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST, applied=True)
    done = world.push()
    assert done.created == 1
    assert world.link(a_product()).status is LinkStatus.LINKED


def test_a_second_post_goes_only_after_a_second_look_a_minute_later() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST)
    started = world.clock.now_ms()
    world.push()
    assert world.writes().count("create") == 1
    waiting = world.pending.rows
    assert [row.not_before_ms - started for row in waiting] == [60_000]
    later(world, seconds=61)
    methods = [called.method for called in world.web.log]
    second = len(methods) - 1 - methods[::-1].index("create")
    assert "find_by_name" in methods[methods.index("create") + 1 : second]
    assert methods[:second].count("find_by_name") == 2


def test_pushing_again_within_the_minute_makes_no_second_post() -> None:
    world = World()
    world.ask(a_product())
    world.happens("product.saved", a_product())  # its row waits as long as the asked one
    world.web.fail_next("create", LOST)
    world.push()
    world.clock.advance(5)
    world.ask(a_product())
    world.push()
    assert world.writes().count("create") == 1


def test_one_that_shows_only_later_is_found_by_the_second_look() -> None:
    web = BusyStore()
    world = World(web=web)
    world.ask(a_product())
    web.fail_next("create", LOST)
    world.push()
    web.seed("Storm Lantern", sku="STORM-LANTERN")  # the first POST was slow to show
    later(world, seconds=61)
    assert world.link(a_product()).status is LinkStatus.LINKED
    assert names(world) == ["Storm Lantern"]


def test_a_product_that_keeps_losing_its_reply_is_still_made_once() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST)
    world.web.fail_next("create", LOST)
    world.web.fail_next("create", LOST, applied=True)
    later(world, seconds=61)
    assert names(world) == ["Storm Lantern"]
    assert world.link(a_product()).status is LinkStatus.LINKED


def test_looking_is_cheap_while_it_waits() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", StoreDown("502"))
    later(world, seconds=61)
    assert world.link(a_product()).status is LinkStatus.LINKED
    looks = [called.method for called in world.web.log].count("find_by_name")
    assert looks <= 2


def test_a_drain_killed_after_its_post_adopts_what_it_made() -> None:
    world = World()
    world.pos.save(a_product())
    world.links.begin(STORE, _intent(world))
    world.web.seed("Storm Lantern", sku="STORM-LANTERN")
    world.ask(a_product())
    world.push_until_quiet()
    assert world.link(a_product()).status is LinkStatus.LINKED
    assert names(world) == ["Storm Lantern"]


def test_a_drain_killed_before_its_post_looks_twice_and_then_posts() -> None:
    world = World()
    world.links.begin(STORE, _intent(world))
    world.clock.advance(3_600)
    world.ask(a_product())
    world.push_until_quiet()
    methods = [called.method for called in world.web.log]
    assert methods.count("find_by_name") == 2
    assert names(world) == ["Storm Lantern"]


def test_a_creation_under_way_is_finished_even_when_the_product_changed_meanwhile() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST, applied=True)
    world.web.fail_next("find_by_name", StoreDown("502"))
    world.push()
    world.happens("product.saved", a_product(version=2, description="New"))
    later(world)
    link = world.link(a_product())
    assert link.status is LinkStatus.LINKED
    assert link.id is not None
    assert world.web[link.id].fields["description"] == "New"
    assert link.content_version == 2


def test_a_creation_under_way_that_was_renamed_meanwhile_makes_no_second_product() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST, applied=True)
    world.web.fail_next("find_by_name", StoreDown("502"))
    world.push()
    world.happens("product.saved", a_product(version=2, name="Gale Lantern"))
    later(world)
    assert len(names(world)) == 1


def test_a_creation_under_way_that_was_deleted_in_the_pos_makes_nothing_visible() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST)
    world.push()
    world.happens("product.saved", a_product(version=2, deleted=True))
    later(world, seconds=61)
    assert names(world) == []
    assert not world.pending.rows


def _intent(world: World) -> Link:
    return replace(
        an_intent(highest_id=100, creating_ms=world.clock.now_ms()),
        name="Storm Lantern",
        sku="STORM-LANTERN",
    )


def test_two_creations_under_way_that_the_pos_forgot_are_both_given_up() -> None:
    world = World()
    products = lamps(2)
    world.ask(*products)
    for _ in products:
        world.web.fail_next("create", LOST)
    world.push()
    for product in products:
        world.pos.forget(product.id)
    later(world, seconds=61)
    problems = [world.link(product).problem for product in products]
    assert [problem and problem.code for problem in problems] == ["deleted_in_pos"] * 2


def test_a_creation_under_way_is_looked_up_before_a_duplicate_of_it_is_made() -> None:
    world = World()
    first, duplicate = (a_product(f"p-{n}", name="Anchor", sku=f"A-{n}") for n in (1, 2))
    world.ask(first)
    world.web.fail_next("create", LOST, applied=True)
    world.web.fail_next("find_by_name", OutOfTime("The slice ended before the look."))
    world.push()
    world.happens("push.requested", duplicate, first)  # the duplicate stands first in the lane
    world.pos.save(duplicate)
    later(world, seconds=61)
    assert world.link(first).status is LinkStatus.LINKED
    refused = world.link(duplicate).problem
    assert refused is not None
    assert refused.blocked_by == first.id
    assert names(world) == ["Anchor"]


def test_what_arrived_after_both_looks_is_adopted_when_the_second_post_clashes_with_it() -> None:
    web = BusyStore()
    world = World(web=web)
    world.ask(a_product())
    web.fail_next("create", LOST)
    world.push()
    world.clock.advance(61)

    def arrives() -> None:
        web.seed("Storm Lantern", sku="STORM-LANTERN")

    web.during("create", arrives)
    later(world, seconds=61)
    assert world.link(a_product()).status is LinkStatus.LINKED
    assert names(world) == ["Storm Lantern"]


def test_a_look_that_keeps_failing_for_one_product_stops_no_other() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST)
    world.push()
    world.clock.advance(61)
    world.web.fail_next("find_by_name", StoreDown("500"))
    world.ask(*lamps(2))
    world.push()
    connection = world.stores.find(STORE)
    assert connection is not None
    assert connection.failures == 0
    later(world, seconds=61)
    assert all(world.link(p).status is LinkStatus.LINKED for p in (a_product(), *lamps(2)))


def test_a_create_that_is_never_answered_is_tried_ever_less_told_and_still_made_once() -> None:
    world = World()
    world.ask(a_product())
    for _ in range(600):  # five hours
        world.web.fail_next("create", LOST)
        world.push()
        world.clock.advance(30)
    assert world.writes().count("create") < 40
    link = world.link(a_product())
    assert link.problem is not None
    assert (link.status, link.problem.code) == (LinkStatus.CREATING, "keeps_failing")
    world.web.script.stop_failing("create")
    later(world)
    link = world.link(a_product())
    assert (link.status, link.problem) == (LinkStatus.LINKED, None)
    assert names(world) == ["Storm Lantern"]


@pytest.mark.parametrize(
    "now",
    [{"name": "Renamed", "sku": "RENAMED"}, {"deleted": True}],
    ids=["renamed", "deleted"],
)
def test_a_create_that_comes_late_is_waited_for_where_bigcommerce_would_not_refuse_it(
    now: dict[str, Any],
) -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST, late_s=840)
    world.push()
    world.happens("product.saved", replace(a_product(version=2), **now))
    settle(world)
    assert len(names(world)) == 1
    assert world.link(a_product()).status is LinkStatus.LINKED
