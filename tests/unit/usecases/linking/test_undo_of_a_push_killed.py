"""A person's push, and the undo of it, killed or failed by a table before every call in turn: what was there
before the push is kept once, and both sides agree in the end."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from tests.builders import LANTERN, STORE, a_product
from tests.unit.usecases.import_products.test_import_killed import Killed
from tests.unit.usecases.linking.linking_world import JOB, PushedByHand
from tests.unit.usecases.linking.test_undo_killed import Calls, Stops
from tillbridge.domain.errors import RetryLater, StoreDown
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind, UndoOf
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.store_work import StoreWorkDeps, work_on_store

STOPS = [Killed(), RetryLater("The database is busy.")]


def watched(world: PushedByHand, before: Callable[[], None]) -> StoreWorkDeps:
    """Return the world's ports, with `before` called before each call of any of them."""

    def wrap(port: Any) -> Any:
        return Calls(port, before, applied=False)

    deps = world.deps
    push = replace(
        deps.push,
        pending=wrap(world.pending),
        links=wrap(world.links),
        befores=wrap(world.befores),
        history=replace(deps.push.history, history=wrap(world.history)),
    )
    return replace(
        deps,
        push=push,
        linking=LinkingDeps(
            wrap(world.link_requests), wrap(world.replaced), deps.linking.open_catalogue
        ),
        open_store=lambda *_: wrap(world._open()),
        open_pos=lambda *_: wrap(world.pos),
    )


def a_world() -> PushedByHand:
    world = PushedByHand()
    world.linked(a_product(price=Decimal(10)))
    return world


def run_stopped(world: PushedByHand, number: int, error: BaseException) -> bool:
    """Work for a slice that stops before the call of this number, then until all is done. Return whether it
    stopped."""
    stops = Stops(number, error)
    try:
        work_on_store(STORE, watched(world, stops))
    except Killed:
        assert stops.stopped
    world.clock.advance(3_600)
    world.push_until_quiet()
    return stops.stopped


@pytest.mark.parametrize("error", STOPS, ids=repr)
def test_a_push_stopped_before_every_call_keeps_what_was_there_before_it(
    error: BaseException,
) -> None:
    for number in count(1):
        world = a_world()
        world.ask(a_product(version=2, price=Decimal(12)), job=JOB)
        stopped = run_stopped(world, number, error)
        assert world.price() == Decimal(12), number
        (kept,) = world.befores.of_job(STORE, JOB)
        assert kept.before.fields["price"].value == Decimal(10), number
        assert world.undo().done
        assert world.price() == Decimal(10), number
        if not stopped:
            assert number > 8
            return


def test_a_push_whose_answer_is_lost_keeps_what_was_there_before_its_first_try() -> None:
    world = a_world()
    world.ask(a_product(version=2, price=Decimal(12)), job=JOB)
    world.web.fail_next("update_products", StoreDown("no answer"), applied=True)
    world.push()
    assert world.price() == Decimal(12)
    world.pos.save(a_product(version=3, price=Decimal(14), name="Renamed"))
    world.clock.advance(3_600)
    world.push_until_quiet()
    assert world.price() == Decimal(14)
    assert world.undo().done
    assert (world.price(), world.online().name) == (Decimal(10), "Storm Lantern")


def test_nothing_of_a_push_goes_while_what_it_replaces_cannot_be_kept() -> None:
    world = a_world()
    world.ask(a_product(version=2, price=Decimal(12)), job=JOB)

    class Down:
        def keep(self, *_: object) -> None:
            raise RetryLater("The database is busy.")

    befores = world.deps.push.befores
    world.deps = replace(world.deps, push=replace(world.deps.push, befores=Down()))  # type: ignore[arg-type]  # its other methods are not called
    world.push()
    assert world.price() == Decimal(10)
    world.deps = replace(world.deps, push=replace(world.deps.push, befores=befores))
    world.clock.advance(3_600)
    world.push_until_quiet()
    assert world.price() == Decimal(12)
    assert world.undo().done


@pytest.mark.parametrize("error", STOPS, ids=repr)
@pytest.mark.parametrize("hides", [False, True])
def test_an_undo_stopped_before_every_call_ends_done(error: BaseException, hides: bool) -> None:
    for number in count(1):
        world = a_world()
        web = world.online()
        if not hides:
            world.push_by_hand(a_product(version=2, price=Decimal(12)))
        undoes = UndoOf(JOB, hides=hides)
        event = LinkEvent("undo", STORE, LinkRequestKind.UNDO, ((LANTERN, web.id),), undoes=undoes)
        world.link_requests.put(event.requests(count()))
        stopped = run_stopped(world, number, error)
        (answer,) = world.link_requests.answers_to("undo")
        assert answer.done, number
        if hides:
            assert not web.fields["is_visible"], number
            assert LANTERN not in world.links.get(STORE, [LANTERN]), number
        else:
            assert web.fields["price"] == Decimal(10), number
            assert set(world.link(LANTERN).held) == {"price"}, number
        if not stopped:
            assert number > 5
            return
