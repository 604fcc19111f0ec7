"""An undo that BigCommerce takes, refuses or fails on, while the function is killed or a table
fails at any call: the answer and both sides agree in the end."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from tests.builders import LANTERN, STORE, a_product
from tests.fakes.store_catalogue import FakeStoreCatalogue
from tests.unit.usecases.import_products.test_import_killed import Killed
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tillbridge.domain.errors import Refused, RetryLater, StoreDown, TillbridgeError
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkAnswer, LinkEvent, LinkRequestKind
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.store_work import StoreWorkDeps, work_on_store

OLD = "Lantern (web)"

type Before = Callable[[], None]


class Calls:
    """A port: each call goes through `before`, and what would bring the old values back is met by
    `trouble`, after it was carried out if `applied`."""

    def __init__(
        self, real: Any, before: Before, trouble: TillbridgeError | None = None, *, applied: bool
    ) -> None:
        self._real, self._before = real, before
        self._trouble, self._applied = trouble, applied

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        return (
            found if not callable(found) else lambda *args, **named: self._call(found, args, named)
        )

    def _call(self, found: Callable[..., Any], args: Any, named: Any) -> Any:
        self._before()
        undoes = found.__name__ == "update_products" and args[0][0].get("name") == OLD
        if self._trouble is None or not undoes:
            return found(*args, **named)
        if self._applied:
            found(*args, **named)
        raise self._trouble


class Undo:
    """A product that was linked by hand, and whose undo is asked for."""

    def __init__(self, trouble: TillbridgeError | None, *, applied: bool) -> None:
        self.world = LinkingWorld()
        self.web = self.world.web[StoreProductId(a_shown(self.world))]
        self.world.pos.save(a_product(price=Decimal(10)))
        assert self.world.link_by_hand(LANTERN, self.web.id).done
        asked = LinkEvent("undo", STORE, LinkRequestKind.UNDO, ((LANTERN, None),))
        self.world.link_requests.put(asked.requests(count()))
        self._trouble, self._applied = trouble, applied

    def run(self, before: Before) -> None:
        """Work on the store for a slice."""
        work_on_store(STORE, self._deps(before))

    def ends(self) -> None:
        """Let the store's wait pass, then drain until nothing is left to do."""
        self.world.clock.advance(3_600)
        self.world.deps = self._deps(lambda: None)
        self.world.push_until_quiet()

    def _deps(self, before: Before) -> StoreWorkDeps:
        world = self.world

        def wrap(port: Any) -> Any:
            return Calls(port, before, self._trouble, applied=self._applied)

        return replace(
            world.deps,
            push=replace(world.deps.push, pending=wrap(world.pending), links=wrap(world.links)),
            linking=LinkingDeps(
                wrap(world.link_requests),
                wrap(world.replaced),
                lambda *_: wrap(FakeStoreCatalogue(world.web)),
            ),
            open_store=lambda *_: wrap(world._open()),
            open_pos=lambda *_: wrap(world.pos),
        )

    def answer(self) -> LinkAnswer:
        (answer,) = self.world.link_requests.answers_to("undo")
        return answer

    def agrees(self) -> bool:
        """Return whether the link and the store are as the answer says."""
        link, name = self.world.link(LANTERN), self.web.name
        there = (link.status, bool(link.held), name, self.web.fields["price"])
        if self.answer().done:
            wanted = (LinkStatus.LINKED, True, OLD, Decimal(55))
        else:
            wanted = (LinkStatus.LINKED, False, "Storm Lantern", Decimal(10))
        return there == wanted and not self.world.pending.rows


class Stops:
    """Raises `error` at the call of the given number, and never again."""

    def __init__(self, number: int, error: BaseException) -> None:
        self._left, self._error = number, error
        self.stopped = False

    def __call__(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.stopped = True
            raise self._error


@pytest.mark.parametrize("error", [Killed(), RetryLater("The database is busy.")], ids=repr)
@pytest.mark.parametrize("applied", [False, True], ids=["not applied", "applied"])
@pytest.mark.parametrize("trouble", [None, Refused(422, "not liked"), StoreDown("500")], ids=str)
def test_stopped_before_every_call_in_turn_the_answer_and_both_sides_agree(
    trouble: TillbridgeError | None, applied: bool, error: BaseException
) -> None:
    for number in count(1):
        undo = Undo(trouble, applied=applied)
        stops = Stops(number, error)
        try:
            undo.run(stops)
        except Killed:
            assert stops.stopped
        undo.ends()
        assert undo.answer().done is (trouble is None), f"stopped before call {number}"
        assert undo.agrees(), f"stopped before call {number}"
        if not stops.stopped:
            assert number > 8
            return
