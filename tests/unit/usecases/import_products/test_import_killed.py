"""An import that is killed after any call of any port ends in the same state."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import STORE
from tests.import_world import SOCK_SIZES, ImportWorld
from tillbridge.usecases.import_products.import_message import import_message


class Killed(BaseException):
    """The function is gone, with everything it knew."""


class Port:
    """A port whose calls are counted; after the last one allowed, the function is killed."""

    def __init__(self, real: Any, count: Callable[[], None]) -> None:
        self._real = real
        self._count = count

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if not callable(found):
            return found

        def call(*args: Any, **named: Any) -> Any:
            answer = found(*args, **named)
            answer = list(answer) if name == "changed" else answer
            self._count()
            return answer

        return call


def _world(*, knows_no_key: bool = False) -> ImportWorld:
    world = ImportWorld()
    world.pos.knows_no_key = world.pos.names_once = knows_no_key
    world.sells("Lamp", "LMP-01", category="Lighting")
    world.sells("Shade", category="Lighting", description="x" * 70_000)
    world.sells("Socks", variants=SOCK_SIZES)
    return world


def _run(world: ImportWorld, most: int) -> bool:
    """Import with a cold function that is killed after `most` calls, and return whether it was. The
    message stays, for another cold function."""
    left = [most]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    deps = world.deps_with(lambda port: Port(port, count))
    while world.queue.waiting:
        try:
            import_message(world.queue.waiting[0], deps)
        except Killed:
            return True
        world.queue.waiting.popleft()
    return False


def _state(world: ImportWorld) -> object:
    return (
        sorted((r.name, r.product_number, r.department) for r in world.pos.records.values()),
        world.imports.kinds(),
        {
            web: (world.link(p).status, world.link(p).id, sorted(world.link(p).held))
            for web, p in world.links.holders(STORE, list(world.web.records.products)).items()
        },
        dict(world.imports.intents(STORE, list(world.web.records.products))),
    )


@pytest.mark.parametrize("knows_no_key", [False, True])
def test_killed_after_every_call_in_turn_the_end_is_the_same(*, knows_no_key: bool) -> None:
    undisturbed = _world(knows_no_key=knows_no_key)
    undisturbed.ask_for()
    assert not _run(undisturbed, 10_000)
    wanted = _state(undisturbed)
    for most in range(1, 200):
        world = _world(knows_no_key=knows_no_key)
        world.ask_for()
        killed = _run(world, most)
        assert not _run(world, 10_000)
        world.push_until_quiet()
        assert _state(world) == wanted, f"killed after call {most}"
        # What a POS without keys made in a try that was killed is adopted, and pushed once.
        allowed = {"update_products", "update_variants"} if knows_no_key else set()
        assert set(world.writes()) <= allowed, f"killed after call {most}"
        assert len(world.writes()) == len(set(world.writes())), f"killed after call {most}"
        assert len(world.pos.made) == 3, f"killed after call {most}"
        if not killed:
            assert most > 20
            return
    raise AssertionError("an import of three products takes over 200 calls")


def test_killed_again_and_again_at_the_same_call_it_still_ends_once_left_alone() -> None:
    for most in range(1, 40):
        world = _world()
        world.ask_for()
        for _ in range(4):
            _run(world, most)
        _run(world, 10_000)
        assert len(world.pos.made) == 3
        assert set(world.imports.kinds().values()) == {"imported"}
