"""An import that dies after any call, while the POS goes on with what it has made so far."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.import_world import SOCK_SIZES, ImportWorld
from tests.knife.end_state import online_product
from tests.knife.inverse import shown_to_shoppers
from tests.knife.knife import Cut, Kill, Knife
from tests.knife.loop import Outcome, difference, settle
from tests.knife.taken_back import a_world
from tillbridge.domain.connection import PushContent
from tillbridge.domain.ids import PosProductId
from tillbridge.usecases.import_products.import_message import import_message

type Goes = Callable[[ImportWorld, PosProductId], None]


def _dearer(world: ImportWorld, product: PosProductId) -> None:
    world.says_saved(world.pos.edit(product, price=Decimal(77)))


def _renamed_and_back(world: ImportWorld, product: PosProductId) -> None:
    name = world.pos.records[product].name
    world.says_saved(world.pos.edit(product, name="Other"))
    world.push()
    world.says_saved(world.pos.edit(product, name=name))


def _left(_: ImportWorld, __: PosProductId) -> None:
    return


AFTER_DEATH: dict[str, Goes] = {
    "moved on": _dearer,
    "taken back": _renamed_and_back,
    "left": _left,
}
"""What the POS does with a product that the import made."""


def play_import(mode: PushContent, every: int = 1) -> Outcome:
    """Die after each port call of an import (or every `every`th), then have the POS do each of
    AFTER_DEATH to what is there, and deliver the message again."""
    counted = Knife()
    _import(_begun(mode), counted)
    outcome = Outcome(len(counted.calls))
    for what, goes in AFTER_DEATH.items():
        expected = _end(_begun(mode), goes)
        for point in range(1, len(counted.calls) + 1, every):
            world = _begun(mode)
            _import(world, Knife(point))
            found = _end(world, goes)
            outcome.ended += 1
            if found != expected:
                where = f"{what}, after call {point}, {counted.calls[point - 1]}"
                outcome.differing.append(f"{where}: {difference(found, expected)}")
    return outcome


def _begun(mode: PushContent) -> ImportWorld:
    world = a_world(mode, ImportWorld)
    assert isinstance(world, ImportWorld)
    world.sells("Lamp", "LMP-01", category="Lighting", price=Decimal(5))
    world.sells("Shade", category="Lighting", description="x" * 70_000)
    world.sells("Socks", variants=SOCK_SIZES)
    world.ask_for()
    return world


def _import(world: ImportWorld, knife: Knife) -> None:
    deps = world.deps_with(lambda port: Cut(port, knife))
    while world.queue.waiting:
        try:
            import_message(world.queue.waiting[0], deps)
        except Kill:
            return
        world.queue.waiting.popleft()


def _end(world: ImportWorld, goes: Goes) -> dict[str, Any]:
    """Have the POS go on with what is there, let the import end, have it go on with the rest, and
    return what is online."""
    early = list(world.pos.records)
    for product in early:
        goes(world, product)
    world.import_until_quiet()
    for product in [each for each in world.pos.records if each not in early]:
        goes(world, product)
    settle(world)
    ends: dict[str, Any] = {"in the POS": len(world.pos.records)}
    for number, record in world.web.records.products.items():
        shown = shown_to_shoppers(online_product(world, number))
        if shown["fields"].get("sku") == world.in_pos(record).sku:
            shown["fields"]["sku"] = "the generated one"  # another after each death
        ends[str(number)] = shown
    return ends
