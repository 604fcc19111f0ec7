"""The calls of a slice, as its lines tell of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_product, a_row, some_stock
from tests.fakes.clock import FakeClock
from tests.fakes.history import FakeCallLines
from tests.faults import Faults
from tests.unit.usecases.meanwhile import BusyStore
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import Refused, RetryLater, StoreThrottled
from tillbridge.domain.history.call_line import CallLine, MadeFor, ToldCall, slices_of
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.product import Product
from tillbridge.domain.slices import SliceRecord
from tillbridge.usecases.push.outcomes.fenced import bare
from tillbridge.usecases.push.slice.calls_made import SliceCalls

LEVELS, CONTENT = "PUT /inventory/adjustments/absolute", "PUT /catalog/products"


class Killed(BaseException):
    """The process died."""


class Bare:
    """The calls of a slice without the slice."""

    def __init__(self) -> None:
        self.kept = FakeCallLines()
        self.calls = SliceCalls(STORE, self.kept, FakeClock(), 0)

    def lines(self) -> Sequence[CallLine]:
        self.calls.end(SliceRecord())
        return self.kept.of(STORE, 0, 10**13)


def work_items(count: int) -> list[WorkItem]:
    return [bare(a_row(PosProductId(f"p-{number}"))) for number in range(count)]


def a_shop(*products: Product, web: BusyStore | None = None) -> World:
    world = World(web=web) if web else World()
    world.linked(*(products or [a_product()]))
    world.call_lines.lines.clear()
    world.history.lines.clear()
    return world


def told(world: World) -> list[ToldCall]:
    return [each for line in world.lines() for each in line.calls]


def written_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many lines each write from now on has."""
    found: list[int] = []
    write = world.call_lines.write

    def counting(store: StoreId, lines: Iterable[CallLine]) -> None:
        found.append(len(some := list(lines)))
        write(store, some)

    monkeypatch.setattr(world.call_lines, "write", counting)
    return found


def call_of(world: World, key: str) -> ToldCall:
    """Return the call that a product's line names."""
    line, _, place = key.partition("/")
    (found,) = [each for each in world.lines() if each.key == line]
    return found.calls[int(place) - 1]


def test_a_sale_is_one_line_that_says_what_each_call_was_made_for() -> None:
    world = a_shop()
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(2),)))
    done = world.push()

    (line,) = world.lines()
    assert [each.call.name for each in line.calls] == [LEVELS, CONTENT]
    assert [each.made_for for each in line.calls] == [
        (MadeFor(a_product().id, lane, "e", "sale.completed", 1),) for lane in ("stock", "content")
    ]
    assert line.done is not None
    assert (line.done.stocked, line.done.updated) == (1, 1)
    assert slices_of([line])[0].calls == done.calls


def test_the_lines_of_a_product_name_the_calls_that_did_it() -> None:
    world = a_shop()
    world.happens("sale.completed", a_product(version=2, name="Other", stock=(some_stock(2),)))
    world.push_until_quiet()

    calls = {line.did: call_of(world, line.call).call.name for line in world.history.lines}
    assert calls == {Did.STOCK: LEVELS, Did.UPDATED: CONTENT}


def test_a_create_names_its_call() -> None:
    world = a_shop()
    world.ask(a_product("p-9", name="Lamp", sku="L-9"))
    world.push_until_quiet()

    created = next(line for line in world.history.lines if line.did is Did.CREATED)
    assert call_of(world, created.call).call.name == "POST /catalog/products"


def test_a_refusal_names_the_call_whose_answer_says_why() -> None:
    world = a_shop()
    number = world.link(a_product()).id
    assert number is not None
    world.web.refuses[number] = Refused(422, "BigCommerce does not like it.")
    world.happens("product.saved", a_product(version=2, name="Other"))
    world.push_until_quiet()

    refused = next(line for line in world.history.lines if line.did is Did.REFUSED)
    call = call_of(world, refused.call).call
    assert (call.status, call.said) == (422, "BigCommerce does not like it.")


def test_what_no_call_was_spent_on_names_none() -> None:
    world = a_shop()
    world.ask(a_product("p-9", name="", sku="L-9"))
    world.happens("product.saved", a_product(version=2, name="x" * 300, price=Decimal(9)))
    world.push_until_quiet()

    assert {line.product for line in world.history.lines} == {"p-9", a_product().id}
    refused = [line for line in world.history.lines if line.did is Did.REFUSED]
    assert {line.call for line in refused} == {""}
    assert CONTENT in [each.call.name for each in told(world)], "all but the name went"


@pytest.mark.parametrize(
    ("status", "did", "refused"),
    [
        (204, True, False),
        (207, True, True),
        (409, False, True),
        (401, False, False),
        (429, False, False),
        (0, False, False),
    ],
)
def test_what_arrived_and_what_was_refused_are_told_apart(
    status: int, did: bool, refused: bool
) -> None:
    slice_, (item,) = Bare(), work_items(1)
    with slice_.calls.made_for([item]):
        slice_.calls.note(CallMade(CONTENT, status=status))

    assert (slice_.calls.did(item) != "", slice_.calls.refused(item) != "") == (did, refused)


def test_a_call_did_nothing_for_another_row_of_its_product() -> None:
    slice_, (item,) = Bare(), work_items(1)
    with slice_.calls.made_for([item]):
        slice_.calls.note(CallMade(LEVELS, status=204))

    assert slice_.calls.did(item)
    for other in (replace(item.rows[0], rev=Rev("r-9")), replace(item.rows[0], lane=Lane.AFTER)):
        assert slice_.calls.did(bare(other)) == ""


def test_of_many_products_of_one_call_twenty_are_named_and_the_others_counted() -> None:
    products = lamps(25)
    world = a_shop(*products)
    world.happens(
        "sale.completed", *(replace(p, version=2, stock=(some_stock(2),)) for p in products)
    )
    world.push_until_quiet()

    levels = next(each for each in told(world) if each.call.name == LEVELS)
    assert (len(levels.made_for), levels.more) == (20, 5)


def test_a_slice_of_many_calls_writes_one_line_for_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    products = lamps(410)
    world = a_shop(*products)
    written = written_at_once(world, monkeypatch)
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    done = world.push()

    assert done.calls.total() == 41
    assert [len(line.calls) for line in world.lines()] == [20, 20, 1]
    assert written == [1, 1, 1]
    assert [line.done is not None for line in world.lines()] == [False, False, True]
    assert slices_of(world.lines())[0].calls == done.calls


def test_of_a_slow_slice_a_line_is_written_after_two_seconds() -> None:
    web = BusyStore()
    products = lamps(30)
    world = a_shop(*products, web=web)
    for _ in range(3):
        web.during("update_products", lambda: world.clock.advance(1.5))
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    world.push()

    assert [len(line.calls) for line in world.lines()] == [3, 0]
    assert [line.done is not None for line in world.lines()] == [False, True]


def test_while_a_drain_waits_for_quota_its_calls_are_written() -> None:
    web = BusyStore()
    products = lamps(30)
    world = a_shop(*products, web=web)
    web.during("update_products", lambda: web.waits.extend([3.0] * 5))
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    world.push()

    assert [len(line.calls) for line in world.lines()] == [1, 2]


def test_a_429_is_a_call_of_its_own() -> None:
    world = a_shop()
    world.web.fail_next("update_products", StoreThrottled("wait", 3))
    world.happens("product.saved", a_product(version=2))
    world.push()

    assert [each.call.name for each in told(world)] == [CONTENT, CONTENT]


def test_a_slice_that_is_killed_leaves_the_lines_that_were_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    web = BusyStore()
    products = lamps(250)
    world = a_shop(*products, web=web)

    def die() -> None:
        monkeypatch.setattr(world.call_lines, "write", lambda *_: None)
        raise Killed

    for happens in [*[lambda: None] * 24, die]:
        web.during("update_products", happens)
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    with pytest.raises(Killed):
        world.push()

    (left,) = slices_of(world.lines())
    assert left.calls == Counter({CONTENT: 20})


@pytest.mark.parametrize("trouble", [RetryLater("busy"), KeyError("a bug")])
def test_calls_that_cannot_be_kept_stop_nothing(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch, faults: Faults
) -> None:
    products = lamps(410)
    world = a_shop(*products)

    def fails(*_: Any) -> None:
        raise trouble

    monkeypatch.setattr(world.call_lines, "write", fails)
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    world.push_until_quiet()

    assert all(world.link(p).content_version == 2 for p in products)
    assert faults.products <= {""}


def test_a_call_is_told_though_its_reason_cannot_be(
    monkeypatch: pytest.MonkeyPatch, faults: Faults
) -> None:
    world = a_shop()

    def fails(*_: Any) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("tillbridge.usecases.push.slice.calls_made._reason", fails)
    world.happens("product.saved", a_product(version=2))
    world.push_until_quiet()

    assert world.link(a_product()).content_version == 2
    assert faults.products == {a_product().id}
    assert [(each.call.name, each.more) for each in told(world)] == [(CONTENT, 1)]


def test_what_is_looked_at_online_is_told_too() -> None:
    world = a_shop()
    world.ask(a_product(version=2))
    done = world.push()

    assert "GET /catalog/products" in done.calls
    assert slices_of(world.lines())[0].calls == done.calls


def test_orders_that_are_read_while_content_waits_are_not_for_that_content() -> None:
    slice_, read = Bare(), CallMade("GET /v2/orders")
    with slice_.calls.made_for(work_items(3)):
        with slice_.calls.made_for(()):
            slice_.calls.note(read)
        slice_.calls.note(read)

    (line,) = slice_.lines()
    assert [len(each.made_for) for each in line.calls] == [0, 3]


def test_of_calls_side_by_side_each_is_told_once_with_its_own_products() -> None:
    slice_, items = Bare(), work_items(900)
    calls = slice_.calls

    def send(number: int) -> str:
        with calls.made_for([items[number]]):
            calls.note(CallMade(CONTENT, ids=(number,), status=200))
            calls.keep()
            return calls.did(items[number])

    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(send, range(900)))
    lines = {line.key: line for line in slice_.lines()}
    assert len(lines) == 45
    assert len(set(keys)) == 900
    for number, key in enumerate(keys):
        line, _, place = key.partition("/")
        there = lines[line].calls[int(place) - 1]
        assert there.call.ids == (number,)
        assert [each.product for each in there.made_for] == [items[number].product]


def test_a_call_that_only_reads_did_nothing() -> None:
    slice_, (item,) = Bare(), work_items(1)
    with slice_.calls.made_for([item]):
        slice_.calls.note(CallMade("GET /catalog/products", status=200))

    assert slice_.calls.did(item) == ""


def test_a_slice_that_did_nothing_has_no_line() -> None:
    assert Bare().lines() == []
