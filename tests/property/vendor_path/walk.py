"""A walk: steps by a seed, then rest, then judgement; and the shortest walk that goes wrong in the same way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from sandbox.lightspeed_x.state.ids import made_id
from tests.property.vendor_path.hazards import HAZARDS
from tests.property.vendor_path.people import PEOPLE
from tests.property.vendor_path.referee import Referee
from tests.property.vendor_path.shop import SHOP, makes
from tests.property.vendor_path.truth import wrong
from tests.property.vendor_path.world import World
from tillbridge.domain.connection import PushContent, Settings

type Act = Callable[[World, Random], None]

ACTS: dict[str, tuple[Act, int]] = {
    act.__name__: (act, weight)
    for table in (SHOP, PEOPLE, HAZARDS)
    for act, weight in table.items()
}
A_DAY_S = 26 * 3_600


@dataclass(frozen=True, slots=True)
class Step:
    """An act by its name, with dice of its own: a walk without one of its steps rolls the same for the others."""

    act: str
    seed: int


def steps_of(seed: int, number: int) -> list[Step]:
    """Return the steps of a seed."""
    dice = Random(seed)
    names, weights = list(ACTS), [weight for _, weight in ACTS.values()]
    return [Step(name, dice.randrange(2**32)) for name in dice.choices(names, weights, k=number)]


def settings_of(seed: int) -> Settings:
    """Return the store's settings in the walk of a seed."""
    dice = Random(~seed)
    return Settings(
        outlets=dice.choice([frozenset(), frozenset({made_id("outlet", "o-main")})]),
        safety_stock=dice.choice([0, 0, 2]),
        push_content=dice.choice(list(PushContent)),
    )


def walk(
    seed: int, steps: Sequence[Step], told: Callable[[str], None] = lambda _: None
) -> list[str]:
    """Take these steps, let everything come to rest, and return what is wrong then or was wrong on the way."""
    world = World(settings_of(seed), registers=1)
    with world.open():
        referee = Referee(world)
        for number in range(5):
            makes(world, Random(seed + number))
        world.minutes(2)
        for step in steps:
            told(f"{step.act} {step.seed}")
            ACTS[step.act][0](world, Random(step.seed))
            if referee.wrong:
                return [f"{step}: {each}" for each in referee.wrong]
        come_to_rest(world)
        referee.owned()
        return [*referee.wrong, *wrong(world)]


def come_to_rest(world: World) -> None:
    """End all that is wrong, then go on through a night and its whole walk until nothing is left to do."""
    control = world.vendor.control
    control.hazards()
    control.hooks()
    control.commit()
    world.web.store.clear_hazards()
    world.bus.refuses = 0
    world.minutes(12)
    if world.vendor.went_back:
        world.adopt()
    world.minutes(20)  # - a store that failed is woken after a quarter of an hour at most
    world.clock.advance(A_DAY_S)
    world.minutes(12)
    if again := sorted(x.product for x in world.every_link() if x.problem or x.id in world.edited):
        world.push(*again)  # - what a person does when words say so, or the web was edited
    for _ in range(60):
        world.minutes()
        if world.is_quiet() and world.vendor.polls.state.walk is None:
            world.clock.advance(5)  # - the store applies levels a moment after it has answered
            return
    raise AssertionError("no rest")


def shortest(steps: Sequence[Step], fails: Callable[[Sequence[Step]], bool]) -> list[Step]:
    """Return as few of the steps as still go wrong."""
    found, size = list(steps), max(1, len(steps) // 2)
    while size:
        at = 0
        while at < len(found):
            fewer = found[:at] + found[at + size :]
            if fails(fewer):
                found = fewer
            else:
                at += size
        size //= 2
    return found
