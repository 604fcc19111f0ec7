"""What a create made whose reply was lost is ours by what was sent, whatever the POS says by now; what
only looks like it is a clash, for a person to decide."""

from dataclasses import replace

import pytest

from tests.builders import a_jumper, a_product
from tests.unit.usecases.meanwhile import later
from tests.unit.usecases.test_push_lost_replies import LOST, names
from tests.world import World
from tillbridge.domain.errors import StoreDown
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product


def test_a_strangers_product_of_the_same_name_is_never_adopted() -> None:
    world = World()
    stranger = world.web.seed("Storm Lantern", sku="STORM-LANTERN")
    world.ask(a_product())
    world.web.fail_next("create", LOST)
    later(world, seconds=61)
    link = world.link(a_product())
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert link.problem.holder == stranger.id
    assert names(world) == ["Storm Lantern"]


@pytest.mark.parametrize("sku", ["OTHER", ""], ids=["another SKU", "no SKU"])
def test_a_newer_strangers_product_with_another_sku_is_never_adopted(sku: str) -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST)
    world.push()
    stranger = world.web.seed("Storm Lantern", sku=sku)
    later(world, seconds=61)
    link = world.link(a_product())
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert link.problem.holder == stranger.id


def test_a_newer_strangers_product_with_other_sizes_is_never_adopted() -> None:
    world = World()
    world.ask(a_jumper())
    world.web.fail_next("create", LOST)
    world.push()
    world.web.seed("Fisherman's Jumper", sku="JUMPER")
    later(world, seconds=61)
    assert world.link(a_jumper()).status is LinkStatus.FAILED


def test_a_strangers_product_that_holds_only_the_sku_is_a_clash() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", LOST)
    world.push()
    stranger = world.web.seed("Something else", sku="storm-lantern")
    later(world, seconds=61)
    problem = world.link(a_product()).problem
    assert problem is not None
    assert (problem.code, problem.holder) == ("sku_taken", stranger.id)


def test_a_product_of_ours_that_is_linked_to_another_is_never_adopted() -> None:
    world = World()
    world.linked(a_product("p-first"))
    world.ask(a_product("p-second"))
    world.web.fail_next("create", LOST)
    later(world, seconds=61)
    link = world.link("p-second")
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert link.problem.blocked_by == "p-first"


SIMPLE, SIZES = a_product(), a_jumper("S", "M")


@pytest.mark.parametrize(
    ("posted", "now"),
    [
        (SIMPLE, replace(SIMPLE, sku="OTHER")),
        (SIMPLE, replace(SIMPLE, sku="OTHER", name="Gale Lantern")),
        (SIMPLE, replace(a_jumper("S", "M"), id=SIMPLE.id, name=SIMPLE.name, sku=SIMPLE.sku)),
        (SIZES, a_jumper("S", "M", "L")),
        (SIZES, a_jumper("S")),
        (SIZES, a_jumper("XL", "XXL")),
        (SIZES, replace(SIMPLE, id=SIZES.id, name=SIZES.name)),
        (
            SIZES,
            replace(SIZES, variants=tuple(replace(v, sku=f"NEW-{v.sku}") for v in SIZES.variants)),
        ),
    ],
    ids=[
        "another SKU",
        "another SKU and name",
        "it came in sizes",
        "one size more",
        "one size fewer",
        "other sizes",
        "no sizes any more",
        "other SKUs of its sizes",
    ],
)
def test_what_a_lost_create_made_is_ours_whatever_the_pos_changed_before_the_look(
    posted: Product, now: Product
) -> None:
    world = World()
    world.ask(posted)
    world.web.fail_next("create", LOST, applied=True)
    world.web.fail_next("find_by_name", StoreDown("502"))
    world.push()
    now = replace(now, version=2)
    world.happens("product.saved", now)
    later(world)
    assert len(names(world)) == 1
    link = world.link(now)
    assert link.status is LinkStatus.LINKED, link.problem
    assert link.id is not None
    online = world.web[link.id]
    assert online.name == now.name
    shown = {v.sku for v in online.variants.values()} or {online.sku}
    assert shown == ({v.sku for v in now.variants} or {now.sku})
    assert online.sku == now.sku or now.variants
    assert not world.pending.rows


def test_a_strangers_product_with_the_name_is_not_ours_though_the_pos_changed_since() -> None:
    world = World()
    world.ask(SIMPLE)
    world.web.fail_next("create", LOST)
    world.push()
    world.web.seed(SIMPLE.name, "THEIRS")
    world.happens("product.saved", replace(SIMPLE, version=2, sku="OTHER"))
    later(world)
    assert world.link(SIMPLE).status is LinkStatus.FAILED


def test_a_create_that_was_lost_is_told_by_what_it_sent_not_by_what_the_pos_says_now() -> None:
    world = World()
    world.ask(a_jumper("S", "M", "L"))
    world.web.fail_next("create", LOST, applied=True)
    world.pos.save(a_jumper("S", "XL", version=2, name="Gansey"))
    world.push_until_quiet()
    assert names(world) == ["Gansey"]
    (product,) = world.web.records.products.values()
    assert sorted(v.sku for v in product.variants.values()) == ["JUMPER-S", "JUMPER-XL"]
