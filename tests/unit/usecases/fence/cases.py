"""The stories, the steps that each reaches, and the cases: a bug in one of those steps."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.builders import STORE
from tests.faults import heard
from tests.steps import Step, watched
from tests.unit.usecases.fence.changes import (
    clashes,
    comes_back,
    deleted_online,
    hidden,
    images,
    images_not_there,
    not_found,
    passed_over,
    refused,
    shapes,
    stock,
    stock_refused,
    swaps,
    unknown,
    updates,
    variants,
    variants_deleted_online,
)
from tests.unit.usecases.fence.creates import (
    clashing_creates,
    creates,
    creates_to_look_for,
    creates_with_sizes,
    empty_indexes,
    impossible,
    lost_creates,
    made_again,
)
from tests.unit.usecases.fence.shelf import BAD
from tests.world import World

STORIES: list[Callable[[World], None]] = [
    creates, empty_indexes, creates_with_sizes, lost_creates, creates_to_look_for, updates, variants, images,
    shapes, hidden, stock, stock_refused, impossible, refused, clashes, clashing_creates, swaps,
    deleted_online, not_found, variants_deleted_online, comes_back, images_not_there, made_again,
    passed_over, unknown,
]  # fmt: skip


def marks_in(world: World) -> Callable[[], frozenset[object]]:
    """Return what tells the bad product from the others: its id, names and codes, as they are now."""

    def marks() -> frozenset[object]:
        link = world.links._links.get((STORE, BAD))
        own = {BAD, f"Lamp {BAD}", f"SKU-{BAD}", f"Jumper {BAD}"}
        return frozenset(own | ({link.id} if link is not None and link.id else set()))

    return marks


@dataclass(frozen=True)
class Case:
    """A story, and the step in which the bug is."""

    story: Callable[[World], None]
    step: Step

    def __str__(self) -> str:
        return f"{self.story.__name__}-{self.step}"


def play(world: World) -> None:
    """Push three times, a minute apart."""
    for _ in range(3):
        world.push()
        world.clock.advance(61)


def _reached() -> dict[Callable[[World], None], list[Step]]:
    found: dict[Callable[[World], None], list[Step]] = {}
    for story in STORIES:
        world = World()
        with heard():
            story(world)
            seen: dict[Step, None] = {}
            with watched(world, marks_in(world), seen.setdefault, known=seen):
                play(world)
        found[story] = sorted(seen)
    return found


REACHED = _reached()

MOST_STORIES = 2
"""Stories in which a step fails; more would show little more."""


def cases() -> list[Case]:
    """Return the cases, each step in the first stories that reach it."""
    met: Counter[Step] = Counter()
    found: list[Case] = []
    for story, reached in REACHED.items():
        for step in reached:
            met[step] += 1
            if met[step] <= MOST_STORIES:
                found.append(Case(story, step))
    return found
