"""What people ask of links, and what reconcile has repaired, while a drain dies and the POS goes on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from typing import ClassVar

from tests.builders import LANTERN, STORE, a_jumper, a_product
from tests.knife.taken_back import Change, a_world, shows, versions
from tests.reconcile_world import ReconcileWorld
from tests.world import World
from tillbridge.domain.connection import PushContent
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind, UndoOf
from tillbridge.domain.product import Product
from tillbridge.domain.run import Request


@dataclass(frozen=True)
class Asked(Change):
    """A product that exists on both sides, and what a person asks of its link."""

    kind: LinkRequestKind = LinkRequestKind.LINK
    either_order: ClassVar[bool] = True

    def refused(self, mode: PushContent) -> World | None:
        """Return a world in which an undo was not done, which is its honest answer when a call
        fails."""
        if self.kind is not LinkRequestKind.UNDO:
            return None
        return replace(self, kind=LinkRequestKind.LINK).begun(mode)

    def begun(self, mode: PushContent) -> World:
        """Return a world in which the request waits; for all but a link the product is linked."""
        world = a_world(mode)
        shown = world.web.seed("Lantern (web)", "WEB-LANTERN", price=Decimal(55)).id
        for product in versions(1, self.before):
            world.pos.save(product)
        if self.kind is not LinkRequestKind.LINK:
            _ask(world, LinkRequestKind.LINK, shown)
            world.push_until_quiet()
            world.web.log.clear()
        _ask(world, self.kind, shown)
        return world


def _ask(world: World, kind: LinkRequestKind, shown: StoreProductId) -> None:
    web = shown if kind is LinkRequestKind.LINK else None
    event = LinkEvent(f"e-{kind}", STORE, kind, ((PosProductId(LANTERN), web),), job=f"j-{kind}")
    world.link_requests.put(event.requests(count()))


@dataclass(frozen=True)
class Undone(Change):
    """A linked product that was changed online, pushed by hand over that, and the undo of that push."""

    either_order: ClassVar[bool] = True
    job: ClassVar[str] = "the-job-of-the-push"

    def refused(self, mode: PushContent) -> World | None:
        """Return a world in which the undo was not done, which is its honest answer when a call fails."""
        return self._pushed(mode)

    def begun(self, mode: PushContent) -> World:
        """Return a world in which the undo waits."""
        world = self._pushed(mode)
        asked = ((PosProductId(LANTERN), None),)
        event = LinkEvent("e-undo", STORE, LinkRequestKind.UNDO, asked, undoes=UndoOf(self.job))
        world.link_requests.put(event.requests(count()))
        return world

    def _pushed(self, mode: PushContent) -> World:
        world = a_world(mode)
        world.linked(*versions(1, self.before))
        for there in world.web.records.products.values():
            there.fields |= {"price": Decimal(55), "name": "Lantern (web)"}
        world.ask(*versions(1, self.before), job=self.job)
        world.push_until_quiet()
        return world


@dataclass(frozen=True)
class Repair(Change):
    """Linked products that somebody spoiled online, and reconcile's repair of them."""

    spoil: Callable[[World], None] = lambda _: None

    def begun(self, mode: PushContent) -> World:
        """Return a world in which reconcile has marked the repairs."""
        world = a_world(mode, ReconcileWorld)
        assert isinstance(world, ReconcileWorld)
        world.linked(*versions(1, self.before))
        self.spoil(world)
        run = world.reconcile()
        world.reconcile(Request(approve=run.id, by="anna"))
        assert world.pending.rows, f"reconcile repaired nothing: {run.note}"
        return world


def _spoil_fields(world: World) -> None:
    for there in world.web.records.products.values():
        there.fields |= {"price": Decimal(1), "name": f"Spoiled {there.id}"}
        there.levels[1] = 999


def _delete_a_size(world: World) -> None:
    for there in world.web.records.products.values():
        there.variants.pop(next(iter(there.variants)))


type _Three = tuple[list[Product], list[Product], list[Product]]

_LANTERN: _Three = (
    [a_product(price=Decimal(10))],
    [a_product(price=Decimal(10))],
    [a_product(price=Decimal(50))],
)
_JUMPER: _Three = ([a_jumper("S", "M")], [a_jumper("S", "M")], [a_jumper("M", "L")])

BY_HAND: dict[str, Change] = {
    "link": Asked(*_LANTERN),
    "link of a picture": Asked([shows("a")], [shows("a")], [shows("b")]),
    "unlink": Asked(*_LANTERN, kind=LinkRequestKind.UNLINK),
    "undo": Asked(*_LANTERN, kind=LinkRequestKind.UNDO),
    "undo of a push": Undone(*_LANTERN),
    "repair": Repair(*_LANTERN, spoil=_spoil_fields),
    "repair of a size": Repair(*_JUMPER, spoil=_delete_a_size),
}
"""By what is asked for."""
