"""Comparing for a plan, killed or failed by a table before or after every call in turn: the plan ends ready, told as
if nothing had happened, and a push asks of it what its page shows."""

from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from tests.builders import STORE, a_product
from tests.exact_world import PLAN, ExactWorld
from tests.unit.usecases.import_products.test_import_killed import Killed
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.errors import NeedsAttention, RetryLater
from tillbridge.domain.exact_plan import Exact, ExactState, guard_of
from tillbridge.usecases.reconcile.exact_plan import ExactDeps, make_exact

STOPS = [Killed(), RetryLater("The database is busy.")]


class Stop:
    """Raises an error at the call of one number, once; `called` counts, and names are in `stopped`."""

    def __init__(self, number: int, error: BaseException, *, after: bool) -> None:
        self.number, self.error, self.after = number, error, after
        self.called = 0
        self.stopped = ""

    def due(self, name: str) -> None:
        """Raise the error."""
        self.stopped = name
        raise self.error

    def of(self, port: Any) -> Any:
        """Return a port whose calls are counted."""
        return _Counted(port, self)


class _Counted:
    def __init__(self, port: Any, stop: Stop) -> None:
        self._port, self._stop = port, stop

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if not callable(found):
            return found

        def call(*args: Any, **named: Any) -> Any:
            stop = self._stop
            stop.called += 1
            due = stop.called == stop.number
            if due and not stop.after:
                stop.due(name)
            answer = found(*args, **named)
            if due and stop.after:
                stop.due(name)
            return answer

        return call


def a_world(monkeypatch: pytest.MonkeyPatch) -> ExactWorld:
    monkeypatch.setattr("tillbridge.usecases.reconcile.exact_plan.A_PAGE", 2)
    monkeypatch.setattr("tests.fakes.exact_plans.A_PAGE", 2)
    world = ExactWorld()
    products = [a_product(f"p-{n}", name=f"N{n}", sku=f"S{n}", price=Decimal(10)) for n in range(5)]
    world.linked(*products)
    for n in (0, 3, 4):
        world.online(f"p-{n}").fields["price"] = Decimal(99)
    world.plan(*(each.id for each in products))
    return world


def watched(world: ExactWorld, stop: Stop) -> ExactDeps:
    """Return the world's ports, counted."""
    deps = world.exact_deps
    reconcile = replace(
        deps.reconcile,
        stores=stop.of(world.stores),
        links=stop.of(world.links),
        queue=stop.of(world.queue),
        open_reader=lambda *asked: stop.of(deps.reconcile.open_reader(*asked)),
        open_pos=lambda *asked: stop.of(deps.reconcile.open_pos(*asked)),
    )
    return ExactDeps(reconcile, stop.of(world.plans), stop.of(world.exact))


def told(world: ExactWorld) -> tuple[Exact, object, object]:
    """Return what the plan's page shows and what a push asks of it."""
    exact = world.exact.get(STORE, PLAN)
    assert exact is not None
    products = list(world.exact.products(STORE, exact))
    return replace(exact, told_ms=0), products, world.exact.guards(STORE, [PLAN])


@pytest.mark.parametrize("error", STOPS, ids=repr)
@pytest.mark.parametrize("after", [False, True])
def test_a_plan_stopped_at_every_call_ends_ready_and_as_if_it_was_not(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, after: bool
) -> None:
    calm = a_world(monkeypatch)
    calm.compare()
    expected = told(calm)
    assert expected[2] == {PLAN: guard_of(calm.exact.products(STORE, expected[0]))}
    for number in count(1):
        world = a_world(monkeypatch)
        pushed = len(world.web.log)
        stop = Stop(number, error, after=after)
        try:
            make_exact(STORE, PLAN, watched(world, stop))
        except (Killed, RetryLater):
            assert stop.stopped
        assert world.compare().state is ExactState.READY, (number, stop.stopped)
        assert told(world) == expected, (number, stop.stopped)
        assert (len(world.web.log), world.pending.rows) == (pushed, [])
        if not stop.stopped:
            assert number > 15
            return


@pytest.mark.parametrize("when", [1, 2, 3])
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"state": StoreState.PAUSED}, "This store is paused"),
        (
            {"state": StoreState.NEEDS_ATTENTION, "attention_words": "Its token is revoked."},
            "Its token is revoked.",
        ),
    ],
)
def test_a_store_that_stops_between_two_slices_is_told_and_goes_on_when_it_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, when: int, changed: Any, words: str
) -> None:
    calm = a_world(monkeypatch)
    calm.compare()
    world = a_world(monkeypatch)
    _killed_at_page(world, when)
    before: Connection = world.connection
    world.stores.save_connection(replace(before, **changed))
    asked = dict(world.reader.record.calls)
    exact = world.compare()
    assert (exact.state, words in exact.words) == (ExactState.FAILED, True)
    assert world.reader.record.calls == asked
    world.stores.save_connection(before)
    assert world.compare().state is ExactState.READY
    assert told(world) == told(calm)


def test_a_token_that_is_revoked_between_two_reads_is_told_on_the_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calm = a_world(monkeypatch)
    calm.compare()
    world = a_world(monkeypatch)
    revoked = NeedsAttention("token_dead", "Its token is revoked.")
    reads, read = count(1), world.reader.products

    def dies(*asked: Any, **more: Any) -> Any:
        if next(reads) == 2:
            raise revoked
        return read(*asked, **more)

    with monkeypatch.context() as broken:
        broken.setattr(world.reader, "products", dies)
        exact = world.compare()
    assert (exact.state, exact.words, exact.done) == (ExactState.FAILED, str(revoked), 0)
    assert world.compare().state is ExactState.READY
    assert told(world) == told(calm)


def test_a_plan_that_goes_on_too_late_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_world(monkeypatch)
    _killed_at_page(world, 2)
    asked = dict(world.reader.record.calls)
    world.clock.advance(15 * 60)
    exact = world.compare()
    assert (exact.state, "too old" in exact.words) == (ExactState.FAILED, True)
    assert (world.reader.record.calls, world.exact.guards(STORE, [PLAN])) == (asked, {})


def test_what_is_ready_stays_though_it_is_asked_for_again_when_both_sides_have_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = a_world(monkeypatch)
    world.compare()
    before = told(world)
    world.online("p-1").fields["price"] = Decimal(77)
    world.clock.advance(15 * 60)
    world.compare()
    assert told(world) == before


@pytest.mark.parametrize("sooner", [False, True])
def test_two_who_compare_a_plan_at_once_leave_what_the_first_to_be_ready_found(
    monkeypatch: pytest.MonkeyPatch, sooner: bool
) -> None:
    """Messages of a plan are groups of their own: a click, and one more when the first was silent for long."""
    for number in count(1):
        world = a_world(monkeypatch)
        meets = _Meets(world, number, sooner=sooner)
        make_exact(STORE, PLAN, watched(world, meets))
        if meets.found is None:
            assert number > 15
            return
        ready, _, guards = told(world)
        assert ready.state is ExactState.READY
        assert (ready, guards) == (meets.found[0], meets.found[2]), (number, meets.at)


class _Meets(Stop):
    """Has another compare the whole plan at the call of one number; before that is done, or once it is, BigCommerce
    changes a price. `found`: what the other told, if it was the first to be ready."""

    def __init__(self, world: ExactWorld, number: int, *, sooner: bool) -> None:
        super().__init__(number, Killed(), after=False)
        self.world, self.sooner = world, sooner
        self.found: tuple[Exact, object, object] | None = None
        self.at = ""

    def due(self, name: str) -> None:
        if self.sooner:
            self.world.online("p-1").fields["price"] = Decimal(77)
        self.world.compare()
        self.found, self.at = told(self.world), name
        self.world.online("p-1").fields["price"] = Decimal(88)


def _killed_at_page(world: ExactWorld, page: int) -> None:
    """Have the function die when it would keep its `page`th page."""
    pages, keep = count(1), world.exact.add_page

    def dies(*asked: Any) -> None:
        if next(pages) == page:
            raise Killed
        keep(*asked)

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(world.exact, "add_page", dies)
        with pytest.raises(Killed):
            world.compare()
