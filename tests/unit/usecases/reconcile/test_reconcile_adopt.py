"""Adopting a POS that was restored: one write begins an epoch, and then everything is compared."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_change, a_connection, a_pos_account, a_product, some_stock
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.reconcile import FakeQueue, FakeRuns
from tests.fakes.store_list import FakeStoreList
from tests.reconcile_world import INCREMENTAL, ReconcileWorld
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import UnreadableStore
from tillbridge.domain.findings import Code
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.pending import arrival
from tillbridge.domain.product import Product
from tillbridge.domain.run import Request, Result, Run
from tillbridge.domain.versions import epoch_of, number_of, version_of
from tillbridge.usecases.reconcile.start_runs import StartDeps, start

OTHER_STORE = StoreId("lighthouse")
ADOPT = Request(full=True, adopt=True, by="anna")


def lamp(number: int, version: int = 500, **overrides: Any) -> Product:
    return a_product(
        f"p-{number}", name=f"Lamp {number}", sku=f"L-{number}", version=version, **overrides
    )


MANY = [lamp(number) for number in range(30)]


def restored(*changed: Product) -> ReconcileWorld:
    """A store whose POS was restored: all its versions are lower, and these products differ."""
    world = ReconcileWorld()
    world.linked(*MANY)
    world.reconcile()
    for product in MANY:
        world.pos.save(replace(product, version=20))
    for product in changed:
        world.pos.save(product)
    return world


def adopt(world: ReconcileWorld, times: int = 1, unreadable: Iterable[StoreId] = ()) -> None:
    queue = FakeQueue()
    store_list = FakeStoreList(world.stores, FakeRuns())
    store_list.unreadable = set(unreadable)
    deps = StartDeps(
        read=lambda _: (STORE, ADOPT),
        stores=world.stores,
        store_list=store_list,
        queue=queue,
        dead_letters=FakeDeadLetters(),
    )
    for _ in range(times):
        start({}, deps)
    world.queue.sent += [each for each in queue.sent if each[0] == STORE]
    world.others = [store for store, _ in queue.sent if store != STORE]  # type: ignore[attr-defined]  # for one test


def compared(world: ReconcileWorld) -> Run:
    """Play the run that was asked for, approve it where it waits, and push."""
    run = _run(world)
    if run.result is Result.WAITING:
        world.approve(run)
    world.push_until_quiet()
    return run


def _run(world: ReconcileWorld) -> Run:
    _, first = world.queue.sent.pop(0)
    return world.reconcile(first)


CHEAP = lamp(3, version=21, price=Decimal("1.00"), stock=(some_stock(0),))


def test_what_the_pos_shows_goes_up_after_it_is_adopted() -> None:
    world = restored(CHEAP)
    assert world.drift(world.reconcile()) == {each.id: Code.BACKWARDS for each in MANY}
    adopt(world)
    run = compared(world)
    assert set(world.drift(run)) == {CHEAP.id}
    assert world.online("p-3").fields["price"] == Decimal("1.00")
    assert world.online("p-3").levels[1] == 0
    link = world.link(CHEAP)
    assert (epoch_of(link.content_version), number_of(link.content_version)) == (1, 21)


def test_no_link_is_rewritten_for_what_does_not_differ() -> None:
    world = restored(CHEAP)
    before = {each.id: world.link(each) for each in MANY}
    world.web.log.clear()
    adopt(world)
    compared(world)
    assert [each for each in MANY if world.link(each) != before[each.id]] == [MANY[3]]
    assert world.writes().count("update_products") == 1


def test_the_next_event_of_any_product_is_newer_than_what_was_pushed() -> None:
    world = restored()
    adopt(world)
    compared(world)
    world.happens("sale.completed", lamp(7, version=22, stock=(some_stock(1),)))
    world.push_until_quiet()
    assert world.link("p-7").level == 1


def test_the_words_go_from_links_and_from_the_store() -> None:
    world = restored()
    world.happens("sale.completed", *(lamp(n, version=20) for n in range(5)))
    world.push_until_quiet()
    assert len(world.stores.went_back(STORE)) == 5
    adopt(world)
    compared(world)
    assert world.stores.went_back(STORE) == []
    assert {world.link(each).status for each in MANY} == {LinkStatus.LINKED}
    assert {world.link(each).problem for each in MANY} == {None}


def test_what_only_removes_words_goes_before_nothing_that_waits_already() -> None:
    world = restored()
    world.happens("sale.completed", lamp(1, version=20))
    world.push_until_quiet()
    waits = a_change("p-x", lane=Lane.BULK, order=arrival(world.clock.now_ms()))
    world.pending.mark([waits])
    adopt(world)
    world.clock.advance(1)
    _run(world)
    rows = world.pending.due(STORE, Lane.BULK, world.clock.now_ms(), 10)
    assert [row.product for row in rows] == ["p-x", "p-1"]


def test_rows_of_the_epoch_before_do_no_harm() -> None:
    world = restored(CHEAP)
    world.happens("product.saved", lamp(3, version=600))  # announced before, never shown again
    world.pos.save(CHEAP)
    adopt(world)
    world.push_until_quiet()
    assert world.online("p-3").fields["price"] == Decimal("1.00")
    assert not world.pending.rows


def test_an_event_that_arrives_late_with_an_old_number_does_no_harm() -> None:
    world = restored(CHEAP)
    adopt(world)
    world.happens("product.saved", lamp(3, version=600))
    world.pos.save(CHEAP)
    world.push_until_quiet()
    assert world.online("p-3").fields["price"] == Decimal("1.00")
    for _ in range(20):
        world.clock.advance(60)
        world.push_until_quiet()
    assert not world.pending.rows
    assert world.link("p-3").problem is None


@pytest.mark.parametrize("times", [1, 2, 3])
def test_to_adopt_more_than_once_or_without_need_loses_nothing(times: int) -> None:
    world = ReconcileWorld()
    world.linked(*MANY)
    world.reconcile()
    world.web.log.clear()
    adopt(world, times)
    assert world.epoch == times
    compared(world)
    assert world.writes() == []
    world.happens("product.saved", lamp(3, version=501, price=Decimal(7)))
    world.push_until_quiet()
    assert world.online("p-3").fields["price"] == 7


def test_a_pos_restored_twice_is_adopted_twice() -> None:
    world = restored(CHEAP)
    adopt(world)
    compared(world)
    again = lamp(3, version=10, price=Decimal("2.00"))
    world.happens("product.saved", again)
    world.push_until_quiet()
    problem = world.link("p-3").problem
    assert problem is not None
    assert "shows version 10" in problem.words
    assert "version 21 was pushed" in problem.words
    adopt(world)
    compared(world)
    assert world.online("p-3").fields["price"] == Decimal("2.00")


def test_to_adopt_in_the_midst_of_a_drain_never_pushes_backwards() -> None:
    world = restored(CHEAP)
    world.happens("product.saved", CHEAP)
    read = world.pos.products

    def adopts_meanwhile(ids: Any) -> Any:
        found = read(ids)
        if world.epoch == 0:
            adopt(world)
        return found

    world.pos.products = adopts_meanwhile  # type: ignore[method-assign]  # once, between read and push
    world.push()
    world.pos.products = read  # type: ignore[method-assign]  # the POS again
    world.clock.advance(31)
    world.push_until_quiet()
    compared(world)
    assert world.online("p-3").fields["price"] == Decimal("1.00")
    assert world.link("p-3").problem is None


def test_a_slice_of_the_epoch_before_writes_nothing_over_a_newer_one() -> None:
    world = restored(CHEAP)
    adopt(world)
    compared(world)
    old = world.link("p-3")
    late = replace(old, content_version=version_of(0, 999), stock_version=version_of(0, 999))
    assert world.links.pushed(STORE, [late]) == [CHEAP.id]
    assert world.links.stocked(STORE, [late]) == [CHEAP.id]
    assert world.link("p-3") == old


def test_every_store_of_the_account_is_compared() -> None:
    world = restored(CHEAP)
    world.stores.save_connection(a_connection(OTHER_STORE, pos_account=a_pos_account()))
    adopt(world)
    assert world.others == [OTHER_STORE]  # type: ignore[attr-defined]  # noted by adopt
    other = world.stores.find(OTHER_STORE)
    assert other is not None
    assert other.pos_account.epoch == 1


def test_a_strangers_connection_that_cannot_be_read_stops_no_adoption(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = restored(CHEAP)
    damaged, stranger = StoreId("another"), StoreId("brightside")
    for store in (damaged, stranger):
        world.stores.save_connection(a_connection(store, pos_account=a_pos_account(store)))
    read = world.stores.find

    def find(store: StoreId) -> Connection | None:
        if store == damaged:
            raise UnreadableStore("It was stored in a shape that cannot be read.")
        return read(store)

    monkeypatch.setattr(world.stores, "find", find)
    adopt(world, unreadable=[damaged])
    assert world.epoch == 1
    assert world.others == []  # type: ignore[attr-defined]  # noted by adopt
    assert set(world.drift(compared(world))) == {CHEAP.id}


def test_the_breaker_holds_back_a_whole_catalogue() -> None:
    world = restored(*(lamp(n, version=21, price=Decimal("1.00")) for n in range(30)))
    adopt(world)
    run = _run(world)
    world.push_until_quiet()
    assert run.result is Result.WAITING
    assert world.online("p-3").fields["price"] == MANY[3].price


def test_the_next_incremental_run_reads_the_pos_from_the_beginning_and_then_goes_on() -> None:
    world = restored(CHEAP)
    adopt(world)
    world.queue.sent.clear()  # the message was lost
    run = world.reconcile(INCREMENTAL)
    assert world.feed.asked[-1] == 0
    assert world.drift(run)[CHEAP.id] is Code.MISSED
    world.reconcile(INCREMENTAL)
    assert world.feed.asked[-1] == 21
