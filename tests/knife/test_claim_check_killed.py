"""A large import whose intake dies after every port call in turn: redelivered, all rows are there."""

from dataclasses import replace
from typing import Any, cast

from tests.builders import STORE
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.parts import FakeParts
from tests.knife.knife import Cut, Kill, Knife
from tests.knife.loop import settle
from tests.knife.stories import some
from tests.world import World
from tillbridge.adapters.bus_events import read_message
from tillbridge.adapters.claim_parts import body_of
from tillbridge.domain.events import Event
from tillbridge.domain.ids import PosProductId
from tillbridge.usecases.record_changes import IntakeDeps, record_changes

ROWS = 250
IMPORT = Event(
    "import-0000000000001",
    STORE,
    "product.imported",
    1_000,
    tuple((PosProductId(f"p-{n}"), 2) for n in range(ROWS)),
)


class Queue:
    """Intake on its two queues: a message goes when it was handled, and comes back when not."""

    def __init__(self, world: World) -> None:
        self.parts = FakeParts()
        self.dead = FakeDeadLetters()
        self.world = world

    def handle(self, knife: Knife) -> None:
        """The import, then its parts one batch after the other, each again after a death."""
        self._until_handled(["the import"], knife)
        batches = [[body_of(part)] for part in self.parts.sent]
        for batch in batches:
            self._until_handled(batch, knife)

    def _until_handled(self, bodies: list[str], knife: Knife) -> None:
        try:
            record_changes(bodies, self._deps(knife))
        except Kill:
            knife.after = None
            record_changes(bodies, self._deps(knife))

    def _deps(self, knife: Knife) -> IntakeDeps:
        def cut(port: Any) -> Any:
            return cast(Any, Cut(port, knife))

        world = self.world
        return IntakeDeps(
            read=lambda body: IMPORT if body == "the import" else read_message(body, _none),
            parts=cut(self.parts),
            pending=cut(world.pending),
            stores=cut(world.stores),
            signals=cut(world.signals),
            dead_letters=self.dead,
            clock=world.clock,
        )


def _none(*_: object) -> list[tuple[PosProductId, int]]:
    raise AssertionError("a part holds its products itself")


def _rows(world: World) -> set[tuple[str, str, int]]:
    return {(row.lane.value, str(row.product), row.version) for row in world.pending.rows}


def test_intake_of_a_large_import_may_die_after_any_call() -> None:
    whole = Knife()
    calm = World()
    Queue(calm).handle(whole)
    assert len(_rows(calm)) == ROWS
    assert len(whole.calls) > ROWS
    for point in range(1, len(whole.calls) + 1):
        world = World()
        queue = Queue(world)
        queue.handle(Knife(point))
        assert _rows(world) == _rows(calm), f"after call {point}, {whole.calls[point - 1]}"
        assert world.signals.signalled, "somebody must drain what was marked"
        assert not queue.dead.letters


def test_what_a_dying_intake_marked_is_pushed_once() -> None:
    products = some(ROWS)
    world = World()
    world.linked(*products)
    for product in products:
        world.pos.save(replace(product, version=2, brand="Imported"))
    Queue(world).handle(Knife(77))
    settle(world)
    sent = [
        item["id"]
        for called in world.web.log
        for item in called.sent
        if called.method == "update_products"
    ]
    assert len(sent) == len(set(sent)) == ROWS
