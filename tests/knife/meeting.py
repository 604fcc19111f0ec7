"""Two drains of one store that meet: one is stopped before each port call in turn, the other runs
whole meanwhile, then the first goes on.

What went wrong when only the queue kept them apart: the first had read that a product has no sizes
yet. The other made the sizes, sent the content with the product's SKU, recorded that, and cleared
the rows. Then the first took the product's SKU away to give it to a size, was refused, since the
sizes were there, and put off rows that were gone. Nothing was left to send the SKU again, and the
link said that it was online. Every sequence of calls that passes through a state nobody wants has
such a place, so one drain's calls must not fall between another's: it waits for the slice to end."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, cast

from tests.knife.end_state import end_state
from tests.knife.knife import Knife, under
from tests.knife.loop import OVER_S, Outcome, Story, difference, settle
from tests.world import World
from tillbridge.domain.errors import OutOfTime
from tillbridge.ports.store_api import StoreApi
from tillbridge.ports.store_reader import StoreReader
from tillbridge.usecases.store_work import StoreWorkDeps, work_on_store


class _Stop(Knife):
    """Runs something before one call, once; nobody dies."""

    def __init__(self, place: int, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self._place = place
        self._meanwhile = meanwhile
        self._stopped = False

    def before(self) -> None:
        """Run it if this is the call."""
        if len(self.calls) == self._place and not self._stopped:
            self._stopped = True
            self._meanwhile()


class _Ending:
    """A client that makes no call after its deadline, as the real ones make none."""

    def __init__(self, port: Any, world: World, deadline_ms: int) -> None:
        self._port = port
        self._world = world
        self._deadline_ms = deadline_ms

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if not callable(found) or name in ("wait_needed", "unanswered"):
            return found

        def call(*arguments: Any, **named: Any) -> Any:
            if self._world.clock.now_ms() >= self._deadline_ms:
                raise OutOfTime("There is no time left for another call in this run.")
            return found(*arguments, **named)

        return call


def meet(story: Story, *, stopped_s: int = 0) -> Outcome:
    """Let another drain run whole before each port call of `story` in turn, `stopped_s` after the
    first was stopped.

    After OVER_S only the store itself is compared: what the late drain still writes to the tables
    may replace what the other recorded, which is then sent once more."""
    calm, counted = story(), Knife()
    _drain(calm, counted)
    settle(calm)
    whole = _seen(calm, stopped_s)
    outcome = Outcome(len(counted.calls))
    for place, name in enumerate(counted.calls):
        world = story()
        _drain(world, _Stop(place, partial(_another, world, stopped_s)))
        settle(world)
        outcome.ended += 1
        found = _seen(world, stopped_s)
        if found != whole:
            outcome.differing.append(f"before call {place}, {name}: {difference(found, whole)}")
    return outcome


def _another(world: World, stopped_s: int) -> None:
    world.clock.advance(stopped_s)
    _drain(world, Knife())


def _seen(world: World, stopped_s: int) -> dict[str, Any]:
    state = end_state(world)
    return state if stopped_s < OVER_S else {"store": state["store"]}


def _drain(world: World, knife: Knife) -> None:
    work_on_store(world.connection.store, under(knife, _ending(world)))


def _ending(world: World) -> StoreWorkDeps:
    deps = world.deps
    return replace(
        deps,
        open_store=lambda connection, deadline_ms: cast(
            StoreApi, _Ending(deps.open_store(connection, deadline_ms), world, deadline_ms)
        ),
        open_reader=lambda connection, deadline_ms: cast(
            StoreReader, _Ending(deps.open_reader(connection, deadline_ms), world, deadline_ms)
        ),
        open_pos=lambda connection, deadline_ms: cast(
            Any, _Ending(deps.open_pos(connection, deadline_ms), world, deadline_ms)
        ),
    )
