"""What may be online without being recorded: it is doubted, written again, and forgotten once it is
recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_connection, a_jumper, a_product, some_stock
from tests.unit.usecases.meanwhile import BusyStore, later
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import LostReply, Refused, RetryLater, StoreDown
from tillbridge.domain.link import LinkStatus, Part
from tillbridge.domain.product import Product

WHEN_CHANGED = Settings(push_content=PushContent.WHEN_CHANGED)


class Killed(BaseException):
    """The process is gone."""


@contextmanager
def killed_at(world: World, method: str) -> Iterator[None]:
    """Kill the drain when it records something by this method of the links."""
    real = getattr(world.links, method)

    def dead(*_: object) -> None:
        raise Killed

    setattr(world.links, method, dead)
    with pytest.raises(Killed):
        yield
    setattr(world.links, method, real)
    world.clock.advance(130)


def price(world: World, product: Product) -> Decimal:
    """Return the price online."""
    number = world.link(product).id
    assert number is not None
    found = world.web[number].fields["price"]
    assert isinstance(found, Decimal)
    return found


def shown(world: World, product: Product) -> bool:
    """Return whether shoppers see the product."""
    number = world.link(product).id
    assert number is not None
    return bool(world.web[number].fields["is_visible"])


def images(world: World, product: Product) -> list[str]:
    """Return the addresses of the images online."""
    number = world.link(product).id
    assert number is not None
    return [image["image_url"] for image in world.web[number].images.values()]


def picture(*names: str) -> tuple[str, ...]:
    return tuple(f"https://cdn.example/{name}.jpg" for name in names)


@pytest.mark.parametrize("how", ["killed", "no answer"])
@pytest.mark.parametrize("change", [{"active": False}, {"deleted": True}], ids=["off", "deleted"])
def test_a_product_that_was_hidden_and_is_wanted_again_is_shown(
    how: str, change: dict[str, bool]
) -> None:
    world, product = World(), a_product()
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, **change))  # type: ignore[arg-type]  # bools
    if how == "killed":
        with killed_at(world, "pushed"):
            world.push()
    else:
        world.web.fail_next("update_products", StoreDown("ReadTimeout"), applied=True)
        world.push()
    assert not shown(world, product)
    world.happens("product.saved", replace(product, version=3))
    later(world)
    assert shown(world, product)
    assert world.link(product).doubts == {}


def test_a_persons_push_shows_a_product_that_somebody_hid_online() -> None:
    world, product = World(), a_product()
    world.linked(product)
    number = world.link(product).id
    assert number is not None
    world.web[number].fields["is_visible"] = False
    world.happens("product.saved", replace(product, version=2, price=Decimal(9)))
    world.push_until_quiet()
    assert not shown(world, product)
    world.ask(replace(product, version=2, price=Decimal(9)))
    world.push_until_quiet()
    assert shown(world, product)


def test_a_price_and_a_level_that_went_back_are_written_where_only_changes_are() -> None:
    world = World(connection=replace(a_connection(), settings=WHEN_CHANGED))
    product = a_product(price=Decimal(10), stock=(some_stock(5),))
    world.linked(product)
    dearer = replace(product, version=2, price=Decimal(99), stock=(some_stock(4),))
    world.happens("product.saved", dearer)
    world.happens("sale.completed", dearer)
    with killed_at(world, "stocked"):
        world.push()
    world.happens("product.saved", replace(product, version=3))
    with killed_at(world, "pushed"):
        world.push()
    world.happens("product.saved", replace(product, version=4))
    later(world)
    number = world.link(product).id
    assert number is not None
    assert (price(world, product), world.web[number].levels) == (Decimal(10), {1: 5})


def test_an_image_that_was_being_sent_is_never_taken_for_another() -> None:
    world, product = World(), a_product(images=picture("a"))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, images=picture("a", "b")))
    world.web.fail_next("add_image", LostReply("lost"), applied=True)
    world.push()
    world.happens("product.saved", replace(product, version=3, images=picture("a", "c")))
    later(world)
    assert images(world, product) == list(picture("a", "c"))
    assert [sent.url for sent in world.link(product).images] == list(picture("a", "c"))


def test_a_size_that_was_taken_back_gives_up_its_sku() -> None:
    world, jumper = World(), a_jumper("S", "M")
    world.linked(jumper)
    world.happens("product.saved", a_jumper("S", "M", "L", version=2))
    with killed_at(world, "pushed"):
        world.push()
    world.happens("product.saved", replace(jumper, version=3))
    later(world)
    world.ask(a_product("p-other", name="Other", sku="JUMPER-L"))
    world.push_until_quiet()
    assert world.link("p-other").status is LinkStatus.LINKED


def test_a_restructure_that_began_is_noted_on_the_link_until_it_is_recorded() -> None:
    web = BusyStore()
    world = World(web=web)
    world.linked(a_jumper("S", "M"))
    world.happens("product.saved", a_jumper("S", version=2))
    noted: list[set[Part]] = []

    def look() -> None:
        noted.append(set(world.link("p-jumper").doubts))

    web.during("delete_variant", look)
    world.push_until_quiet()
    assert noted == [{Part.SHAPE, Part.CONTENT, Part.VISIBILITY}]
    assert world.link("p-jumper").doubts == {}


def test_a_part_that_arrived_before_another_was_refused_stays_in_doubt() -> None:
    world, jumper = World(), a_jumper("S", "M")
    world.linked(jumper)
    world.happens("product.saved", replace(jumper, version=2, active=False))
    world.web.fail_next("update_variants", Refused(422, "Invalid", {"price": "is invalid"}))
    world.web.fail_next("update_variants", Refused(422, "Invalid", {"price": "is invalid"}))
    world.web.fail_next("update_variants", Refused(422, "Invalid", {"price": "is invalid"}))
    world.push_until_quiet()
    assert world.link(jumper).status is LinkStatus.FAILED
    assert not shown(world, jumper)
    world.happens("product.saved", replace(jumper, version=3))
    later(world)
    assert shown(world, jumper)


def test_an_event_that_comes_while_an_answer_is_lost_leaves_the_doubt() -> None:
    web = BusyStore()
    world = World(web=web, connection=replace(a_connection(), settings=WHEN_CHANGED))
    product = a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(99)))
    world.web.fail_next("update_products", StoreDown("ReadTimeout"), applied=True)
    web.during("ping", lambda: world.happens("product.saved", replace(product, version=3)))
    later(world)
    assert price(world, product) == Decimal(10)


def test_a_slice_that_ends_well_leaves_no_doubt_to_the_next() -> None:
    world, product = World(), a_product()
    world.linked(product)
    turn = world.stores.begin_slice(STORE, "next", world.clock.now_ms(), world.clock.now_ms() + 1)
    assert not turn.unsure


def test_a_table_that_fails_after_a_call_leaves_the_next_slice_unsure() -> None:
    world = World(connection=replace(a_connection(), settings=WHEN_CHANGED))
    product = a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(99)))
    real = world.links.pushed

    def throttled(*_: object) -> list[object]:
        raise RetryLater("throttled")

    world.links.pushed = throttled  # type: ignore[method-assign, assignment]  # fails once
    world.push()
    world.links.pushed = real  # type: ignore[method-assign]
    world.happens("product.saved", replace(product, version=3))
    later(world)
    assert price(world, product) == Decimal(10)
