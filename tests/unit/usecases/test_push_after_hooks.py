"""What a webhook of a deleted product leads to: it is looked for, and nothing that others did is undone."""

from decimal import Decimal

import pytest

from tests.builders import STORE, a_product
from tests.unit.usecases.test_push_failures import online
from tests.world import World
from tillbridge.domain.connection import Settings
from tillbridge.domain.hooks.message import PRODUCT_DELETED, HookMessage, marks
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus

LOOK = "GET /catalog/products"


def told_of(world: World, number: StoreProductId) -> None:
    """Mark what the webhook of a deleted product marks."""
    message = HookMessage("", PRODUCT_DELETED, product=number)
    world.pending.mark(marks(message, STORE, Settings(), world.clock.now_ms()))
    world.events += 1


def rows(world: World) -> list[str]:
    return [row.product for row in world.pending.rows if row.lane is Lane.LOOK]


def test_a_product_that_is_gone_at_two_looks_is_told_to_be_gone() -> None:
    world, product = World(), a_product()
    world.linked(product)
    number = online(world, product)
    world.web.remove(number)
    told_of(world, number)
    began = world.clock.now_ms()
    world.push_until_quiet()
    link = world.link(product)
    assert link.status is LinkStatus.BROKEN
    assert link.problem is not None
    assert "deleted" in link.problem.words
    assert world.clock.now_ms() - began < 90_000
    assert rows(world) == []


@pytest.mark.parametrize("times", [1, 5])
def test_a_product_that_is_still_there_costs_one_look_however_often_it_is_told(times: int) -> None:
    world, product = World(), a_product()
    world.linked(product)
    for _ in range(times):
        told_of(world, online(world, product))
    assert world.push().calls[LOOK] == 1
    assert (rows(world), world.writes()) == ([], [])
    world.clock.advance(3_600)
    assert LOOK not in world.push().calls


def test_what_others_edited_online_is_not_overwritten_by_a_look() -> None:
    world, product = World(), a_product(price=Decimal(10))
    world.linked(product)
    number = online(world, product)
    world.web[number].fields["price"] = Decimal(3)
    told_of(world, number)
    world.push_until_quiet()
    assert world.web[number].fields["price"] == Decimal(3)
    assert (rows(world), world.writes()) == ([], [])


def test_a_product_that_is_not_ours_costs_no_look() -> None:
    world = World()
    told_of(world, StoreProductId(99_999))
    assert LOOK not in world.push().calls
    assert rows(world) == []
