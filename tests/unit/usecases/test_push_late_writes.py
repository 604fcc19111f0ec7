"""A write whose answer was lost is looked for after a minute and after a quarter of an hour, and costs
nothing in good times."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any, cast

import pytest

from tests.builders import STORE, a_connection, a_jumper, a_product, some_stock
from tests.fakes.reconcile import FakeReader
from tests.faults import Faults
from tests.knife.loop import settle
from tests.knife.stories import some
from tests.unit.usecases.test_push_unsure import killed_at, price
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, Part
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.looking.verdict import Verdict, verdict
from tillbridge.usecases.push import look

WHEN_CHANGED = Settings(push_content=PushContent.WHEN_CHANGED)
LOOK = "GET /catalog/products"


def looked_for(world: World) -> Sequence[PendingRow]:
    """Return the rows of the look lane, due or not."""
    return world.pending.due(STORE, Lane.LOOK, 2**53, 1_000)


def late(world: World, method: str = "update_products", seconds: float = 300, **more: Any) -> None:
    """Have the next call of `method` repeated and answered, and carried out late once more."""
    world.web.fail_next(method, None, late_s=seconds, **more)


def test_an_older_price_that_comes_late_does_not_stay() -> None:
    world, product = World(), a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(99)))
    late(world, seconds=840)
    world.push()
    world.happens("product.saved", replace(product, version=3, price=Decimal(10)))
    settle(world)
    assert price(world, product) == Decimal(10)
    assert world.link(product).doubts == {}
    assert world.writes().count("update_products") == 3


def test_a_write_that_arrived_is_looked_at_twice_and_sent_no_more() -> None:
    world, product = World(), a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(99)))
    late(world, seconds=1)
    started = world.clock.now
    world.push()
    (row,) = looked_for(world)
    assert row.not_before_ms == started + 60_000
    world.clock.advance(61)
    done = world.push()
    assert done.calls[LOOK] == 1
    (row,) = looked_for(world)
    assert row.not_before_ms == started + 900_000
    assert set(world.link(product).doubts) == {Part.CONTENT, Part.VISIBILITY}
    world.clock.advance(840)
    world.push()
    assert looked_for(world) == []
    assert world.link(product).doubts == {}
    assert world.writes() == ["update_products"]


def test_in_good_times_nothing_is_looked_for() -> None:
    world, products = World(), some(30)
    world.linked(*products)
    world.happens("sale.completed", *(replace(p, version=2, price=Decimal(7)) for p in products))
    done = world.push_until_quiet()
    assert LOOK not in done.calls
    assert looked_for(world) == []
    assert all(world.link(p).doubts == {} for p in products)


def test_ten_products_of_a_lost_batch_are_looked_at_in_one_call() -> None:
    world, products = World(), some(10)
    world.linked(*products)
    world.happens("product.saved", *(replace(p, version=2, price=Decimal(7)) for p in products))
    late(world)
    world.push()
    assert len(looked_for(world)) == 10
    world.clock.advance(61)
    assert world.push().calls[LOOK] == 1


def test_what_one_look_finds_wrong_is_written_after_a_second() -> None:
    world, product = World(), a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(7)))
    late(world, seconds=30)
    world.push()
    number = world.link(product).id
    assert number is not None
    world.web[number].fields["price"] = Decimal(3)
    world.web.script.late.clear()
    world.clock.advance(61)
    world.push()
    assert world.writes() == ["update_products"]
    world.clock.advance(31)
    world.push()
    assert price(world, product) == Decimal(7)


def test_a_product_whose_own_work_waits_is_left_to_that() -> None:
    world, product = World(), a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(7)))
    world.web.fail_next("update_products", StoreDown("502"), late_s=300)
    world.push()
    (waits,) = (row for row in world.pending.rows if row.lane is Lane.CONTENT)
    world.pending.postpone([replace(waits, not_before_ms=world.clock.now + 3_600_000)])
    world.clock.advance(61)
    assert world.push().calls[LOOK] == 1
    (row,) = looked_for(world)
    assert row.not_before_ms == world.clock.now + 60_000
    (still,) = (row for row in world.pending.rows if row.lane is Lane.CONTENT)
    assert still.not_before_ms > world.clock.now + 1_000_000


def test_a_product_that_was_unlinked_is_not_looked_for_any_more() -> None:
    world, product = World(), a_product()
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(7)))
    late(world)
    world.push()
    asked = LinkEvent("e-1", STORE, LinkRequestKind.UNLINK, ((product.id, None),))
    world.link_requests.put(asked.requests(count()))
    world.clock.advance(61)
    assert LOOK not in world.push().calls
    assert looked_for(world) == []


def test_a_product_of_ours_that_is_missing_at_two_looks_is_pushed_and_told_to_be_gone() -> None:
    world, product = World(), a_product()
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(7)))
    late(world)
    world.push()
    number = world.link(product).id
    assert number is not None
    world.web.remove(StoreProductId(number))
    settle(world)
    problem = world.link(product).problem
    assert problem is not None
    assert problem.code == ProblemCode.DELETED_ONLINE


def test_what_web_staff_own_is_never_touched_by_a_look() -> None:
    world, product = World(), a_product()
    world.linked(product)
    world.happens("sale.completed", replace(product, version=2, stock=(some_stock(1),)))
    late(world, "set_stock", 300)
    settle(world)
    number = world.link(product).id
    assert number is not None
    world.web[number].fields |= {"weight": Decimal(9), "is_visible": False}
    world.happens("sale.completed", replace(product, version=3, stock=(some_stock(2),)))
    late(world, "set_stock", 300)
    settle(world)
    assert world.web[number].fields["weight"] == Decimal(9)
    assert world.web[number].fields["is_visible"] is False
    assert world.web[number].levels == {1: 2}


def test_after_a_kill_every_row_that_was_due_is_looked_for() -> None:
    world, product = World(), a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(99)))
    late(world, seconds=840)
    with killed_at(world, "pushed"):
        world.push()
    world.happens("product.saved", replace(product, version=3, price=Decimal(10)))
    settle(world)
    assert price(world, product) == Decimal(10)


def test_what_was_lost_stays_in_doubt_until_it_can_come_no_more() -> None:
    world = World(connection=replace(a_connection(), settings=WHEN_CHANGED))
    product = a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(99)))
    late(world, seconds=300)
    world.push()
    world.happens("product.saved", replace(product, version=3, price=Decimal(10)))
    world.push()
    world.clock.advance(301)
    world.happens("sale.completed", replace(product, version=4, price=Decimal(10)))
    world.push()
    assert price(world, product) == Decimal(10)


@pytest.mark.parametrize("method", ["update_variants", "create_option", "delete_variant"])
def test_a_size_that_comes_or_goes_late_is_put_right(method: str) -> None:
    world, jumper = World(), a_jumper("S", "M")
    world.linked(jumper)
    after = a_jumper("S", version=2) if method == "delete_variant" else a_jumper("S", "M", "L")
    world.happens("product.saved", replace(after, version=2))
    world.web.fail_next(method, StoreDown("no answer"), late_s=840)
    world.push()
    world.happens("product.saved", replace(jumper, version=3))
    settle(world)
    number = world.link(jumper).id
    assert number is not None
    skus = sorted(variant.sku for variant in world.web[number].variants.values())
    assert skus == ["JUMPER-M", "JUMPER-S"]


def test_a_store_that_refuses_a_look_goes_on_with_its_work() -> None:
    world, product = World(), a_product(price=Decimal(10))
    world.linked(product)
    world.happens("product.saved", replace(product, version=2, price=Decimal(7)))
    late(world)
    world.push()
    world.deps = replace(world.deps, open_reader=lambda *_: cast(Any, _RefusingReader(world.web)))
    world.clock.advance(61)
    world.push()
    (row,) = looked_for(world)
    assert row.not_before_ms == world.clock.now + 60_000
    world.ask(replace(product, version=3, price=Decimal(8)))
    world.push()
    assert price(world, product) == Decimal(8)


class _RefusingReader(FakeReader):
    def products(self, *_: object, **__: object) -> Sequence[WebProduct]:
        raise Refused(422, "The filter is not valid")


def test_a_lost_answer_about_the_storefront_is_not_looked_for() -> None:
    world = World()
    world.ask(a_product())
    late(world, "assign_channel", 300)
    world.push_until_quiet()
    assert looked_for(world) == []


@pytest.mark.parametrize("method", ["note_doubts", "pushed"])
def test_sizes_and_pictures_that_change_at_once_after_a_kill_end_in_one_slice(method: str) -> None:
    world, jumper = World(), a_jumper("S", "M")
    world.linked(jumper)
    changed = a_jumper("M", "L", version=2, images=("https://cdn.example/a.jpg",))
    world.happens("product.saved", changed)
    with killed_at(world, method):
        world.push()
    calls = len(world.web.log)
    world.push()
    assert len(world.web.log) - calls < 30
    settle(world)
    number = world.link(jumper).id
    assert number is not None
    assert len(world.web[number].images) == 1
    assert sorted(v.sku for v in world.web[number].variants.values()) == ["JUMPER-L", "JUMPER-M"]


@pytest.mark.parametrize("method", ["add_option_value", "update_variants", "delete_variant"])
def test_sizes_and_pictures_that_change_while_an_answer_is_lost_end_in_one_slice(
    method: str,
) -> None:
    world, jumper = World(), a_jumper("S", "M")
    world.linked(jumper)
    changed = a_jumper("M", "L", version=2, images=("https://cdn.example/a.jpg",))
    world.happens("product.saved", changed)
    late(world, method, 840)
    world.push()
    assert len(world.web.log) < 30
    settle(world)
    number = world.link(jumper).id
    assert number is not None
    assert len(world.web[number].images) == 1
    assert sorted(v.sku for v in world.web[number].variants.values()) == ["JUMPER-L", "JUMPER-M"]


def test_a_bug_in_one_look_delays_no_other(monkeypatch: pytest.MonkeyPatch, faults: Faults) -> None:
    world, products = World(), some(3)
    world.linked(*products)
    world.happens("product.saved", *(replace(p, version=2, price=Decimal(7)) for p in products))
    late(world)
    world.push()
    judged = verdict

    def of_one(link: Link, *arguments: Any) -> Verdict:
        if link.product == products[1].id:
            raise KeyError("a bug")
        return judged(link, *arguments)

    monkeypatch.setattr(look, "verdict", of_one)
    for seconds in (61, 900, 900):
        world.clock.advance(seconds)
        world.push()
    (row,) = looked_for(world)
    assert row.product == str(world.link(products[1]).id)
    assert {fault.product for fault in faults.noted} == {products[1].id}
