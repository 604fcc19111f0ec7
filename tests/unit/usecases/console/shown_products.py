"""Products as their pages show them, of a world that pushed and compared them."""

from dataclasses import replace
from typing import Any

from tests.builders import LANTERN, STORE, a_product
from tests.console_deps import console_deps
from tests.reconcile_world import ReconcileWorld
from tests.world import World
from tillbridge.domain.field_policy import DEFAULT_MODES, FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosProductId
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.product_shown import (
    FieldShown,
    FieldState,
    ProductShown,
    VariantShown,
)
from tillbridge.usecases.console.show_product import show_product

PRODUCT = PosProductId(LANTERN)

SAME, DIFFERS, WAITS = FieldState.SAME, FieldState.DIFFERS, FieldState.WAITS

ON_PURPOSE, NOT_OURS, UNKNOWN = (
    FieldState.ON_PURPOSE,
    FieldState.NOT_OURS,
    FieldState.UNKNOWN,
)


def deps_of(world: World, **more: Any) -> ConsoleDeps:
    runs = {"runs": world.runs} if isinstance(world, ReconcileWorld) else {}
    ports = {
        "stores": world.stores,
        "views": world.read_model,
        "links": world.links,
        "pending": world.pending,
        "history": world.history,
        "open_lines": world.order_book,
        "clock": world.clock,
    }
    return console_deps(**{**ports, **runs, **more})


def shown(world: World, product: str = LANTERN, **more: Any) -> ProductShown:
    found = show_product(deps_of(world, **more), STORE, PosProductId(product))
    assert found is not None
    return found


def field(of: ProductShown | VariantShown, label: str) -> FieldShown:
    [found] = [each for each in of.fields if each.label == label]
    return found


def values(
    of: ProductShown | VariantShown, label: str
) -> tuple[str | None, str | None, FieldState]:
    found = field(of, label)
    return found.pos, found.online, found.state


def a_world(**of_product: Any) -> ReconcileWorld:
    world = ReconcileWorld()
    world.linked(a_product(brand="Harbour", condition="New", type="physical", **of_product))
    world.reconcile()
    return world


def with_modes(world: World, **modes: Mode) -> None:
    policy = FieldPolicy({**DEFAULT_MODES, **{Field(name): mode for name, mode in modes.items()}})
    world.connection = replace(
        world.connection, settings=replace(world.connection.settings, fields=policy)
    )
    world.stores.save_connection(world.connection)
