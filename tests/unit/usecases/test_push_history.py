"""What push writes into the history of products, and why."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import LANTERN, a_product, some_stock
from tests.faults import Faults
from tests.world import World
from tillbridge.domain.connection import PushContent
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.history.product_line import Did, FieldSent, HolderLevel
from tillbridge.usecases.push.slice.history import SliceHistory


def _world(content: PushContent = PushContent.LITERAL) -> World:
    world = World()
    settings = replace(world.connection.settings, push_content=content)
    world.stores.save_connection(replace(world.connection, settings=settings))
    world.ask(a_product())
    world.push_until_quiet()
    world.history.lines.clear()
    return world


def _did(world: World) -> list[Did]:
    return [line.did for line in world.history.lines]


def test_a_sale_is_one_line_with_its_event_and_how_the_level_came_about() -> None:
    world = _world()

    world.happens("sale.completed", a_product(version=2, stock=(some_stock(2),)))
    world.push_until_quiet()

    (line,) = world.history.lines
    assert line.did is Did.STOCK
    assert line.because is not None
    assert (line.because.first.type, line.because.events) == ("sale.completed", 1)
    assert line.holders == (HolderLevel(None, Decimal(2), Decimal(0), web_units=0, level=2),)


def test_what_is_sent_again_as_it_was_has_no_line() -> None:
    world = _world()

    world.happens("sale.completed", a_product(version=2))
    world.push_until_quiet()

    assert world.history.lines == []


def test_of_many_events_the_first_and_the_last_are_told_and_their_number() -> None:
    world = _world()

    for version in range(2, 7):
        world.happens("sale.completed", a_product(version=version, stock=(some_stock(1),)))
        world.clock.sleep(1)
    world.push_until_quiet()

    because = world.history.lines[0].because
    assert because is not None
    assert because.events == 5
    assert (because.first.version, because.last.version) == (2, 6)
    assert because.last.received_ms - because.first.received_ms == 4_000


def test_a_create_a_change_and_a_refusal_are_told() -> None:
    world = World()
    world.ask(a_product())
    world.push_until_quiet()
    world.happens("product.saved", a_product(version=2, name="Other"))
    world.push_until_quiet()
    world.happens("product.saved", a_product(version=3, name="x" * 300))
    world.push_until_quiet()

    assert _did(world)[:3] == [Did.CREATED, Did.STOCK, Did.UPDATED]
    assert _did(world)[-1] is Did.REFUSED
    assert "Shorten" in world.history.lines[-1].words


def test_what_goes_beside_a_refused_value_is_told_and_not_told_again() -> None:
    world = _world()
    world.happens("product.saved", a_product(version=2, name="x" * 300, price=Decimal(7)))
    world.push_until_quiet()

    assert _did(world) == [Did.UPDATED, Did.REFUSED]
    updated = world.history.lines[0]
    assert updated.fields["price"].value == "7"
    assert "name" not in updated.fields

    world.history.lines.clear()
    world.happens("product.saved", a_product(version=3, name="x" * 300, price=Decimal(7)))
    world.push_until_quiet()
    assert _did(world) == [Did.REFUSED]


@pytest.mark.parametrize("trouble", [RetryLater("busy"), KeyError("a bug")])
@pytest.mark.parametrize("step", ["write", "_levels"])
def test_a_history_that_fails_stops_nothing(
    trouble: Exception, step: str, monkeypatch: pytest.MonkeyPatch, faults: Faults
) -> None:
    world = _world()

    def fails(*_: Any) -> None:
        raise trouble

    monkeypatch.setattr(world.history if step == "write" else SliceHistory, step, fails)
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(2),)))
    world.push_until_quiet()

    assert world.link(LANTERN).level == 2
    assert faults.products <= {LANTERN, ""}


def test_a_price_alone_is_told_with_its_value_and_only_its_digest_differs() -> None:
    world = World()
    world.ask(a_product())
    world.push_until_quiet()
    world.happens("product.saved", a_product(version=2, price=Decimal("24.5")))
    world.push_until_quiet()

    created, updated = (line for line in world.history.lines if line.fields)
    assert updated.fields["price"].value == "24.5"
    before = {name: sent.digest for name, sent in created.fields.items()}
    moved = {n for n, sent in updated.fields.items() if before.get(n) != sent.digest}
    assert moved == {"price"}


def test_a_price_with_other_zeros_is_the_same_price() -> None:
    world = World()
    world.ask(a_product(price=Decimal(20)))
    world.push_until_quiet()
    world.happens("product.saved", a_product(version=2, price=Decimal("20.00"), name="Other"))
    world.push_until_quiet()

    first, second = (line.fields["price"] for line in world.history.lines if line.fields)
    assert first == second == FieldSent("20", first.digest)


def test_hiding_a_product_is_told() -> None:
    world = _world()

    world.happens("product.saved", a_product(version=2, active=False))
    world.push_until_quiet()

    (line,) = world.history.lines
    assert line.fields["is_visible"].value == "False"


def test_what_the_settings_do_not_send_is_not_told() -> None:
    world = World()
    fields = FieldPolicy({Field.COST: Mode.OFF})
    settings = replace(world.connection.settings, fields=fields)
    world.stores.save_connection(replace(world.connection, settings=settings))
    world.ask(a_product(cost=Decimal("7.77")))
    world.push_until_quiet()

    assert "cost_price" not in world.history.lines[0].fields


def test_a_long_value_is_cut_and_its_digest_is_of_the_whole() -> None:
    one, other = (a_product(version=v, description="x" * 500 + str(v)) for v in (1, 2))
    world = World()
    world.ask(one)
    world.push_until_quiet()
    world.happens("product.saved", other)
    world.push_until_quiet()

    first, second = (line.fields["description"] for line in world.history.lines if line.fields)
    assert first.value == second.value == "x" * 120
    assert first.digest != second.digest
