"""Lanes: what goes first, what waits, and what creates leave behind."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import a_jumper, a_product, some_stock
from tests.unit.usecases.meanwhile import BusyStore, later
from tests.world import World
from tillbridge.domain.errors import Refused
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product

SIZES = tuple(str(n) for n in range(12))
PICTURES = tuple(f"https://shop.example/{n}.jpg" for n in range(12))


def lamps(count: int, **changes: object) -> list[Product]:
    """Return `count` products of different names and SKUs."""
    return [
        replace(a_product(f"p-{n:04}", name=f"Lamp {n}", sku=f"L-{n}"), **changes)  # type: ignore[arg-type]
        for n in range(count)
    ]


def test_stock_of_all_products_goes_before_the_content_of_any() -> None:
    world = World()
    products = lamps(3)
    world.linked(*products)
    world.happens("product.saved", replace(products[0], version=2, price=Decimal(1)))
    sold = [replace(p, version=2, stock=(some_stock(1),)) for p in products[1:]]
    world.happens("sale.completed", *sold)
    world.push_until_quiet()
    assert world.writes() == ["set_stock", "update_products"]


def test_once_a_sale_is_stored_no_content_call_starts_before_its_stock_call() -> None:
    web = BusyStore()
    world = World(web=web)
    products = lamps(40)
    world.linked(*products)
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    sold = replace(products[39], version=3, stock=(some_stock(1),))
    web.during("update_products", lambda: world.happens("sale.completed", sold))
    world.push_until_quiet()
    assert world.writes()[:3] == ["update_products", "set_stock", "update_products"]


@pytest.mark.parametrize(
    ("call", "before", "after"),
    [
        ("delete_variant", a_jumper(*SIZES), a_jumper("0")),
        ("add_option_value", a_jumper("0"), a_jumper(*SIZES)),
        ("add_image", a_jumper(), a_jumper(images=PICTURES)),
    ],
    ids=["many variants go", "many option values come", "many images come"],
)
def test_a_sale_waits_for_one_call_of_a_product_that_takes_many(
    call: str, before: Product, after: Product
) -> None:
    web = BusyStore()
    world = World(web=web)
    (lamp,) = lamps(1)
    world.linked(before, lamp)
    sold = replace(lamp, version=2, stock=(some_stock(1),))
    web.during(call, lambda: world.happens("sale.completed", sold))
    world.happens("product.saved", replace(after, version=2))
    later(world, seconds=61)
    writes = world.writes()
    assert writes[writes.index(call) + 1] == "set_stock"
    link = world.link(after)
    assert (link.status, link.content_version) == (LinkStatus.LINKED, 2)
    online = web[StoreProductId(link.id or 0)]
    assert len(online.variants) == len(after.variants)
    assert [image["image_url"] for image in online.images.values()] == list(after.images)


def test_ten_thousand_sales_of_one_product_are_one_write_of_stock_and_one_of_content() -> None:
    world = World()
    world.linked(a_product())
    for version in range(2, 1_002):
        sold = a_product(version=version, stock=(some_stock(2_000 - version),))
        world.happens("sale.completed", sold)
    world.push_until_quiet()
    assert world.writes() == ["set_stock", "update_products"]
    assert world.link(a_product()).level == 999


def test_what_a_person_asked_for_interrupts_a_bulk_import() -> None:
    web = BusyStore()
    world = World(web=web)
    products = lamps(300)
    world.linked(*products)
    world.happens("product.imported", *(replace(p, version=2) for p in products))
    assert {row.lane for row in world.pending.rows} == {Lane.BULK}
    wanted = a_product("p-wanted", name="Wanted", sku="W-1")
    web.during("update_products", lambda: world.ask(wanted))
    world.push_until_quiet()
    assert world.writes().index("create") == 1
    assert world.writes().count("update_products") == 30


def test_a_sale_waits_for_no_content_while_the_quota_is_spent() -> None:
    world = World()
    products = lamps(2)
    world.linked(*products)
    world.happens("product.saved", replace(products[0], version=2))
    world.web.waits.extend([3.0, 3.0])
    wait_needed = world.web.wait_needed

    def asked(*, urgent: bool) -> float:
        wait = wait_needed(urgent=urgent)
        if wait and not sold:
            sold.append(True)
            now = replace(products[1], version=2, stock=(some_stock(0),))
            world.happens("sale.completed", now)
        return 0.0 if urgent else wait

    sold: list[bool] = []
    world.web.wait_needed = asked  # type: ignore[method-assign]
    world.push_until_quiet()
    assert world.writes()[0] == "set_stock"


def test_only_stock_and_what_people_asked_for_may_spend_the_reserve() -> None:
    world = World()
    products = lamps(2)
    world.linked(*products)
    for trigger, urgent in (("product.saved", False), ("push.requested", True)):
        world.web.wait_asked.clear()
        world.happens(trigger, replace(products[0], version=2))
        world.push_until_quiet()
        assert set(world.web.wait_asked) == {urgent}, trigger


def test_creates_leave_one_call_for_the_channel_and_one_for_all_their_stock() -> None:
    world = World()
    world.ask(*lamps(15))
    world.push_until_quiet()
    writes = world.writes()
    assert writes.count("create") == 15
    assert writes[-2:] == ["assign_channel", "set_stock"]
    assert len(writes) == 15 + 2 + writes.count("create_categories")
    assert all(world.link(p).level == 3 for p in lamps(15))


def test_a_new_product_is_put_on_the_storefront() -> None:
    world = World()
    world.ask(a_product())
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.assigned
    assert link.id is not None
    assert world.web[link.id].channels == {1}


def test_a_new_product_deleted_online_before_it_is_shown_holds_back_no_other() -> None:
    web = BusyStore()
    world = World(web=web)
    gone, *others = lamps(5)
    world.ask(gone, *others)
    web.during("assign_channel", lambda: web.remove(StoreProductId(world.link(gone).id or 0)))
    world.push_until_quiet()
    assert world.link(gone).status is LinkStatus.BROKEN
    assert all(world.link(p).assigned and world.link(p).level == 3 for p in others)
    assert not world.pending.rows


def test_a_channel_bigcommerce_refuses_is_told_and_mended_by_pushing_again() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("assign_channel", Refused(422, "Channel 1 was not found"))
    world.push_until_quiet()
    problem = world.link(a_product()).problem
    assert problem is not None
    assert problem.code == "channel_refused"
    assert "Channel 1 was not found" in problem.words
    world.ask(a_product())
    world.push_until_quiet()
    link = world.link(a_product())
    assert (link.status, link.assigned, link.level) == (LinkStatus.LINKED, True, 3)


def test_a_new_product_without_stock_is_put_on_the_storefront_once() -> None:
    world = World()
    world.linked(a_product(track_stock=False))
    assert world.link(a_product()).assigned
    world.ask(a_product(version=2, track_stock=False))
    world.push_until_quiet()
    assert "assign_channel" not in world.writes()


def test_content_of_one_product_is_sent_once_for_all_lanes_it_waits_in() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2))
    world.ask(a_product(version=2))
    world.push_until_quiet()
    assert world.writes().count("update_products") == 1
    assert not world.pending.rows


def test_what_a_person_pushes_carries_the_stock_too() -> None:
    world = World()
    world.linked(a_product())
    world.ask(a_product())
    world.push_until_quiet()
    assert world.writes() == ["update_products", "set_stock"]


def test_a_change_that_arrives_while_it_is_being_pushed_is_pushed_too() -> None:
    web = BusyStore()
    world = World(web=web)
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, price=Decimal(2)))
    newest = a_product(version=3, price=Decimal(3))
    web.during("update_products", lambda: world.happens("product.saved", newest))
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.id is not None
    assert world.web[link.id].fields["price"] == Decimal(3)
    assert link.content_version == 3
    assert not world.pending.rows


def test_stock_is_never_written_beside_catalogue_calls_and_no_two_calls_touch_one_product() -> None:
    world = World(in_flight=3)
    world.web.script.latency = 0.002
    products = [*lamps(30), a_jumper()]
    world.linked(*products)
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    world.happens("sale.completed", *(replace(p, version=2) for p in products[:5]))
    world.push_until_quiet()
    assert world.web.violations == []
    assert 2 <= world.web.script.most_in_flight <= 3


def test_stock_of_a_product_whose_creation_is_not_done_yet_follows_it() -> None:
    world = World()
    world.ask(a_product())
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(2),)))
    world.push_until_quiet()
    assert world.writes()[-1] == "set_stock"
    assert world.link(a_product()).level == 2


def test_stock_follows_its_content_when_the_product_was_not_tracked_before() -> None:
    world = World()
    world.linked(a_product(track_stock=False))
    world.happens("inventory_count.completed", a_product(version=2, stock=(some_stock(7),)))
    world.push_until_quiet()
    assert world.writes() == ["update_products", "set_stock"]
    assert world.link(a_product()).level == 7


def test_stock_that_is_not_tracked_is_not_sent() -> None:
    world = World()
    world.linked(a_product(track_stock=False))
    world.happens("sale.completed", a_product(version=2, track_stock=False))
    world.push_until_quiet()
    assert world.writes() == ["update_products"]


def test_an_oversold_product_shows_nothing_and_its_debt_is_kept() -> None:
    world = World()
    world.linked(a_product())
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(-4),)))
    world.push_until_quiet()
    assert world.link(a_product()).level == 0
    assert world.link(a_product()).debt == 4


BARCODE = "4006381333931"


@pytest.mark.parametrize("event", ["inventory_count.completed", "product.saved"])
def test_a_barcode_scanned_into_a_count_is_held_and_said_and_a_new_count_goes(event: str) -> None:
    world = World()
    jumper, lamp = a_jumper(), a_product()
    world.linked(jumper, lamp)
    small, medium = jumper.variants
    scanned = replace(small, stock=(some_stock(BARCODE),))
    sold = replace(medium, stock=(some_stock(1),))
    counted = replace(jumper, version=2, variants=(scanned, sold))
    world.happens(event, counted, replace(lamp, version=2, stock=(some_stock(BARCODE),)))
    world.push_until_quiet()
    link = world.link(jumper)
    assert link.status is LinkStatus.LINKED
    assert [variant.level for variant in link.variants.values()] == [2, 1], (
        "the last one sent stays"
    )
    assert BARCODE in link.odd_counts[0]
    assert "the variant S" in link.odd_counts[0]
    assert "the product" in world.link(lamp).odd_counts[0]
    assert world.link(lamp).level == 3

    again = replace(counted, version=3, variants=(replace(small, stock=(some_stock(4),)), sold))
    world.happens(event, again)
    world.push_until_quiet()
    assert [variant.level for variant in world.link(jumper).variants.values()] == [4, 1]
    assert world.link(jumper).odd_counts == ()
    assert world.link(lamp).odd_counts


def test_a_product_is_created_though_its_count_is_a_barcode() -> None:
    world = World()
    lamp = a_product(stock=(some_stock(BARCODE),))
    world.ask(lamp)
    world.push_until_quiet()
    link = world.link(lamp)
    assert (link.status, link.assigned, link.level) == (LinkStatus.LINKED, True, None)
    assert BARCODE in link.odd_counts[0]
