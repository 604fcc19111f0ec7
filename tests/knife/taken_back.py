"""What the POS changes while a drain dies, and what it does next: it takes the change back, moves on
to something else, or leaves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from tests.builders import a_connection, a_jumper, a_product, a_variant, some_stock
from tests.knife.stories import new_world, some
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.product import Product


@dataclass(frozen=True)
class Change:
    """Linked products as they were, as they are changed, and as they are moved on to."""

    before: Sequence[Product]
    after: Sequence[Product]
    onward: Sequence[Product]
    trigger: str = "product.saved"
    either_order: ClassVar[bool] = False

    def begun(self, mode: PushContent) -> World:
        """Return a world whose products are linked and have been changed."""
        world = a_world(mode)
        world.linked(*versions(1, self.before))
        world.happens(self.trigger, *versions(2, self.after))
        return world

    def refused(self, mode: PushContent) -> World | None:
        """Return a world in which what was asked is refused, if that is a right answer too."""
        del mode
        return None

    def goes_on(self, world: World, to: Sequence[Product]) -> None:
        """Have the POS change the products once more."""
        world.happens(self.trigger, *versions(3, to))


@dataclass(frozen=True)
class Create(Change):
    """Products that a person pushes and that are not online yet."""

    either_order: ClassVar[bool] = True

    def begun(self, mode: PushContent) -> World:
        """Return a world in which a person pushed the products."""
        world = a_world(mode)
        world.ask(*versions(2, self.after))
        return world


def a_world(mode: PushContent, make: Callable[[], World] = new_world) -> World:
    """Return a world, made by `make`, of a store that pushes content in this way."""
    world = make()
    connection = replace(a_connection(), settings=Settings(push_content=mode))
    world.connection = connection
    world.stores.save_connection(connection)
    return world


def versions(number: int, products: Sequence[Product]) -> list[Product]:
    """Return the products at this version."""
    return [replace(product, version=number) for product in products]


def _picture(name: str) -> str:
    return f"https://cdn.example/{name}.jpg"


def shows(*names: str) -> Product:
    """Return the lantern with these pictures."""
    return a_product(images=tuple(_picture(name) for name in names))


def _with_option(name: str, *sizes: str, **overrides: Any) -> Product:
    variants = tuple(replace(a_variant(s), option_values=((name, s),)) for s in sizes)
    return a_jumper(*sizes, options=(name,), variants=variants, **overrides)


def _pair(one: str, other: str) -> list[Product]:
    return [a_product("p-a", name=one, sku="SA"), a_product("p-b", name=other, sku="SB")]


def _skus(one: str, other: str) -> Product:
    variants = (a_variant("S", sku=one), a_variant("M", sku=other))
    return a_jumper("S", "M", variants=variants)


def _simple_jumper() -> Product:
    return a_product("p-jumper", name="Fisherman's Jumper", sku="JUMPER-S")


def _sold(on_hand: int) -> Product:
    return a_product(stock=(some_stock(on_hand),))


def _one(
    before: Product, after: Product, onward: Product, trigger: str = "product.saved"
) -> Change:
    return Change([before], [after], [onward], trigger)


def _many(brand: str) -> list[Product]:
    return some(4, brand=brand, department=brand)


CREATES: dict[str, Change] = {
    "create": Create(
        [a_product(price=Decimal(10))],
        [replace(shows("a"), price=Decimal(99))],
        [replace(shows("b"), price=Decimal(50), active=False)],
    ),
    "create renamed": Create(
        [a_product(name="Alpha", sku="SA")],
        [a_product(name="Beta", sku="SB")],
        [a_product(name="Gamma", sku="SC")],
    ),
    "create deleted": Create(
        [replace(a_product(), deleted=True)], [a_product()], [a_product(active=False)]
    ),
    "create with variants": Create(
        [a_jumper("S", "M", price=Decimal(10))],
        [a_jumper("S", "M", price=Decimal(99))],
        [a_jumper("S", "M", active=False)],
    ),
    "create with changing variants": Create(
        [a_jumper("S", "M")], [a_jumper("S", "M", "L")], [a_jumper("M", "XL")]
    ),
    "create that gets variants": Create(
        [a_jumper("S", "M")], [_simple_jumper()], [a_jumper("M", "L")]
    ),
    "create that loses variants": Create(
        [_simple_jumper()], [a_jumper("S", "M")], [_with_option("Fit", "S", "M")]
    ),
    "create many": Create(_many("One"), _many("Two"), _many("Three")),
}
"""By what is created."""

CHANGES: dict[str, Change] = {
    "price": _one(
        a_product(price=Decimal(10)), a_product(price=Decimal(99)), a_product(price=Decimal(50))
    ),
    "hide": _one(a_product(), a_product(active=False), a_product(price=Decimal(7))),
    "show": _one(a_product(active=False), a_product(), a_product(active=False, name="Other")),
    "delete": _one(a_product(), replace(a_product(), deleted=True), a_product(price=Decimal(7))),
    "image added": _one(shows("a"), shows("a", "b"), shows("a", "c")),
    "image removed": _one(shows("a", "b"), shows("a"), shows("b", "c")),
    "images replaced": _one(shows("a", "b"), shows("c", "d"), shows("d", "a", "e")),
    "variant added": _one(a_jumper("S", "M"), a_jumper("S", "M", "L"), a_jumper("S", "M", "XL")),
    "variant removed": _one(a_jumper("S", "M"), a_jumper("S"), a_jumper("M", "L")),
    "option renamed": _one(
        _with_option("Size", "S", "M"), _with_option("Fit", "S", "M"), _with_option("Cut", "S")
    ),
    "variants come": _one(_simple_jumper(), a_jumper("S", "M"), a_jumper("M", "L")),
    "variants go": _one(a_jumper("S", "M"), _simple_jumper(), a_jumper("S", "L")),
    "sizes and pictures": _one(
        a_jumper("S", "M", images=(_picture("a"),)),
        a_jumper("M", "L", images=(_picture("b"),)),
        a_jumper("S", images=(_picture("a"), _picture("c"))),
    ),
    "name": _one(a_product(), a_product(name="Other"), a_product(name="Third")),
    "names swapped": Change(_pair("Alpha", "Beta"), _pair("Beta", "Alpha"), _pair("Beta", "Gamma")),
    "SKUs of variants swapped": _one(
        _skus("JUMPER-S", "JUMPER-M"), _skus("JUMPER-M", "JUMPER-S"), _skus("JUMPER-M", "JUMPER-X")
    ),
    "tracking": _one(a_product(), a_product(track_stock=False), a_product(stock=(some_stock(2),))),
    "stock": _one(_sold(5), _sold(4), _sold(2), "sale.completed"),
    "stock of a size": _one(
        a_jumper("S", "M"),
        a_jumper("S", "M", variants=(a_variant("S", stock=(some_stock(1),)), a_variant("M"))),
        a_jumper("S", "M", variants=(a_variant("S", stock=(some_stock(0),)), a_variant("M"))),
        "sale.completed",
    ),
}
"""By what changes."""

NEXT: dict[str, Callable[[Change], Sequence[Product]]] = {
    "taken back": lambda change: change.before,
    "moved on": lambda change: change.onward,
    "left": lambda change: change.after,
}
"""What the POS does after the death."""
