"""The kill loop: a story is played whole once, then once for each point at which the process can
die."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.knife.end_state import end_state, waiting
from tests.knife.knife import Kill, Knife, under
from tests.world import World
from tillbridge.usecases.store_work import work_on_store

type Story = Callable[[], World]
"""Returns a world in which work waits. Two calls make two equal worlds."""

REDELIVERY_S = (0, 130)
"""A crash gives the signal back at once or, when nobody noticed it, after the visibility
timeout."""

OVER_S = 66
"""Nobody may work on the store of a drain that died or was stopped until then; later anybody
may."""


@dataclass
class Outcome:
    """How a story ended after a death at each point; `differing` says what differs, empty when
    nothing does."""

    points: int
    ended: int = 0
    differing: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        equal = self.ended - len(self.differing)
        return f"{self.points} points, {self.ended} ends, {equal} equal"


def play(
    story: Story,
    redelivery_s: Sequence[int] = REDELIVERY_S,
    end: Callable[[World], object] = end_state,
) -> Outcome:
    """Die after each port call of `story` in turn, for each way of redelivery. `end`: what must be
    equal in the end."""
    expected, names = _uncut(story, end)
    outcome = Outcome(len(names))
    for point in range(1, len(names) + 1):
        for seconds in redelivery_s:
            world = story()
            died = _drain(world, Knife(point))
            world.clock.advance(seconds)
            where = f"{_where(names, point)}, {seconds} s ({died})"
            _compare(outcome, world, expected, where, end)
    return outcome


def play_twice(story: Story) -> Outcome:
    """Die a second time, at each point of the redelivery."""
    expected, names = _uncut(story)
    outcome = Outcome(0)
    for point in range(1, len(names) + 1):
        for second in _while_it_dies():
            world = story()
            _drain(world, Knife(point))
            world.clock.advance(OVER_S)
            if not _drain(world, Knife(second)):
                break
            outcome.points += 1
            _compare(outcome, world, expected, f"{_where(names, point)}, then {second}")
    return outcome


def _while_it_dies() -> Iterator[int]:
    yield from range(1, 10_000)


def _uncut(story: Story, end: Callable[[World], object] = end_state) -> tuple[object, list[str]]:
    world = story()
    knife = Knife()
    _drain(world, knife)
    settle(world)
    return end(world), knife.calls


def settle(world: World) -> None:
    """Drain whenever asked to, then as the five-minute sweep does while rows are due."""
    for _ in range(20):
        world.push_until_quiet()
        if not waiting(world):
            return
        world.clock.advance(300)
    raise AssertionError(f"still waiting: {waiting(world)}")


def _where(names: list[str], point: int) -> str:
    return f"after call {point}, {names[point - 1]}"


def _drain(world: World, knife: Knife) -> bool:
    """Run one drain under the knife, and return whether it died."""
    try:
        work_on_store(world.connection.store, under(knife, world.deps))
    except Kill:
        return True
    return False


def _compare(
    outcome: Outcome,
    world: World,
    expected: object,
    where: str,
    end: Callable[[World], object] = end_state,
) -> None:
    outcome.ended += 1
    try:
        settle(world)
    except AssertionError as error:
        outcome.differing.append(f"{where}: {error}")
        return
    found = end(world)
    if found != expected:
        outcome.differing.append(f"{where}: {difference(found, expected)}")


def difference(found: object, expected: object, path: str = "") -> str:
    """Return the first place at which two end states differ."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in [*expected, *(k for k in found if k not in expected)]:
            if found.get(key) != expected.get(key):
                return difference(found.get(key), expected.get(key), f"{path}.{key}")
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for place, (one, other) in enumerate(zip(found, expected, strict=True)):
            if one != other:
                return difference(one, other, f"{path}[{place}]")
    return f"{path} is {found!r}, not {expected!r}"
