"""What a store may choose: field policy, literal or changed content, outlets, safety stock."""

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from tests.builders import a_connection, a_jumper, a_product, some_stock
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.product import Product


def a_world(modes: dict[Field, Mode] | None = None, **settings: Any) -> World:
    policy = FieldPolicy(modes or {})
    return World(connection=a_connection(settings=Settings(fields=policy, **settings)))


def online(world: World) -> dict[str, Any]:
    """Return the fields last written of the lantern."""
    link = world.link(a_product())
    assert link.id is not None
    return world.web[link.id].fields


CHANGED = a_product(version=2, description="New", price=Decimal(2))


def test_literal_is_the_default_and_sends_everything_on_every_change() -> None:
    world = a_world()
    world.linked(a_product())
    online(world)["description"] = "<b>formatted online</b>"
    world.happens("sale.completed", a_product(version=2, description=""))
    world.push_until_quiet()
    assert online(world)["description"] == ""


def test_unchanged_content_costs_no_call_when_the_store_wants_that() -> None:
    world = a_world(push_content=PushContent.WHEN_CHANGED)
    world.linked(a_product(), a_jumper())
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(1),)))
    world.happens("product.saved", a_jumper(version=2))
    world.push_until_quiet()
    assert world.writes() == ["set_stock"]
    assert not world.pending.rows


def test_changed_content_goes_then_too() -> None:
    world = a_world(push_content=PushContent.WHEN_CHANGED)
    world.linked(a_product())
    world.happens("product.saved", CHANGED)
    world.push_until_quiet()
    assert online(world)["price"] == Decimal(2)


def test_content_that_changed_while_a_skip_was_remembered_still_goes() -> None:
    world = a_world(push_content=PushContent.WHEN_CHANGED)
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2))
    world.push_until_quiet()
    world.happens("product.saved", replace(CHANGED, version=3))
    world.push_until_quiet()
    assert online(world)["price"] == Decimal(2)


@pytest.mark.parametrize(
    ("mode", "at_creation", "on_change", "by_hand"),
    [
        (Mode.OFF, None, None, None),
        (Mode.CREATE, "<p>Burns all night in a gale.</p>", "old", "old"),
        (Mode.MANUAL, "<p>Burns all night in a gale.</p>", "old", "New"),
        (Mode.ON, "<p>Burns all night in a gale.</p>", "New", "New"),
    ],
)
def test_a_field_goes_when_its_mode_says(
    mode: Mode, at_creation: str | None, on_change: str | None, by_hand: str | None
) -> None:
    world = a_world({Field.DESCRIPTION: mode})
    world.linked(a_product())
    before = online(world).get("description")
    assert before == at_creation
    world.happens("product.saved", CHANGED)
    world.push_until_quiet()
    assert online(world).get("description") == (before if on_change == "old" else on_change)
    world.ask(replace(CHANGED, version=3))
    world.push_until_quiet()
    assert online(world).get("description") == (before if by_hand == "old" else by_hand)


def test_stock_set_off_is_never_sent() -> None:
    world = a_world({Field.STOCK: Mode.OFF})
    world.linked(a_product())
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(1),)))
    world.push_until_quiet()
    assert "set_stock" not in [called.method for called in world.web.log]
    assert "inventory_tracking" not in world.web.log[-1].sent[0]


@pytest.mark.parametrize(
    ("mode", "writes"),
    [
        (Mode.OFF, [0, 0, 0]),
        (Mode.CREATE, [1, 1, 1]),
        (Mode.MANUAL, [1, 1, 2]),
        (Mode.ON, [1, 2, 3]),
    ],
)
def test_stock_goes_when_its_mode_says(mode: Mode, writes: list[int]) -> None:
    world = a_world({Field.STOCK: mode})
    counted = []
    for act, units in (
        (world.ask, 5),
        (partial(world.happens, "sale.completed"), 4),
        (world.ask, 3),
    ):
        act(a_product(version=10 - units, stock=(some_stock(units),)))
        world.push_until_quiet()
        counted.append(world.writes().count("set_stock"))
    assert counted == writes


def test_visibility_set_to_manual_goes_when_a_person_pushes_later() -> None:
    world = a_world({Field.VISIBILITY: Mode.MANUAL})
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, active=False))
    world.push_until_quiet()
    assert online(world)["is_visible"] is True
    world.happens("push.requested", a_product(version=2, active=False))
    world.push_until_quiet()
    assert online(world)["is_visible"] is False


def test_visibility_that_is_not_sent_costs_no_call_at_every_change() -> None:
    policy = {Field.VISIBILITY: Mode.MANUAL}
    world = a_world(policy, push_content=PushContent.WHEN_CHANGED)
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, active=False))
    world.push_until_quiet()
    assert world.writes() == []


def test_images_set_off_are_left_to_people() -> None:
    world = a_world({Field.IMAGES: Mode.OFF})
    world.linked(a_product(images=("https://shop.example/a.jpg",)))
    world.happens("product.saved", a_product(version=2, images=("https://shop.example/b.jpg",)))
    world.push_until_quiet()
    assert world.writes() == ["update_products"]


def test_categories_are_set_at_creation_and_left_to_people_afterwards() -> None:
    world = a_world()
    world.linked(a_product())
    online(world)["categories"] = [9]
    world.happens("product.saved", a_product(version=2, department="Elsewhere"))
    world.push_until_quiet()
    assert online(world)["categories"] == [9]


def test_only_chosen_outlets_count_and_safety_stock_is_kept_back() -> None:
    world = a_world(outlets=frozenset({"quay", "market"}), safety_stock=2)
    stock = (some_stock(5, "quay"), some_stock(4, "market", committed=1), some_stock(99, "store"))
    world.linked(a_product(stock=stock))
    assert world.link(a_product()).level == 5 + 3 - 2


def test_a_policy_never_sends_what_bigcommerce_owns() -> None:
    world = a_world(dict.fromkeys(Field, Mode.ON))
    world.linked(a_product())
    owned = {"weight": 9, "retail_price": 99, "page_title": "Ours", "custom_url": {"url": "/x/"}}
    online(world).update(owned)
    world.ask(CHANGED)
    world.push_until_quiet()
    assert {key: online(world)[key] for key in owned} == owned


def test_a_change_of_outlets_is_pushed_with_the_next_push_by_hand() -> None:
    world = a_world()
    world.linked(a_product(stock=(some_stock(5, "quay"), some_stock(4, "market"))))
    assert world.link(a_product()).level == 9
    chosen = Settings(outlets=frozenset({"quay"}))
    world.stores.save_connection(replace(world.connection, settings=chosen))
    world.happens("push.requested", world.pos.records[a_product().id])
    world.push_until_quiet()
    assert world.link(a_product()).level == 5


@pytest.mark.parametrize("product", [a_product(), a_jumper()], ids=["simple", "with sizes"])
@pytest.mark.parametrize("content", list(PushContent))
def test_stock_that_is_tracked_again_has_its_level_sent_though_it_did_not_change(
    content: PushContent, product: Product
) -> None:
    world = a_world(push_content=content)
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, track_stock=False))
    world.push_until_quiet()
    assert "set_stock" not in world.writes()
    world.happens("product.saved", replace(product, version=3))
    world.push_until_quiet()
    assert world.writes()[-1] == "set_stock"
    assert world.writes().count("set_stock") == 1
    world.happens("product.saved", replace(product, version=4, price=Decimal(1)))
    world.push_until_quiet()
    assert world.writes().count("set_stock") == 1, "once it was sent it is known"
