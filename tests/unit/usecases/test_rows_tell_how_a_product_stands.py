"""Both views say how a product stands to the other side, whoever worked on it last."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import LANTERN, STORE, a_product, some_stock
from tests.import_world import ImportWorld
from tests.reconcile_world import INCREMENTAL, ReconcileWorld
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tests.world import World
from tillbridge.domain.errors import Problem, RetryLater
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.remembered.failed import after_refusal
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.usecases.push.slice.views import WAIT_MS
from tillbridge.usecases.store_work import work_on_store


def pos_of(world: World, product: str = LANTERN) -> ViewRow:
    return world.read_model.get(STORE, "pos", [product])[product]


def web_of(world: World, number: object) -> ViewRow:
    return world.read_model.get(STORE, "web", [str(number)])[str(number)]


def of_both(world: World) -> tuple[ViewRow, ViewRow]:
    return pos_of(world), web_of(world, world.link(LANTERN).id)


def test_a_product_that_was_pushed_is_linked_on_both_sides_and_says_when() -> None:
    world = World()
    world.linked(a_product(stock=(some_stock(3),)))
    pos, web = of_both(world)
    assert (pos.state, pos.other) == (RowState.LINKED, web.id)
    assert (web.state, web.other) == (RowState.LINKED, LANTERN)
    assert (web.name, web.sku, web.price, web.stock) == (pos.name, pos.sku, "39.9", "3")
    assert pos.synced_ms == web.synced_ms > 0


def test_what_a_push_changes_stands_in_the_web_view_at_once() -> None:
    world = World()
    world.linked(a_product(stock=(some_stock(3),)))
    before = pos_of(world)
    world.clock.advance(60)
    changed = a_product(version=2, name="Lamp", price=Decimal("5.50"), stock=(some_stock(2),))
    world.happens("sale.completed", changed)
    world.push_until_quiet()
    pos, web = of_both(world)
    assert (web.name, web.price, web.stock) == ("Lamp", "5.5", "2")
    assert pos.synced_ms == web.synced_ms > before.synced_ms


def test_a_refused_product_is_failed_with_words_and_the_holder_of_its_name() -> None:
    world = World()
    stranger = world.web.seed("Storm Lantern")
    world.ask(a_product())
    world.push_until_quiet()
    row = pos_of(world)
    assert (row.state, row.code, row.holder) == (RowState.FAILED, "name_taken", str(stranger.id))
    assert "link to it" in row.words
    assert (row.other, row.synced_ms) == ("", 0)


def test_a_refused_change_keeps_the_link_and_goes_when_it_is_mended() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, name=""))
    world.push_until_quiet()
    pos, web = of_both(world)
    assert (pos.state, pos.code, pos.other) == (RowState.FAILED, "name_blank", web.id)
    assert (web.state, web.name) == (RowState.FAILED, "Storm Lantern")
    world.happens("product.saved", a_product(version=3))
    world.push_until_quiet()
    assert [(r.state, r.code, r.words) for r in of_both(world)] == [(RowState.LINKED, "", "")] * 2


def test_a_debt_is_a_note() -> None:
    world = World()
    world.linked(a_product(stock=(some_stock(-2),)))
    assert pos_of(world).notes == ("The POS's stock is 2 below zero; 0 is shown online.",)


def test_a_product_that_was_deleted_online_is_broken() -> None:
    world = World()
    world.linked(a_product())
    number = world.link(LANTERN).id
    assert number is not None
    world.web.remove(number)
    world.happens("product.saved", a_product(version=2, price=Decimal(5)))
    world.push_until_quiet()
    row = pos_of(world)
    assert (row.state, row.code, row.other) == (RowState.BROKEN, "deleted_online", str(number))


def test_a_product_deleted_in_the_pos_is_in_no_list() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, deleted=True))
    world.push_until_quiet()
    assert pos_of(world).deleted


def test_linking_and_unlinking_by_hand_change_both_views() -> None:
    world = LinkingWorld()
    world.pos.save(a_product())
    number = a_shown(world)
    world.link_by_hand(LANTERN, number)
    pos, web = of_both(world)
    assert [pos.state, web.state] == [RowState.LINKED] * 2
    assert (pos.other, web.other) == (str(number), LANTERN)
    synced = pos.synced_ms
    world.people_ask(LinkRequestKind.UNLINK, (LANTERN, None))
    pos, web = pos_of(world), web_of(world, number)
    assert [(r.state, r.other) for r in (pos, web)] == [(RowState.NOT_LINKED, "")] * 2
    assert pos.synced_ms == web.synced_ms == synced


def test_the_rows_of_a_sale_are_written_once_for_stock_and_content() -> None:
    world = World()
    world.linked(a_product(stock=(some_stock(3),)))
    written: list[ViewRow] = []
    put = world.read_model.put

    def noting(store: Any, rows: Any) -> None:
        some = list(rows)
        written.extend(some)
        put(store, some)

    world.read_model.put = noting  # type: ignore[method-assign]  # the same, noted
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(2),)))
    world.push_until_quiet()
    assert sorted(row.side for row in written) == ["pos", "web"]


def test_in_a_long_slice_rows_are_written_as_work_ends() -> None:
    world = World()
    products = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(5)]
    seen: list[int] = []
    create = world.web.create

    def slow(*arguments: Any) -> Any:
        world.clock.advance(WAIT_MS / 1_000)
        seen.append(len(list(world.read_model.every(STORE, "web"))))
        return create(*arguments)

    world.web.create = slow  # type: ignore[method-assign,assignment]  # the same, later
    world.ask(*products)
    world.push()
    assert seen == [0, 1, 2, 3, 4]


def test_busy_views_hold_up_nothing() -> None:
    world = World()

    def busy(*_: object) -> None:
        raise RetryLater("busy")

    world.read_model.revise = busy  # type: ignore[method-assign,assignment]  # as a table may be
    world.ask(a_product())
    work_on_store(STORE, world.deps)
    assert world.link(LANTERN).id is not None


def a_compared_world() -> ReconcileWorld:
    world = ReconcileWorld()
    world.linked(a_product(stock=(some_stock(3),)))
    world.reconcile()
    return world


def rows_of(world: World) -> Mapping[Any, ViewRow]:
    return dict(world.read_model._rows)


@pytest.mark.parametrize("full", [True, False])
def test_a_run_heals_rows_that_a_kill_left_behind(*, full: bool) -> None:
    world = a_compared_world()
    right = rows_of(world)
    for row in of_both(world):
        stale = replace(row, state=RowState.NOT_LINKED, other="", code="x", words="Old.", stock="9")
        world.read_model.put(STORE, [stale])
    if full:
        world.reconcile()
    else:
        world.web[world.link(LANTERN).id].fields["sort_order"] = 3  # type: ignore[index]  # it is linked
        world.reconcile(INCREMENTAL)
    assert rows_of(world) == right


def test_a_run_makes_the_rows_of_a_store_that_has_none() -> None:
    world = a_compared_world()
    right = rows_of(world)
    world.read_model._rows.clear()
    world.reconcile()
    assert {key: replace(row, synced_ms=0) for key, row in right.items()} == {
        key: replace(row, image=right[key].image) for key, row in rows_of(world).items()
    }


def test_a_run_writes_no_row_whose_link_was_written_while_it_looked() -> None:
    world = a_compared_world()
    stale = replace(pos_of(world), price="1.00")
    world.read_model.put(STORE, [stale])
    revise = world.read_model.revise

    def meanwhile(store: Any, asked: Any, *more: Any) -> None:
        if any(side == "pos" for side, _ in asked):
            problem = Problem("other", "Other words.")
            failed = after_refusal(world.link(LANTERN), a_product(version=9), problem)
            world.links.failed(STORE, failed)
        revise(store, asked, *more)

    world.read_model.revise = meanwhile  # type: ignore[method-assign,assignment]  # and somebody writes the link
    world.reconcile()
    assert pos_of(world) == stale


def test_what_an_import_brings_in_is_linked_in_both_views() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp", "LMP")
    world.ask_for(lamp)
    world.import_until_quiet()
    web = web_of(world, lamp.id)
    assert (web.state, pos_of(world, web.other).state) == (RowState.LINKED, RowState.LINKED)
    assert pos_of(world, web.other).other == str(lamp.id)


def test_what_an_import_leaves_out_says_why_until_it_is_linked() -> None:
    world = ImportWorld()
    world.pos.save(a_product(name="Lamp", sku="LMP"))
    lamp = world.sells("Lamp", "LMP")
    world.ask_for(lamp)
    world.import_until_quiet()
    left = web_of(world, lamp.id)
    assert (left.state, left.code, left.other) == (RowState.LEFT_OUT, "offered", "")
    assert left.words == world.imports.outcomes[STORE, "r", lamp.id].words
    world.ask_for(lamp, request="again")
    world.import_until_quiet()
    assert web_of(world, lamp.id) == left
