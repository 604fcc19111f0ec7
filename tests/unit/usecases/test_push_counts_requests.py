"""What a drain asks of its tables: a new look, or a row read twice, fails a story here."""

from collections import Counter
from collections.abc import Callable, Iterable, Sized
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_connection, a_product, some_stock
from tests.unit.usecases.meanwhile import BusyStore
from tests.world import World
from tillbridge.domain.connection import PushContent
from tillbridge.usecases.store_work import work_on_store

PORTS = ("pending", "links", "stores", "read_model")
HISTORY = ("history", "calls")


class Counting:
    """A port whose calls are counted; one that is given nothing to do makes no request."""

    def __init__(self, port: Any, counted: Counter[str]) -> None:
        self._port = port
        self._counted = counted

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)

        def call(*arguments: Any, **named: Any) -> Any:
            listed = [
                list(each) if isinstance(each, Iterable) and not isinstance(each, str) else each
                for each in arguments
            ]
            if all(each for each in listed if isinstance(each, Sized)):
                self._counted[name] += 1
            return method(*listed, **named)

        return call


def requests_of(world: World) -> Counter[str]:
    """Run one slice, and return the requests that it made of its tables, by the method of the port."""
    counted: Counter[str] = Counter()
    ports: dict[str, Any] = {
        name: Counting(getattr(world.deps.push, name), counted) for name in PORTS
    }
    linking = replace(world.deps.linking, requests=Counting(world.link_requests, counted))
    kept = world.deps.push.history
    history = {name: Counting(getattr(kept, name), counted) for name in HISTORY}
    ports["history"] = replace(kept, **history)
    push = replace(world.deps.push, **ports)
    work_on_store(STORE, replace(world.deps, push=push, linking=linking))
    return counted


def a_shop(content: PushContent = PushContent.LITERAL) -> World:
    connection = a_connection()
    settings = replace(connection.settings, push_content=content)
    world = World(connection=replace(connection, settings=settings))
    world.linked(a_product(stock=(some_stock(7),)))
    return world


def a_price(world: World) -> None:
    world.happens("product.saved", a_product(version=2, price=Decimal(5), stock=(some_stock(7),)))


def a_sale(world: World) -> None:
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(6),)))


def nothing(_: World) -> None: ...


EVERY_SLICE = {"begin_slice": 1, "find": 1, "look": 1, "end_slice": 1}
ONE_PRICE = {
    "of_lanes": 1,
    "get": 2,  # for the work, and for the rows of the views
    "revise": 1,
    "pushed": 1,
    "clear": 1,
    "write": 2,  # the product's line, and that of the calls
    **EVERY_SLICE,
}
# Its record is read, and listed, once for both lanes. The rows of both came with the look.
ONE_SALE = {**ONE_PRICE, "stocked": 1, "get": 3, "clear": 2}
NOT_CHANGED = {name: number for name, number in ONE_SALE.items() if name != "pushed"}


@pytest.mark.parametrize(
    ("happens", "content", "most", "read"),
    [
        (nothing, PushContent.LITERAL, EVERY_SLICE, 0),
        (a_price, PushContent.LITERAL, ONE_PRICE, 1),
        (a_price, PushContent.WHEN_CHANGED, ONE_PRICE, 1),
        (a_sale, PushContent.LITERAL, ONE_SALE, 1),
        (a_sale, PushContent.WHEN_CHANGED, NOT_CHANGED, 1),
    ],
    ids=["an idle drain", "a price", "a changed price", "a sale", "a sale, content unchanged"],
)
def test_a_drain_asks_its_tables_and_the_pos_no_more_than_this(
    happens: Callable[[World], None], content: PushContent, most: dict[str, int], read: int
) -> None:
    world = a_shop(content)
    happens(world)
    before = len(world.pos.reads)
    assert requests_of(world) == most
    assert len(world.pos.reads) - before == read
    assert world.pending.rows == []
    link = world.link(a_product())
    version = world.pos.records[link.product].version
    assert max(link.content_version, link.stock_version) == version


def test_a_push_by_a_person_between_two_lanes_reads_the_pos_again() -> None:
    web = BusyStore()
    world = World(web=web)
    world.linked(a_product(stock=(some_stock(7),)))
    a_sale(world)
    newest = a_product(version=2, stock=(some_stock(6),), price=Decimal(8))
    web.during("set_stock", lambda: world.ask(newest))
    world.push_until_quiet()
    number = world.link(newest).id
    assert number is not None
    assert world.web[number].fields["price"] == Decimal(8)
