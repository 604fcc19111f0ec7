"""Push, from pending rows to the store, over fakes."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import a_connection, a_jumper, a_link, a_product, some_stock
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.link import LinkStatus


def test_an_asked_product_that_is_not_linked_is_created_and_then_linked() -> None:
    world = World()
    world.ask(a_product())
    done = world.push_until_quiet()
    link = world.link(a_product())
    assert done.created == 1
    assert link.status is LinkStatus.LINKED
    assert world.web[link.id].name == "Storm Lantern"  # type: ignore[index]


def test_an_event_for_a_product_that_is_not_linked_pushes_nothing() -> None:
    world = World()
    world.happens("product.saved", a_product())
    done = world.push_until_quiet()
    assert not done.calls


def test_a_linked_product_is_updated_whenever_it_changes() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, price=Decimal("12.00")))
    world.push_until_quiet()
    assert world.writes() == ["update_products"]
    assert world.web[world.link(a_product()).id].fields["price"] == Decimal("12.00")  # type: ignore[index]


def test_a_sale_writes_stock_first_and_then_the_content() -> None:
    world = World()
    world.linked(a_product())
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(1),)))
    world.push_until_quiet()
    assert world.writes() == ["set_stock", "update_products"]


def test_two_products_of_one_name_leave_the_second_failed_naming_the_first() -> None:
    world = World()
    first, second = a_product("p-1", sku="A"), a_product("p-2", sku="B")
    world.ask(first, second)
    world.push_until_quiet()
    failed = world.link(second)
    assert failed.status is LinkStatus.FAILED
    assert failed.problem is not None
    assert "p-1" in failed.problem.words


def test_two_products_that_swap_names_both_get_there() -> None:
    world = World()
    one = a_product("p-1", sku="A", name="Left")
    two = a_product("p-2", sku="B", name="Right")
    world.linked(one, two)
    world.happens(
        "product.saved",
        replace(one, version=2, name="Right"),
        replace(two, version=2, name="Left"),
    )
    world.push_until_quiet()
    names = {world.web[world.link(p).id].name for p in (one, two)}  # type: ignore[index]
    assert world.web[world.link(one).id].name == "Right"  # type: ignore[index]
    assert names == {"Left", "Right"}


def test_a_product_that_gains_its_first_variants_takes_them_over() -> None:
    world = World()
    world.linked(a_product("p-jumper", name="Fisherman's Jumper", sku="JUMPER-S"))
    world.happens("product.saved", a_jumper(version=2))
    world.push_until_quiet()
    link = world.link("p-jumper")
    assert link.status is LinkStatus.LINKED, link.problem
    assert len(link.variants) == 2
    assert all(v.level == 2 for v in link.variants.values())


def test_two_products_swap_names_while_one_of_them_gains_its_first_variant() -> None:
    world = World()
    one = a_product("p-1", sku="A", name="Left")
    two = a_product("p-jumper", sku="B", name="Right")
    world.linked(one, two)
    world.happens(
        "product.saved",
        replace(one, version=2, name="Right"),
        a_jumper(version=2, name="Left"),
    )
    world.push_until_quiet()
    assert [world.link(each).status for each in (one, two)] == [LinkStatus.LINKED] * 2
    assert [world.link(each).name for each in (one, two)] == ["Right", "Left"]


def test_a_saved_product_of_unchanged_content_still_has_its_changed_stock_sent() -> None:
    settings = Settings(push_content=PushContent.WHEN_CHANGED)
    world = World(connection=a_connection(settings=settings))
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, stock=(some_stock(9),)))
    world.push_until_quiet()
    assert world.writes() == ["set_stock"]
    assert world.link(a_product()).level == 9


def test_a_store_that_pushes_no_field_at_all_comes_to_rest() -> None:
    nothing = FieldPolicy(dict.fromkeys(Field, Mode.OFF))
    world = World(connection=a_connection(settings=Settings(fields=nothing)))
    linked = a_link(id=world.web.seed("Storm Lantern").id)
    world.links.linked(world.connection.store, linked)
    world.happens("product.saved", a_product(version=2, price=Decimal(7)))
    world.push_until_quiet()
    assert world.writes() == []
    assert not world.pending.rows
