"""A picture is never taken away before its successor is there, and one that could not be fetched is
tried again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_product, some_stock
from tests.faults import Faults, Planted
from tests.world import World
from tillbridge.domain.errors import LostReply
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.link import Link, SentImage
from tillbridge.domain.product import Product
from tillbridge.usecases.push.updating import images

OLD, NEW, SECOND = (f"https://shop.example/{name}.jpg" for name in ("a?v=1", "a?v=2", "second"))

LONG = "https://pictures.shop.example/merchants/0257-8563-3833/products"


def shown(world: World) -> list[str]:
    number = world.link(a_product()).id
    assert number is not None
    return [image["image_url"] for image in world.web[number].images.values()]


def lamp(*urls: str, version: int = 2, **fields: Any) -> Product:
    return replace(a_product(version=version, images=urls), **fields)


def down(*before: str) -> World:
    """Return a world in which the new picture cannot be fetched."""
    world = World()
    if before:
        world.linked(lamp(*before, version=1))
    world.web.records.unreachable_images.update((NEW, SECOND))
    return world


def tries(world: World) -> int:
    return world.writes().count("add_image")


def test_the_old_picture_stays_until_the_new_one_is_there() -> None:
    world = down(OLD)
    world.happens("product.saved", lamp(NEW))
    world.push()
    assert shown(world) == [OLD]
    assert any(NEW in note for note in world.link(a_product()).notes)
    world.web.records.unreachable_images.clear()
    world.clock.advance(15 * 60 + 1)
    world.push()
    assert shown(world) == [NEW]
    link = world.link(a_product())
    assert [each.url for each in link.images] == [NEW]
    assert link.notes == ()
    assert {row.lane for row in world.pending.rows} == {Lane.PICTURES}
    world.clock.advance(60 * 60)
    world.push()
    assert not world.pending.rows


def test_nothing_waits_for_a_picture_and_no_person_waits_for_its_next_attempt() -> None:
    shop = [lamp(id=f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}", version=1) for n in range(20)]
    one, other = shop[:2]
    world = down()
    world.linked(*shop)
    world.happens("product.saved", *(replace(p, version=2, images=(NEW,)) for p in shop))
    world.push()
    waiting = {lane: world.pending.of(STORE, lane, [p.id for p in shop]) for lane in PRODUCT_LANES}
    assert not any(waiting.values()), "these would show as pending, and reconcile would pass them"
    world.clock.advance(15 * 60 + 1)
    world.web.log.clear()
    world.happens("product.saved", replace(other, version=3, images=(NEW,), price=Decimal(5)))
    world.ask(replace(one, version=3, images=(NEW,)))
    world.push()
    calls = [call.touches for call in world.web.log if call.method == "update_products"]
    assert calls[:2] == [{world.link(one).id}, {world.link(other).id}]
    assert [len(touched) for touched in calls[2:]] == [10, 9]


@pytest.mark.parametrize("before", [(), (OLD,)], ids=["created", "changed"])
def test_a_persons_push_tries_at_once(before: tuple[str, ...]) -> None:
    world = down(*before)
    world.ask(lamp(NEW))
    world.push()
    world.web.records.unreachable_images.clear()
    world.ask(lamp(NEW))
    world.push()
    assert shown(world) == [NEW]
    world.clock.advance(86_400)
    world.push_until_quiet()
    assert not world.pending.rows


def test_sales_meanwhile_cost_no_call_for_it_and_wait_for_nothing() -> None:
    world = down(OLD)
    world.happens("product.saved", lamp(NEW))
    world.push()
    before = tries(world)
    for version in range(3, 8):
        world.happens("sale.completed", lamp(NEW, version=version, stock=(some_stock(version),)))
        world.push()
        assert world.link(a_product()).level == version
        assert world.link(a_product()).content_version == version
    assert tries(world) == before
    assert shown(world) == [OLD]
    world.web.records.unreachable_images.clear()
    world.clock.advance(15 * 60 + 1)
    world.push()
    assert shown(world) == [NEW]


def test_it_is_tried_less_and_less_often_and_not_for_ever() -> None:
    world = down(OLD)
    world.happens("product.saved", lamp(NEW))
    world.push()
    for _ in range(24 * 4 * 10):
        world.clock.advance(15 * 60)
        world.push()
    assert tries(world) == 1 + 6
    assert not world.pending.rows
    world.web.records.unreachable_images.clear()
    world.ask(lamp(NEW))
    world.push_until_quiet()
    assert shown(world) == [NEW]


def test_a_bug_in_trying_one_again_holds_back_no_other(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = [lamp(id=f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}", version=1) for n in range(3)]
    world = down()
    world.linked(*shop)
    world.happens("product.saved", *(replace(p, version=2, images=(NEW,)) for p in shop))
    world.push()
    get = world.links.get

    def fails(store: StoreId, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        if shop[1].id in products:
            raise Planted("an odd link")
        return get(store, products)

    world.web.records.unreachable_images.clear()
    world.clock.advance(15 * 60 + 1)
    monkeypatch.setattr(world.links, "get", fails)
    world.push()
    monkeypatch.undo()
    assert [len(world.web[world.link(p).id or StoreProductId(0)].images) for p in shop] == [1, 0, 1]
    assert faults.products == {shop[1].id}
    world.clock.advance(60 * 60)
    world.push_until_quiet()
    assert [len(world.web[world.link(p).id or StoreProductId(0)].images) for p in shop] == [1, 1, 1]


def test_one_that_cannot_be_fetched_holds_back_no_other() -> None:
    world = down(OLD)
    world.happens("product.saved", lamp(OLD, NEW, "https://shop.example/third.jpg"))
    world.push()
    assert shown(world) == [OLD, "https://shop.example/third.jpg"]
    world.web.records.unreachable_images.clear()
    world.clock.advance(15 * 60 + 1)
    world.push()
    assert sorted(shown(world)) == sorted([OLD, NEW, "https://shop.example/third.jpg"])


@pytest.mark.parametrize("new", [f"{LONG}/new.jpg", f"{LONG}/a.jpg?v=2"])
def test_a_picture_that_came_with_an_import_is_not_sent_because_another_is_missing(
    new: str,
) -> None:
    came = lamp(f"{LONG}/a.jpg", version=1)
    world = World()
    world.linked(came)
    # Of a picture that the POS copied to its own address nobody knows the number online.
    link = replace(world.link(came), images=(SentImage(f"{LONG}/a.jpg"),))
    world.links.note_images(STORE, link)
    world.web.records.unreachable_images.add(new)
    world.happens("product.saved", lamp(*came.images, new))
    world.push()
    world.web.records.unreachable_images.clear()
    world.clock.advance(15 * 60 + 1)
    world.push()
    assert shown(world) == [f"{LONG}/a.jpg", new]


def test_a_persons_push_sends_no_picture_again_of_which_no_number_is_known() -> None:
    came = lamp(OLD, version=1)
    world = World()
    world.linked(came)
    world.links.note_images(STORE, replace(world.link(came), images=(SentImage(OLD),)))
    world.ask(came)
    world.push_until_quiet()
    assert shown(world) == [OLD]
    world.web.fail_next("add_image", LostReply("no answer"))
    world.happens("product.saved", lamp(OLD, SECOND))
    world.push_until_quiet()
    assert shown(world) == [OLD, SECOND]


def test_a_picture_is_not_sent_again_because_the_address_of_another_is_too_long() -> None:
    came = lamp(f"{LONG}/a.jpg", version=1)
    world = World()
    world.linked(came)
    link = replace(world.link(came), images=(SentImage(came.images[0]),))
    world.links.note_images(STORE, link)
    both = lamp(*came.images, OLD, f"{LONG}/{250 * 'b'}.jpg")
    for _ in range(2):
        world.ask(both)
        world.push()
    assert shown(world) == [f"{LONG}/a.jpg", OLD]
    assert len(world.link(came).notes) == 1


@pytest.mark.parametrize("applied", [False, True], ids=["not placed", "placed"])
def test_a_retry_whose_answer_is_lost_places_nothing_twice(applied: bool) -> None:
    world = down(OLD)
    world.happens("product.saved", lamp(NEW))
    world.push()
    world.web.records.unreachable_images.clear()
    world.web.fail_next("add_image", LostReply("no answer"), applied=applied)
    world.clock.advance(15 * 60 + 1)
    world.push_until_quiet()
    world.clock.advance(86_400)
    world.push_until_quiet()
    assert shown(world) == [NEW]
    assert not world.pending.rows


def test_another_set_ends_the_waiting() -> None:
    world = down(OLD)
    world.happens("product.saved", lamp(NEW))
    world.push()
    world.happens("product.saved", lamp(OLD, version=3))
    world.push()
    assert shown(world) == [OLD]
    assert world.link(a_product()).notes == ()
    world.clock.advance(86_400)
    world.push_until_quiet()
    assert not world.pending.rows
    assert shown(world) == [OLD]


def test_where_bigcommerce_has_no_room_for_both_the_old_ones_go_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(images, "MOST_IMAGES", 1)
    world = World()
    world.linked(lamp(OLD, version=1))
    world.happens("product.saved", lamp(NEW))
    world.push()
    assert world.writes() == ["update_products", "delete_image", "add_image"]
    assert shown(world) == [NEW]
