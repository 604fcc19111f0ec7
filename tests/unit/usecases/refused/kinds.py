"""Every way in which the content of a linked product can end without success."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tests.builders import a_jumper, a_product, a_variant, some_stock
from tests.world import World
from tillbridge.domain.errors import Clash, Refused
from tillbridge.domain.product import Barcodes, Product

type Changes = Mapping[str, Any]
type Stage = Callable[[World, Product], None]


def _nothing(world: World, product: Product) -> None:
    """Leave the store as it is."""


def _web_product(name: str, sku: str) -> Stage:
    def seeded(world: World, _: Product) -> None:
        world.web.seed(name, sku)

    return seeded


def _pos_product(name: str, sku: str) -> Stage:
    def linked(world: World, _: Product) -> None:
        world.linked(a_product("p-other", name=name, sku=sku))

    return linked


def _refuses(method: str, refusal: Refused) -> Stage:
    def staged(world: World, _: Product) -> None:
        for _number in range(60):
            world.web.fail_next(method, refusal)

    return staged


@dataclass(frozen=True, slots=True)
class Kind:
    """`changes` are what the POS changes of the product; `stage` prepares the store for it."""

    name: str
    changes: Changes
    stage: Stage = _nothing

    def __str__(self) -> str:
        return self.name


_LONG = "x" * 300
OF_ANY = (
    Kind("name_blank", {"name": ""}),
    Kind("name_too_long", {"name": _LONG}),
    Kind("sku_characters", {"sku": "A/B"}),
    Kind("sku_too_long", {"sku": _LONG}),
    Kind("price_negative", {"price": Decimal(-1)}),
    Kind("cost_negative", {"cost": Decimal(-1)}),
    Kind("barcode_too_long", {"barcodes": Barcodes(upc="1" * 15)}),
    Kind("text_too_long", {"bin_picking_number": _LONG}),
    Kind("no_such_choice", {"condition": "Chewed"}),
    Kind("too_much_text", {"images": tuple(f"https://x/{n}{_LONG}" for n in range(1_000))}),
    Kind("unreadable", {"unreadable": "name"}),
    Kind("name of a web product", {"name": "Taken"}, _web_product("Taken", "")),
    Kind("SKU of a web product", {"sku": "TAKEN"}, _web_product("Other", "TAKEN")),
    Kind("name of a POS product", {"name": "Taken"}, _pos_product("Taken", "OTHER")),
    Kind("SKU of a POS product", {"sku": "TAKEN"}, _pos_product("Other", "TAKEN")),
    Kind("409", {}, _refuses("update_products", Clash(409, "duplicate"))),
    Kind("422", {}, _refuses("update_products", Refused(422, "no", {"price": "odd"}))),
)
"""Of a simple product, or of one with variants."""

_SIZES = ("S", "M")


def _with(*variants: Any) -> Changes:
    return {"variants": tuple(variants)}


def _sizes(first: Changes) -> Changes:
    return _with(a_variant("S", **first), a_variant("M"))


def _and_new(**new: Any) -> Changes:
    return _with(*map(a_variant, _SIZES), a_variant("L", **new))


OF_VARIANTS = (
    Kind("a new variant without an option value", _and_new(option_values=(("Size", ""),))),
    Kind("a new variant with options that are there", _and_new(option_values=(("Size", "M"),))),
    Kind("a new variant with a long option", _and_new(option_values=(("Size", _LONG),))),
    Kind("a new variant without a SKU", _and_new(sku="")),
    Kind("a new variant with an odd SKU", _and_new(sku="J/L")),
    Kind("a new variant with a SKU that is there", _and_new(sku="JUMPER-M")),
    Kind("a new variant with the SKU of a web product", _and_new(), _web_product("O", "JUMPER-L")),
    Kind("a variant with an odd SKU", _sizes({"sku": "J/S"})),
    Kind("a variant with a negative price", _sizes({"price": Decimal(-1)})),
    Kind("a variant with a long barcode", _sizes({"barcodes": Barcodes(upc="1" * 15)})),
    Kind("a variant with a SKU taken", _sizes({"sku": "TAKEN"}), _web_product("O", "TAKEN")),
    Kind("a batch of variants refused", {}, _refuses("update_variants", Refused(422, "no"))),
    Kind("an option refused", _and_new(), _refuses("add_option_value", Refused(422, "no"))),
    Kind(
        "a variant that stays",
        _with(a_variant("S")),
        _refuses("delete_variant", Refused(422, "no")),
    ),
    Kind(
        "too many variants",
        _with(*map(a_variant, _SIZES), *(a_variant(f"L{n}") for n in range(600))),
    ),
    Kind(
        "too many option values",
        _with(*map(a_variant, _SIZES), *(a_variant(f"L{n}") for n in range(251))),
    ),
)
"""Of a product with variants."""

CASES = [
    *((a_product, kind) for kind in OF_ANY),
    *((a_jumper, kind) for kind in (*OF_ANY, *OF_VARIANTS)),
]


def named(value: object) -> str:
    """Return a test's id for a product's maker or a kind: the same in every process."""
    return str(getattr(value, "__name__", value))


def refused(product: Product, kind: Kind, on_hand: int, version: int = 2) -> Product:
    """Return the product as the POS changes it, each unit of it counted anew."""
    changed = replace(product, version=version, **kind.changes)
    stock = (some_stock(on_hand),)
    return replace(
        changed,
        stock=() if changed.variants else stock,
        variants=tuple(replace(each, stock=stock) for each in changed.variants),
    )


def levels_online(world: World, product: Product) -> set[int]:
    """Return the levels online of those variants, or of the product, that stay in the POS."""
    link = world.link(product)
    assert link.id is not None
    there = world.web[link.id]
    if not product.variants:
        return set(there.levels.values())
    wanted = {variant.id for variant in product.variants}
    return {
        level
        for key, linked in link.variants.items()
        if key in wanted and linked.id in there.variants
        for level in there.variants[linked.id].levels.values()
    }
