"""The story of a large import, from its claim check to the store, with a death at any point."""

from dataclasses import replace
from typing import Any, cast

from tests.builders import OWN_ACCOUNT, STORE, THE_POS
from tests.fakes.console import FakeJobs
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.parts import FakeParts
from tests.knife.end_state import end_state
from tests.knife.knife import Cut, Kill, Knife, under
from tests.knife.loop import Outcome, difference, settle
from tests.knife.stories import some
from tests.world import World
from tillbridge.adapters.messages.event_parts import body_of
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.domain.events import Event
from tillbridge.domain.ids import PosProductId
from tillbridge.usecases.record_changes import IntakeDeps, record_changes
from tillbridge.usecases.store_work import work_on_store

ROWS = 201
"""The smallest import that comes as a claim check."""

IMPORT = Event(
    "import-0000000000001",
    STORE,
    "product.imported",
    1_000,
    tuple((PosProductId(f"p-{n}"), 2) for n in range(ROWS)),
    sender=THE_POS,
)


class Queues:
    """Intake on its two queues: a message is deleted when it was handled, and comes back
    otherwise."""

    def __init__(self, world: World) -> None:
        self.parts = FakeParts()
        self.dead = FakeDeadLetters()
        self.world = world

    def handle(self, knife: Knife) -> None:
        """Handle the import, then its parts one batch after the other, each again after a death."""
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
            read=lambda body: (
                IMPORT if body == "the import" else read_message(body, _none, OWN_ACCOUNT)
            ),
            parts=cut(self.parts),
            link_requests=FakeLinkRequests(),
            jobs=FakeJobs(),
            pending=cut(world.pending),
            stores=cut(world.stores),
            signals=cut(world.signals),
            order_signals=cut(world.order_signals),
            dead_letters=self.dead,
            clock=world.clock,
        )


def _none(*_: object) -> list[tuple[PosProductId, int]]:
    raise AssertionError("a part holds its products itself")


def linked_and_changed() -> World:
    """Return a world whose products have all been changed by the import."""
    world = World()
    products = some(ROWS)
    world.linked(*products)
    for product in products:
        world.pos.save(replace(product, version=2, brand="Imported"))
    return world


def play_claim_check(every: int = 1) -> Outcome:
    """Die after each call of intake and then of push (or after every `every`th of them)."""
    whole = Knife()
    expected = end_state(_imported(whole))
    outcome = Outcome(len(whole.calls))
    for point in range(1, len(whole.calls) + 1, every):
        outcome.ended += 1
        found = end_state(_imported(Knife(point)))
        if found != expected:
            where = f"after call {point}, {whole.calls[point - 1]}"
            outcome.differing.append(f"{where}: {difference(found, expected)}")
    return outcome


def _imported(knife: Knife) -> World:
    world = linked_and_changed()
    Queues(world).handle(knife)
    try:
        work_on_store(STORE, under(knife, world.deps))
    except Kill:
        world.clock.advance(130)
    settle(world)
    return world
