"""Batches with bad items: the good ones are saved, each bad one gets its own words, at a stated
cost."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil, log2

import pytest

from tests.builders import a_jumper, a_variant, some_stock
from tests.unit.usecases.meanwhile import later
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product
from tillbridge.ports.store_api import StockItem

BAD = Refused(422, "Invalid", {"price": "is invalid"})


def _id(world: World, product: Product) -> StoreProductId:
    link = world.link(product)
    assert link.id is not None
    return link.id


def _changed(products: list[Product]) -> list[Product]:
    return [replace(p, version=2, price=Decimal(2), stock=(some_stock(1),)) for p in products]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10])
@pytest.mark.parametrize("place", ["first", "last"])
def test_one_bad_item_costs_at_most_twice_the_halvings(size: int, place: str) -> None:
    world = World()
    products = lamps(size)
    world.linked(*products)
    bad = products[0 if place == "first" else -1]
    world.web.refuses[_id(world, bad)] = BAD
    world.happens("product.saved", *_changed(products))
    done = world.push_until_quiet()
    assert done.updated == size - 1
    assert done.failed == 1
    # One more: the bad item goes again without its price.
    assert world.writes().count("update_products") <= 2 + 2 * ceil(log2(size))
    for product in products:
        wanted = LinkStatus.FAILED if product is bad else LinkStatus.LINKED
        assert world.link(product).status is wanted


def test_two_bad_items_each_get_their_own_words() -> None:
    world = World()
    products = lamps(10)
    world.linked(*products)
    world.web.refuses[_id(world, products[2])] = Refused(422, "x", {"price": "is too high"})
    world.web.refuses[_id(world, products[7])] = Refused(422, "y", {"name": "is odd"})
    world.happens("product.saved", *_changed(products))
    done = world.push_until_quiet()
    assert (done.updated, done.failed) == (8, 2)
    words = [world.link(products[n]).problem for n in (2, 7)]
    assert [p is not None and p.field for p in words] == ["price", "name"]


def test_a_bad_variant_takes_down_its_product_and_no_other() -> None:
    world = World()
    jumpers = [
        a_jumper(
            id=f"p-{n}",
            name=f"Jumper {n}",
            sku=f"J{n}",
            variants=tuple(a_variant(s, id=f"v-{n}-{s}", sku=f"J{n}-{s}") for s in "SML"),
        )
        for n in range(4)
    ]
    world.linked(*jumpers)
    clash = replace(
        jumpers[1],
        version=2,
        variants=(a_variant("S", id="v-1-S", sku="TAKEN"), *jumpers[1].variants[1:]),
    )
    world.web.seed("Stranger", sku="TAKEN")
    changed = [replace(j, version=2) for j in jumpers]
    world.happens("product.saved", changed[0], clash, *changed[2:])
    world.push_until_quiet()
    statuses = [world.link(j).status for j in jumpers]
    assert statuses.count(LinkStatus.LINKED) == 3
    refused = world.link(jumpers[1])
    assert refused.status is LinkStatus.FAILED
    assert refused.problem is not None
    assert refused.problem.code == "sku_taken"


def test_a_bad_stock_level_costs_only_its_own_product() -> None:
    world = World()
    products = lamps(8)
    world.linked(*products)
    world.web[_id(world, products[3])].fields["inventory_tracking"] = "variant"
    world.happens("sale.completed", *_changed(products))
    world.push_until_quiet()
    later(world)
    assert all(world.link(p).level == 1 for p in products)
    assert not world.pending.rows


def test_stock_that_stays_refused_is_told_to_a_person() -> None:
    world = World()
    products = lamps(2)
    world.linked(*products)
    bad = world.web[_id(world, products[0])]
    world.happens("sale.completed", *_changed(products))
    set_stock = world.web.set_stock

    def somebody_insists(items: object) -> None:
        bad.fields["inventory_tracking"] = "variant"
        set_stock(items)  # type: ignore[arg-type]

    world.web.set_stock = somebody_insists  # type: ignore[method-assign]
    later(world)
    refused = world.link(products[0])
    assert refused.status is LinkStatus.FAILED
    assert refused.problem is not None
    assert refused.problem.code == "stock_refused"
    assert world.link(products[1]).level == 1
    assert not world.pending.rows


def test_what_a_207_did_not_save_stays_pending_and_is_sent_again() -> None:
    world = World()
    products = lamps(3)
    world.linked(*products)
    world.web.warns[_id(world, products[1])] = "The URL could not be saved"
    world.happens("product.saved", *_changed(products))
    world.push()
    versions = [world.link(p).content_version for p in products]
    assert versions == [2, 1, 2]
    assert len(world.pending.rows) == 1
    later(world)
    assert world.link(products[1]).content_version == 2
    assert not world.pending.rows


def test_a_207_that_does_not_end_is_told_after_ten_attempts_and_tried_on() -> None:
    world = World()
    (product,) = lamps(1)
    world.linked(product)
    world.happens("product.saved", *_changed([product]))
    for _ in range(12):
        world.web.warns[_id(world, product)] = "The URL could not be saved"
        world.push()
        world.clock.advance(901)
    link = world.link(product)
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert link.problem.code == "keeps_failing"
    assert "The URL could not be saved" in link.problem.words
    later(world)
    link = world.link(product)
    assert (link.status, link.content_version, link.problem) == (LinkStatus.LINKED, 2, None)
    assert not world.pending.rows


def test_a_207_at_creation_links_the_product_and_keeps_the_warning() -> None:
    world = World()
    (product,) = lamps(1)
    world.web.warns[StoreProductId(0)] = "The URL could not be saved"
    world.ask(product)
    world.push_until_quiet()
    link = world.link(product)
    assert link.status is LinkStatus.LINKED
    assert any("The URL could not be saved" in note for note in link.notes)


def test_a_batch_that_keeps_failing_while_the_store_answers_goes_apart_next_time() -> None:
    world = World()
    products = lamps(4)
    world.linked(*products)
    world.web.fail_next("update_products", StoreDown("502"))
    world.happens("product.saved", *_changed(products))
    world.push()
    assert world.connection.store in world.stores.all()
    assert all(row.attempts == 1 for row in world.pending.rows if row.lane is Lane.CONTENT)
    later(world)
    sizes = [len(c.sent) for c in world.web.log if c.method == "update_products"]
    assert sizes == [4, 1, 1, 1, 1]
    assert all(world.link(p).content_version == 2 for p in products)


def test_a_batch_that_was_applied_though_it_failed_ends_in_the_same_state() -> None:
    world = World()
    products = lamps(4)
    world.linked(*products)
    world.web.fail_next("update_products", Refused(422, "Invalid"), applied=True)
    world.happens("product.saved", *_changed(products))
    done = world.push_until_quiet()
    assert done.updated == 4
    assert done.failed == 0


def test_what_a_207_did_not_save_of_a_variant_stays_pending_and_is_sent_again() -> None:
    world = World()
    world.linked(a_jumper())
    world.happens("product.saved", a_jumper(version=2, price=Decimal(7)))
    for _ in ("both at once", "the first alone", "the second alone"):
        world.web.fail_next("update_variants", Refused(207, "The stock could not be saved"))
    later(world)
    link = world.link(a_jumper())
    assert (link.status, link.content_version) == (LinkStatus.LINKED, 2)


def test_a_product_that_was_refused_delays_its_neighbours_only_once() -> None:
    world = World()
    products = lamps(10)
    world.linked(*products)
    world.web.refuses[_id(world, products[4])] = BAD
    world.happens("product.saved", *_changed(products))
    world.push_until_quiet()
    world.web.log.clear()
    world.happens("product.saved", *(replace(p, version=3) for p in _changed(products)))
    world.push_until_quiet()
    # Nine together; one alone, and again without its price.
    assert world.writes().count("update_products") == 3


def test_stock_that_kept_failing_and_then_went_is_failed_no_more() -> None:
    world = World()
    (product,) = lamps(1)
    world.linked(product)
    world.happens("sale.completed", replace(product, version=2, stock=(some_stock(1),)))
    for _ in range(12):
        for _ in ("stock", "what content left behind"):
            world.web.fail_next("set_stock", StoreDown("500"))
        world.push()
        world.clock.advance(901)
    assert world.link(product).status is LinkStatus.FAILED
    world.web.script.stop_failing("set_stock")
    later(world)
    link = world.link(product)
    assert (link.status, link.level, link.problem) == (LinkStatus.LINKED, 1, None)
    assert not world.pending.rows


def test_one_product_on_which_stock_calls_fail_holds_back_no_other_for_long() -> None:
    world = World()
    products = lamps(100)
    world.linked(*products)
    bad = _id(world, products[40])
    send = world.web.set_stock

    def set_stock(items: Sequence[StockItem]) -> None:
        if any(item.product == bad for item in items):
            raise StoreDown("500")
        send(items)

    world.web.set_stock = set_stock  # type: ignore[method-assign]
    sold = [replace(p, version=2, stock=(some_stock(1),)) for p in products]
    world.happens("sale.completed", *sold)
    for _ in range(6):
        world.push()
        world.clock.advance(20)
    assert [p.id for p in products if world.link(p).level != 1] == [products[40].id]
