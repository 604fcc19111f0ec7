"""Images are sent once, never hold back a product, and leave other people's alone."""

from uuid import uuid4

import pytest

from tests.builders import STORE, a_connection, a_product
from tests.unit.usecases.meanwhile import BusyStore
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import LostReply, OutOfTime, StoreDown
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product

LAMP, GLOW, NIGHT = (f"https://shop.example/{name}.jpg" for name in ("lamp", "glow", "night"))
DEAD = "https://shop.example/broken.jpg"


def shown(world: World, product: Product) -> list[str]:
    """Return the addresses of the images online, in order."""
    return [image["image_url"] for image in world.web[_id(world, product)].images.values()]


def _id(world: World, product: Product) -> StoreProductId:
    link = world.link(product)
    assert link.id is not None
    return link.id


def test_images_go_with_the_creation() -> None:
    world = World()
    world.ask(a_product(images=(LAMP, GLOW)))
    world.push_until_quiet()
    assert shown(world, a_product()) == [LAMP, GLOW]
    assert "add_image" not in world.writes()


def test_an_unchanged_set_is_not_sent_again() -> None:
    world = World()
    world.linked(a_product(images=(LAMP, GLOW)))
    world.happens("product.saved", a_product(version=2, images=(LAMP, GLOW)))
    world.push_until_quiet()
    assert world.writes() == ["update_products"]


def signed(name: str) -> str:
    """Return the address of a picture as it is signed for one read."""
    return f"https://shop.example/{name}.jpg?X-Amz-Expires=900&X-Amz-Signature={uuid4().hex}"


@pytest.mark.parametrize("push_content", PushContent)
def test_a_picture_whose_address_is_signed_anew_is_not_sent_again(
    push_content: PushContent,
) -> None:
    world = World(a_connection(settings=Settings(push_content=push_content)))
    world.linked(a_product(images=(signed("lamp"), signed("glow"))))
    world.happens("product.saved", a_product(version=2, images=(signed("lamp"), signed("glow"))))
    world.push_until_quiet()
    assert not {"add_image", "delete_image"} & set(world.writes())


def test_of_signed_pictures_only_what_changed_is_sent_each_once() -> None:
    world = World()
    world.linked(a_product(images=(signed("lamp"), signed("glow"))))
    images = (signed("lamp"), signed("night"), signed("night"))
    world.happens("product.saved", a_product(version=2, images=images))
    world.push_until_quiet()
    assert world.writes() == ["update_products", "add_image", "delete_image"]


def test_a_signed_picture_that_could_not_be_fetched_is_tried_with_its_newest_address() -> None:
    world = World()
    old, new = signed("lamp"), signed("lamp")
    world.web.records.unreachable_images.add(old)
    world.ask(a_product(images=(old,)))
    world.push()
    world.happens("product.saved", a_product(version=2, images=(new,)))
    world.push()
    assert any(old in note for note in world.link(a_product()).notes)
    world.clock.advance(16 * 60)
    world.push()
    assert shown(world, a_product()) == [new]
    assert [note for note in world.link(a_product()).notes if "could not fetch" in note] == []


def test_a_changed_set_adds_what_is_new_and_removes_what_is_gone() -> None:
    world = World()
    world.linked(a_product(images=(LAMP, GLOW)))
    world.happens("product.saved", a_product(version=2, images=(LAMP, NIGHT)))
    world.push_until_quiet()
    assert shown(world, a_product()) == [LAMP, NIGHT]
    assert world.writes() == ["update_products", "add_image", "delete_image"]


def test_images_other_people_placed_are_kept() -> None:
    world = World()
    world.linked(a_product(images=(LAMP,)))
    theirs = {"image_url": "https://cdn.example/theirs.jpg"}
    world.web[_id(world, a_product())].images[9_999] = theirs
    world.happens("product.saved", a_product(version=2, images=()))
    world.push_until_quiet()
    assert shown(world, a_product()) == ["https://cdn.example/theirs.jpg"]


def test_a_creation_refused_for_its_image_is_made_without_and_says_which_failed() -> None:
    world = World()
    world.ask(a_product(images=(LAMP, DEAD, GLOW)))
    done = world.push_until_quiet()
    link = world.link(a_product())
    assert link.status is LinkStatus.LINKED
    assert done.created == 1
    assert shown(world, a_product()) == [LAMP, GLOW]
    assert any(DEAD in note for note in link.notes)


def test_an_image_that_failed_is_not_tried_again_at_every_sale() -> None:
    world = World()
    world.ask(a_product(images=(DEAD,)))
    world.push_until_quiet()
    world.web.log.clear()
    world.happens("sale.completed", a_product(version=2, images=(DEAD,)))
    world.push_until_quiet()
    assert "add_image" not in world.writes()


def test_a_note_about_an_image_stays_while_the_image_is_wanted() -> None:
    world = World()
    world.ask(a_product(images=(DEAD,)))
    world.push_until_quiet()
    world.happens("product.saved", a_product(version=2, images=(DEAD,)))
    world.push_until_quiet()
    assert any(DEAD in note for note in world.link(a_product()).notes)


def test_an_address_nobody_can_fetch_is_told_and_not_sent() -> None:
    world = World()
    world.ask(a_product(images=("lamp.jpg", LAMP)))
    world.push_until_quiet()
    assert shown(world, a_product()) == [LAMP]
    assert any("lamp.jpg" in note for note in world.link(a_product()).notes)


@pytest.mark.parametrize("applied", [False, True], ids=["not placed", "placed"])
def test_an_image_whose_answer_was_lost_is_not_placed_twice(applied: bool) -> None:
    world = World()
    world.linked(a_product(images=(LAMP,)))
    world.happens("product.saved", a_product(version=2, images=(LAMP, GLOW, NIGHT)))
    world.web.fail_next("add_image", LostReply("no answer"), applied=applied)
    world.push_until_quiet()
    assert shown(world, a_product()) == [LAMP, GLOW, NIGHT]
    assert world.link(a_product()).images_seen is None
    assert not world.pending.rows


@pytest.mark.parametrize("applied", [False, True], ids=["not placed", "placed"])
def test_a_lost_answer_after_a_refused_image_places_nothing_twice(applied: bool) -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, images=(DEAD, LAMP, GLOW)))
    place = world.web.add_image

    def refused_then_lost(product: StoreProductId, image: dict[str, object]) -> int:
        if image["image_url"] == LAMP and not lost:
            lost.append(True)
            world.web.fail_next("add_image", LostReply("no answer"), applied=applied)
        return place(product, image)

    lost: list[bool] = []
    world.web.add_image = refused_then_lost  # type: ignore[method-assign]
    world.push_until_quiet()
    assert sorted(shown(world, a_product())) == [GLOW, LAMP]
    assert any(DEAD in note for note in world.link(a_product()).notes)


@pytest.mark.parametrize("applied", [False, True], ids=["not placed", "placed"])
def test_an_image_we_noted_as_ours_is_not_taken_for_the_one_whose_answer_was_lost(
    applied: bool,
) -> None:
    world = World()
    world.linked(a_product())
    # LAMP is placed, the refusal of DEAD has it noted on the link, and then GLOW's answer is lost.
    world.happens("product.saved", a_product(version=2, images=(LAMP, DEAD, GLOW)))
    place = world.web.add_image

    def lost_at_glow(product: StoreProductId, image: dict[str, object]) -> int:
        if image["image_url"] == GLOW and not lost:
            lost.append(True)
            world.web.fail_next("add_image", LostReply("no answer"), applied=applied)
        return place(product, image)

    lost: list[bool] = []
    world.web.add_image = lost_at_glow  # type: ignore[method-assign]
    world.push_until_quiet()
    assert shown(world, a_product()) == [LAMP, GLOW]
    online = world.web[_id(world, a_product())].images
    noted = {sent.url: sent.id for sent in world.link(a_product()).images if sent.id is not None}
    assert noted == {image["image_url"]: number for number, image in online.items()}


def test_a_slice_that_ends_between_two_images_places_none_twice() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, images=(LAMP, GLOW)))
    world.web.fail_next("add_image", OutOfTime("over"))
    world.push_until_quiet()
    assert shown(world, a_product()) == [LAMP, GLOW]


def test_price_and_stock_do_not_wait_for_an_image() -> None:
    world = World()
    world.linked(a_product())
    world.happens("sale.completed", a_product(version=2, images=(LAMP,)))
    world.web.fail_next("add_image", LostReply("no answer"))
    world.push()
    assert world.writes()[:2] == ["set_stock", "update_products"]


def test_an_image_that_is_fetched_for_longer_than_our_patience_is_not_placed_twice() -> None:
    web = BusyStore()
    world = World(web=web)
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, images=(LAMP,)))
    web.fail_next("add_image", LostReply("no answer"))
    world.push()
    world.clock.advance(30)
    world.push()
    web[_id(world, a_product())].images[9_999] = {"image_url": LAMP}  # it was fetched after all
    world.clock.advance(31)
    world.push_until_quiet()
    assert world.writes().count("add_image") == 1
    assert [image.id for image in world.link(a_product()).images] == [9_999]


def test_images_of_a_product_that_was_deleted_online_break_its_link_and_nothing_else() -> None:
    changed = Settings(push_content=PushContent.WHEN_CHANGED)
    world = World(connection=a_connection(settings=changed))
    world.linked(a_product(images=(LAMP,)), *lamps(2))
    world.web.remove(_id(world, a_product()))
    world.happens("product.saved", a_product(version=2, images=(LAMP, GLOW)))
    world.happens("product.saved", *lamps(2, version=2, images=(NIGHT,)))
    world.push_until_quiet()
    assert world.link(a_product()).status is LinkStatus.BROKEN
    assert [shown(world, lamp) for lamp in lamps(2)] == [[NIGHT], [NIGHT]]
    assert not world.pending.rows


def test_images_of_one_product_that_cannot_be_read_stop_no_other() -> None:
    world = World()
    world.linked(*lamps(2))
    world.happens("product.saved", *lamps(2, version=2, images=(LAMP,)))
    world.web.fail_next("images", StoreDown("500"))
    world.push()
    assert [shown(world, lamp) for lamp in lamps(2)] == [[], [LAMP]]
    connection = world.stores.find(STORE)
    assert connection is not None
    assert connection.failures == 0
    world.clock.advance(3)
    world.push_until_quiet()
    assert [shown(world, lamp) for lamp in lamps(2)] == [[LAMP], [LAMP]]
