"""The exact plan: what a push would change is read from both sides, and nothing is written."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_jumper, a_product, some_stock
from tests.exact_world import PLAN, ExactWorld
from tests.faults import Faults
from tillbridge.domain.connection import Settings, StoreState
from tillbridge.domain.errors import NeedsAttention, StoreDown
from tillbridge.domain.exact_plan import Does, Exact, ExactState
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.losses import LossKind
from tillbridge.domain.request_plan import of_pair
from tillbridge.domain.run import Request
from tillbridge.domain.selection import Do
from tillbridge.usecases.reconcile.exact_plan import make_exact

MINUTES = 60.0
P1 = PosProductId("p-1")


def a_world(**settings: Any) -> ExactWorld:
    world = ExactWorld()
    if settings:
        world.stores.save_connection(replace(world.connection, settings=Settings(**settings)))
    return world


def test_it_tells_each_value_that_a_push_would_change_and_changes_none() -> None:
    world = a_world()
    world.linked(a_product("p-1", price=Decimal(40)), a_product("p-2", name="B", sku="B"))
    world.online("p-1").fields["description"] = "<p>Edited online</p>"
    world.online("p-1").fields["price"] = Decimal(50)
    before, pushed = dict(world.online("p-1").fields), len(world.web.log)
    found = world.compared("p-1", "p-2")
    assert {d.field: (d.web, d.pos) for d in found["p-1"].differences} == {
        "description": ("<p>Edited online</p>", a_product().description),
        "price": ("50", "40"),
    }
    assert (found["p-1"].does, found["p-2"].does) == (Does.CHANGES, Does.SAME)
    assert dict(world.online("p-1").fields) == before
    assert (len(world.web.log), world.pending.rows, world.runs.writes) == (pushed, [], [])


def test_what_it_tells_is_what_the_push_then_does() -> None:
    world = a_world()
    world.linked(a_product("p-1", price=Decimal(40), stock=(some_stock(7),)))
    online = world.online("p-1").fields
    online["description"], online["price"], online["upc"] = "Edited", Decimal(99), "12"
    world.pos.save(replace(world.pos.records[P1], name="Renamed", version=9))
    told = world.compared("p-1")["p-1"].differences
    before = dict(online)
    world.ask(world.pos.records[P1])
    world.push_until_quiet()
    after = world.online("p-1").fields
    changed = {name for name in after if str(after[name]) != str(before.get(name))}
    assert changed == {"name", "description", "price", "upc"} == {d.field for d in told}
    assert world.compared("p-1")["p-1"].does is Does.SAME


def test_what_goes_by_hand_only_is_told_because_a_person_asks() -> None:
    world = a_world(fields=FieldPolicy({Field.PRICE: Mode.MANUAL}))
    world.linked(a_product("p-1", price=Decimal(40)))
    world.online("p-1").fields["price"] = Decimal(50)
    assert world.drift(world.reconcile()) == {}
    assert [d.field for d in world.compared("p-1")["p-1"].differences] == ["price"]


def test_what_would_be_blanked_zeroed_or_lowered_is_named() -> None:
    world = a_world()
    blank = a_product("p-1", name="Lamp", sku="L", description="", brand="")
    cheap = a_product("p-2", name="Vase", sku="V", price=Decimal(15))
    free = a_product("p-3", name="Card", sku="C", price=Decimal(0))
    world.linked(blank, cheap, free)
    world.online("p-1").fields["description"] = "<p>Spun brass</p>"
    world.online("p-2").fields["price"] = Decimal(40)
    world.online("p-3").fields["price"] = Decimal(5)
    found = world.compared("p-1", "p-2", "p-3")
    assert [
        (loss.kind, loss.place, loss.old, loss.new, loss.percent)
        for each in found.values()
        for loss in each.losses
    ] == [
        (LossKind.BLANKS, "description", "<p>Spun brass</p>", "", 0),
        (LossKind.LOWERS, "price", "40", "15", 63),
        (LossKind.ZEROES, "price", "5", "0", 100),
    ]
    exact = world.exact.get(STORE, PLAN)
    assert exact is not None
    assert [(group.code, group.count, group.most) for group in exact.groups] == [
        ("blanks_description", 1, 0),
        ("lowers_price", 1, 63),
        ("zeroes_price", 1, 100),
    ]


def test_a_price_that_falls_by_half_and_a_variant_that_follows_its_product_are_no_loss() -> None:
    world = a_world()
    jumper = a_jumper("S", "M")
    world.linked(a_product("p-1", price=Decimal(20)), jumper)
    world.online("p-1").fields["price"] = Decimal(40)
    found = world.compared("p-1", jumper.id)
    assert [each.losses for each in found.values()] == [(), ()]


def test_the_first_push_after_a_link_tells_what_it_replaces() -> None:
    world = a_world()
    world.linked(a_product("p-9", name="Old lamp", sku="OL"))
    number = world.online("p-9").id
    world.online("p-9").fields["description"] = "Hand-spun"
    world.pos.save(a_product("p-1", name="New lamp", sku="NL", description=""))
    (found,) = world.compared(of_pair("p-1", number), do=Do.LINK).values()
    assert (found.id, found.other, found.does) == ("p-1", str(number), Does.CHANGES)
    told = {d.field: (d.web, d.pos) for d in found.differences}
    assert told["name"] == ("Old lamp", "New lamp")
    assert told["description"] == ("Hand-spun", "")
    assert [loss.place for loss in found.losses] == ["description"]


def test_new_and_vanished_products_are_told_and_stop_nothing() -> None:
    world = a_world()
    world.linked(a_product("p-1"), a_product("p-2", name="B", sku="B"))
    world.pos.save(a_product("new", name="New", sku="N"))
    number = world.online("p-2").id
    world.web.remove(number)
    found = world.compared("p-1", "p-2", "new", "gone")
    assert [each.does for each in found.values()] == [
        Does.SAME,
        Does.ASIDE,
        Does.CREATES,
        Does.ASIDE,
    ]
    assert "no longer lists it" in found["p-2"].words
    assert "The POS has it no longer" in found["gone"].words


def test_a_read_has_250_products_and_beyond_the_most_they_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tillbridge.usecases.reconcile.exact_plan.MOST", 500)
    world = a_world()
    many = [a_product(f"p-{n:04}", name=f"N{n}", sku=f"S{n}") for n in range(501)]
    world.linked(*many)
    world.reader.record = world.reader.record.__class__()
    world.plan(*(each.id for each in many))
    exact = world.compare()
    assert (exact.state, exact.done, exact.uncounted) == (ExactState.READY, 500, 1)
    assert world.reader.record.calls == {"GET /catalog/products": 2, "GET /catalog/brands": 1}
    assert [len(world.exact.page(STORE, PLAN, page)) for page in (0, 1, 2)] == [250, 250, 0]


def test_asked_twice_it_is_compared_once() -> None:
    world = a_world()
    world.linked(a_product("p-1"))
    world.compared("p-1")
    world.online("p-1").fields["price"] = Decimal(99)
    assert world.compare().changes == 0


class _Killed(BaseException):
    """A function that is killed."""


def test_a_killed_slice_goes_on_behind_the_last_page(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_world()
    many = [a_product(f"p-{n:04}", name=f"N{n}", sku=f"S{n}") for n in range(501)]
    world.linked(*many)
    world.plan(*(each.id for each in many))
    keep, kept = world.exact.add_page, []

    def dies(*asked: Any) -> None:
        kept.append(asked[2])
        if kept == [0, 1]:
            raise _Killed
        keep(*asked)

    monkeypatch.setattr(world.exact, "add_page", dies)
    with pytest.raises(_Killed):
        world.compare()
    exact = world.compare()
    assert (kept, exact.state, exact.done, exact.same) == ([0, 1, 1, 2], ExactState.READY, 501, 501)


def test_a_slice_that_ends_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_world()
    world.exact_deps = replace(
        world.exact_deps, reconcile=replace(world.reconcile_deps, slice_ms=20_000)
    )
    many = [a_product(f"p-{n:04}", name=f"N{n}", sku=f"S{n}") for n in range(501)]
    world.linked(*many)
    world.plan(*(each.id for each in many))
    read = world.reader.products

    def slow(*asked: Any, **more: Any) -> Any:
        world.clock.advance(8)
        return read(*asked, **more)

    monkeypatch.setattr(world.reader, "products", slow)
    make_exact(STORE, PLAN, world.exact_deps)
    assert world.queue.sent == [(STORE, Request(plan=PLAN))]
    assert world.compare().state is ExactState.READY


@pytest.mark.parametrize(
    ("state", "words"),
    [(StoreState.PAUSED, "This store is paused"), (StoreState.NEEDS_ATTENTION, "Its token")],
)
def test_a_store_that_is_not_worked_on_says_so_on_the_plan(state: StoreState, words: str) -> None:
    world = a_world()
    world.linked(a_product("p-1"))
    world.stores.save_connection(
        replace(world.connection, state=state, attention_words="Its token is revoked.")
    )
    world.plan("p-1")
    exact = world.compare()
    assert exact.state is ExactState.FAILED
    assert words in exact.words


@pytest.mark.parametrize(
    "trouble",
    [
        NeedsAttention("token_dead", "Its token is revoked."),
        StoreDown("BigCommerce does not answer."),
    ],
)
def test_trouble_is_told_on_the_plan_and_may_be_asked_again(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = a_world()
    world.linked(a_product("p-1"))
    world.plan("p-1")
    with monkeypatch.context() as broken:
        broken.setattr(world.reader, "products", _raises(trouble))
        exact = world.compare()
    assert (exact.state, exact.words) == (ExactState.FAILED, str(trouble))
    assert world.compare().state is ExactState.READY


def test_a_plan_that_is_too_old_is_not_compared() -> None:
    world = a_world()
    world.linked(a_product("p-1"))
    world.plan("p-1")
    world.clock.advance(15 * MINUTES)
    assert "too old" in world.compare().words
    assert make_exact(STORE, "nobody", world.exact_deps) is None


def test_a_fault_over_one_product_costs_that_product(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.planted = True
    world = a_world()
    world.linked(a_product("p-1"), a_product("p-2", name="B", sku="B"))

    def broken(record: Any, *_: Any, **__: Any) -> Any:
        if record.id == "p-1":
            raise KeyError("a bug")
        return ()

    monkeypatch.setattr("tillbridge.usecases.reconcile.exact_plan.differences", broken)
    found = world.compared("p-1", "p-2")
    assert (found["p-1"].does, found["p-2"].does) == (Does.ASIDE, Does.SAME)
    assert "a fault of Tillbridge's own" in found["p-1"].words


def test_what_a_push_asks_is_there_when_the_plan_is_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = a_world()
    world.linked(a_product("p-1", price=Decimal(40)), a_jumper("S"))
    save = world.exact.save

    def seen(store: Any, exact: Exact, *guard: Any) -> bool:
        assert bool(guard) is (exact.state is ExactState.READY)
        return save(store, exact, *guard)

    monkeypatch.setattr(world.exact, "save", seen)
    world.online("p-1").fields["price"] = Decimal(99)
    world.compared("p-1", a_jumper("S").id)
    assert world.exact.guards(STORE, [PLAN]) == {PLAN: {"p-1": frozenset({"price"})}}


def _raises(trouble: Exception) -> Any:
    def fails(*_: Any, **__: Any) -> Any:
        raise trouble

    return fails
