"""What ports.pos promises, kept by the fake, by the client on the sandbox POS, and by a mirror."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from sandbox.pos.server import PosServer
from tests.contract.pos_worlds import WORLDS, World, a_world, client_of
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.ids import PosProductId


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with a_world(request.param) as world:
        yield world


def ids(*names: str) -> list[PosProductId]:
    return [PosProductId(name) for name in names]


def test_the_newest_record_is_read_back(world: World) -> None:
    world.save("p-1", "Armchair", "12.50")
    (first,) = world.pos.products(ids("p-1")).values()
    world.save("p-1", "Armchair, blue", "13.00")
    (second,) = world.pos.products(ids("p-1")).values()
    assert (second.name, second.price) == ("Armchair, blue", Decimal("13.00"))
    assert second.version > first.version


def test_unknown_products_are_left_out(world: World) -> None:
    world.save("p-1", "Armchair", "12.50")
    assert set(world.pos.products(ids("p-1", "p-unknown"))) == {"p-1"}
    assert world.pos.products([]) == {}


def test_a_deleted_product_comes_as_a_tombstone(world: World) -> None:
    world.save("p-1", "Armchair", "12.50")
    before = world.pos.products(ids("p-1"))[PosProductId("p-1")]
    world.delete("p-1")
    after = world.pos.products(ids("p-1"))[PosProductId("p-1")]
    assert (before.deleted, after.deleted) == (False, True)
    assert after.version > before.version
    assert not after.visible


def test_a_hundred_products_are_read_at_once(world: World) -> None:
    names = [f"p-{n}" for n in range(100)]
    for name in names:
        world.save(name, f"Chair {name}", "1.00")
    assert set(world.pos.products(ids(*names))) == set(names)


def test_prices_are_exact(world: World) -> None:
    world.save("p-1", "Armchair", "12345678901.1234")
    assert world.pos.products(ids("p-1"))[PosProductId("p-1")].price == Decimal("12345678901.1234")


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_pos_that_asks_us_to_wait_is_down_for_that_long(form: str) -> None:
    with PosServer() as server:
        faults = {"too_many": 1, "retry_after_s": 9, "retry_after_form": form}
        answer = new_http_session().put(
            f"{server.base_url}/_sandbox/faults", json=faults, timeout=5
        )
        assert answer.ok
        with pytest.raises(PosDown) as down:
            client_of(server).products(ids("p-1"))
        assert 7 <= down.value.wait <= 9


def test_a_pos_that_is_down_is_down() -> None:
    with PosServer() as server:
        new_http_session().put(f"{server.base_url}/_sandbox/faults", json={"down": True}, timeout=5)
        with pytest.raises(PosDown):
            client_of(server).products(ids("p-1"))


def test_a_token_the_pos_does_not_know_needs_attention() -> None:
    with PosServer() as server, pytest.raises(NeedsAttention):
        client_of(server, token="yesterdays").products(ids("p-1"))
