"""The content of both sides is kept beside their rows, by whoever read or sent it."""

from dataclasses import replace
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_connection, a_jumper, a_product, some_stock
from tests.import_world import ImportWorld
from tests.reconcile_world import INCREMENTAL, ReconcileWorld
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.usecases import views
from tillbridge.usecases.push.slice import views as slice_views


def pos_of(world: World, product: str = LANTERN) -> Detail:
    return world.read_model.details(STORE, [("pos", product)])["pos", product]


def web_of(world: World, product: str = LANTERN) -> Detail:
    number = str(world.link(product).id)
    return world.read_model.details(STORE, [("web", number)])["web", number]


def both(world: World, name: str) -> tuple[Any, Any]:
    return pos_of(world).values.get(name), web_of(world).values.get(name)


def test_a_push_keeps_what_the_pos_has_and_what_it_sent() -> None:
    world = World()
    world.linked(a_product(brand="Harbour"))
    for name in ("name", "price", "cost", "brand", "description", "mpn"):
        pos, web = both(world, name)
        assert pos == web is not None
    world.clock.advance(60)
    world.happens("product.saved", a_product(version=2, brand="Harbour", price=Decimal(5)))
    world.push_until_quiet()
    assert both(world, "price") == ("5", "5")


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that takes the name of whatever composes a detail."""
    names: list[str] = []

    def watched(module: ModuleType, name: str) -> None:
        composes = getattr(module, name)

        def and_tell(*given: Any, **named: Any) -> Any:
            names.append(name)
            return composes(*given, **named)

        monkeypatch.setattr(module, name, and_tell)

    watched(slice_views, "pos_detail")
    for name in ("web_detail", "after_sending"):
        watched(views, name)
    return names


@pytest.mark.parametrize("content", [PushContent.LITERAL, PushContent.WHEN_CHANGED])
def test_a_sale_composes_and_writes_no_detail(composed: list[str], content: PushContent) -> None:
    world = World(connection=replace(a_connection(), settings=Settings(push_content=content)))
    world.linked(a_product())
    seen = pos_of(world).seen_ms, web_of(world).seen_ms
    composed.clear()
    world.clock.advance(60)
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(1),)))
    world.push_until_quiet()
    assert (pos_of(world).seen_ms, web_of(world).seen_ms) == seen
    assert composed == []


def test_a_change_that_only_a_sale_tells_of_is_kept_of_both_sides() -> None:
    world = World()
    world.linked(a_product())
    world.happens("sale.completed", a_product(version=2, price=Decimal(5)))
    world.push_until_quiet()
    assert both(world, "price") == ("5", "5")


def test_what_is_never_sent_is_kept_though_a_sale_came_behind_it() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, department="Lights"))
    world.happens("sale.completed", a_product(version=3, department="Lights"))
    world.push_until_quiet()
    assert pos_of(world).values["department"] == "Lights"


def test_sizes_are_kept_with_their_numbers_on_both_sides() -> None:
    world = World()
    world.linked(a_jumper("S", "M"))
    skus = [each["sku"] for each in pos_of(world, JUMPER).variants]
    assert [each["sku"] for each in web_of(world, JUMPER).variants] == skus
    ids = {linked.id for linked in world.link(JUMPER).variants.values()}
    assert {each["id"] for each in web_of(world, JUMPER).variants} == ids


def test_a_run_sees_what_was_edited_online_and_a_push_puts_it_right() -> None:
    world = ReconcileWorld()
    world.linked(a_product())
    world.reconcile()
    world.online(LANTERN).fields["price"] = Decimal("14.50")
    world.reconcile(INCREMENTAL)
    assert both(world, "price") == ("39.9", "14.5")
    world.ask(a_product())
    world.push_until_quiet()
    assert both(world, "price") == ("39.9", "39.9")


def test_a_second_run_writes_nothing() -> None:
    world = ReconcileWorld()
    world.linked(a_product(brand="Harbour"), a_jumper("S", "M"))
    world.web.seed("Stranger")
    world.reconcile()
    there = dict(world.read_model._details)
    seen = {key: each.seen_ms for key, each in there.items()}
    world.clock.advance(3_600)
    world.reconcile()
    assert {key: each.seen_ms for key, each in world.read_model._details.items()} == seen


def test_what_a_push_kept_a_run_finds_so() -> None:
    world = ReconcileWorld()
    record = a_product(brand="Harbour", condition="New", type="physical")
    world.linked(record)
    sent = web_of(world)
    world.reconcile()
    assert web_of(world).values == sent.values


def test_a_product_that_is_gone_online_has_no_detail_there() -> None:
    world = ReconcileWorld()
    stranger = world.web.seed("Stranger")
    world.reconcile()
    key = ("web", str(stranger.id))
    assert world.read_model.details(STORE, [key])[key].values["name"] == "Stranger"
    world.web.remove(stranger.id)
    world.reconcile()
    assert world.read_model.details(STORE, [key]) == {}


def test_a_product_deleted_in_the_pos_keeps_what_the_pos_shows_of_it() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, deleted=True))
    world.push_until_quiet()
    assert both(world, "deleted") == (True, None)
    assert both(world, "visible") == (None, False)


def test_linking_reads_both_and_unlinking_leaves_both() -> None:
    world = LinkingWorld()
    world.pos.save(a_product())
    number = a_shown(world)
    world.link_by_hand(LANTERN, number)
    there = pos_of(world), web_of(world)
    assert both(world, "price") == ("39.9", "39.9")
    world.people_ask(LinkRequestKind.UNLINK, (LANTERN, None))
    key = ("web", str(number))
    assert (pos_of(world), world.read_model.details(STORE, [key])[key]) == there


def test_an_undo_keeps_what_it_wrote_back() -> None:
    world = LinkingWorld()
    world.pos.save(a_product())
    number = a_shown(world)
    before = world.web[StoreProductId(number)].fields["price"]
    world.link_by_hand(LANTERN, number)
    world.people_ask(LinkRequestKind.UNDO, (LANTERN, None))
    assert Decimal(web_of(world).values["price"]) == Decimal(str(before)) != Decimal("39.90")


def test_an_import_keeps_both_sides() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp", "LMP")
    world.ask_for(lamp)
    world.import_until_quiet()
    product = world.links.holders(STORE, [lamp.id])[lamp.id]
    assert pos_of(world, product).values["name"] == "Lamp"
    assert web_of(world, product).values["name"] == "Lamp"


def test_what_a_push_left_out_is_not_told_as_online() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, name="", price=Decimal(5)))
    world.push_until_quiet()
    assert both(world, "name") == ("", "Storm Lantern")
    number = world.link(LANTERN).id
    assert number is not None
    online = world.web[number].fields["price"]
    assert Decimal(web_of(world).values["price"]) == Decimal(str(online)) == 5
