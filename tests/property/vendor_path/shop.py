"""What people do in the shop. Each act takes dice of its own, so that a walk without one of its steps is still a walk."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from pydantic import ValidationError

from sandbox.pos.inputs import ProductInput
from sandbox.pos.model import Outlet, Product
from sandbox.pos.refusal import PosRefusal
from tests.property.vendor_path.world import World

type ShopAct = Callable[[World, Random], None]

MOST = 14
NAMES = [f"Thing {n}" for n in range(40)]
SKUS = [f"SKU-{n}" for n in range(80)]
BRANDS = ["", "Oak", "Pine", "Ash"]
VENDORS = [None, "Peak", "Vale"]
DEPARTMENTS = [None, "Lamps", "Chairs"]
SIZES = ["S", "M", "L", "XL"]
PICTURES = [f"https://img.example/{n}.jpg" for n in range(6)]


def living(world: World) -> list[Product]:
    """Return the products of the shop, in an order that is the same in every run."""
    return sorted(world.vendor.cloud.catalogue.live(), key=lambda each: each.id)


def _free(world: World, pool: list[str], dice: Random, taken: set[str]) -> str:
    return dice.choice([each for each in pool if each not in taken])


def _free_name(world: World, dice: Random) -> str:
    return _free(world, NAMES, dice, {each.name for each in living(world)})


def _free_sku(world: World, dice: Random, *others: str) -> str:
    taken = {sku for each in living(world) for sku in each.skus()}
    return _free(world, SKUS, dice, taken | set(others))


def _content(world: World, dice: Random) -> dict[str, Any]:
    world.saves += 1
    return {
        "description_html": f"<p>save {world.saves}</p>",
        "price": f"{dice.randrange(1, 9_999) / 100:.2f}",
        "cost": f"{dice.randrange(1, 999) / 100:.2f}",
        "brand": dice.choice(BRANDS),
        "vendor": dice.choice(VENDORS),
        "department": dice.choice(DEPARTMENTS),
        "product_number": dice.choice(["", f"N-{dice.randrange(99)}"]),
        "barcodes": dice.choice([[], [{"type": "UPC", "code": f"{dice.randrange(10**11):012}"}]]),
    }


def _save(world: World, *saves: Mapping[str, Any]) -> None:
    try:
        world.vendor.cloud.save_products([dict(each) for each in saves])
    except (PosRefusal, ValidationError):
        world.refused += 1


def _stock(world: World, dice: Random) -> dict[str, str]:
    outlets = world.vendor.cloud.catalogue.outlets
    return {each.id: str(dice.randrange(9)) for each in outlets if dice.random() < 0.8}


def _variant(world: World, dice: Random, size: str, sku: str) -> dict[str, Any]:
    return {
        "sku": sku,
        "price": f"{dice.randrange(1, 9_999) / 100:.2f}",
        "cost": f"{dice.randrange(1, 999) / 100:.2f}",
        "option_values": [{"name": "Size", "value": size}],
        "stock": _stock(world, dice),
    }


def makes(world: World, dice: Random) -> None:
    """Make a product, with or without variants."""
    if len(living(world)) >= MOST:
        return
    world.made += 1
    fields: dict[str, Any] = {"id": f"p-{world.made}", "name": _free_name(world, dice)}
    fields |= _content(world, dice) | {"track_stock": dice.random() < 0.85}
    if dice.random() < 0.4:
        skus: list[str] = []
        for _ in range(dice.choice([1, 2, 3])):
            skus.append(_free_sku(world, dice, *skus))
        sizes = dice.sample(SIZES, len(skus))
        fields["variants"] = [
            _variant(world, dice, *each) for each in zip(sizes, skus, strict=True)
        ]
    else:
        fields |= {"sku": _free_sku(world, dice), "stock": _stock(world, dice)}
    _save(world, fields)


def saves(world: World, dice: Random) -> None:
    """Save another content of a product."""
    if found := living(world):
        _save(world, {"id": dice.choice(found).id} | _content(world, dice))


def renames(world: World, dice: Random) -> None:
    """Give a product another name, or two products each other's."""
    found = living(world)
    if len(found) > 1 and dice.random() < 0.3:
        one, two = dice.sample(found, 2)
        _save(world, {"id": one.id, "name": two.name}, {"id": two.id, "name": one.name})
    elif found:
        _save(world, {"id": dice.choice(found).id, "name": _free_name(world, dice)})


def changes_sku(world: World, dice: Random) -> None:
    """Give a product or a variant another SKU, or two products each other's."""
    found = living(world)
    plain = [each for each in found if not each.variants]
    if len(plain) > 1 and dice.random() < 0.3:
        one, two = dice.sample(plain, 2)
        _save(world, {"id": one.id, "sku": two.sku}, {"id": two.id, "sku": one.sku})
    elif found:
        product = dice.choice(found)
        if not product.variants:
            _save(world, {"id": product.id, "sku": _free_sku(world, dice)})
            return
        rows = _rows(product)
        dice.choice(rows)["sku"] = _free_sku(world, dice)
        _save(world, {"id": product.id, "variants": rows})


def _rows(product: Product) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "sku": each.sku,
            "option_values": [{"name": n, "value": v} for n, v in each.option_values],
        }
        for each in product.variants
    ]


def changes_variants(world: World, dice: Random) -> None:
    """Add a variant, take one away (the parent, too), change a variant's price, or make a product one with or without
    variants."""
    if not (found := living(world)):
        return
    product = dice.choice(found)
    rows, kind = _rows(product), dice.random()
    free = [
        size
        for size in SIZES
        if size not in {v for x in product.variants for _, v in x.option_values}
    ]
    if rows and kind < 0.35:
        rows.remove(rows[0] if dice.random() < 0.5 else dice.choice(rows))
    elif rows and kind < 0.6:
        dice.choice(rows)["price"] = f"{dice.randrange(1, 9_999) / 100:.2f}"
    elif rows and kind < 0.7:
        dice.shuffle(rows)
    elif free:
        size, sku = dice.choice(free), _free_sku(world, dice)
        rows.insert(dice.randrange(len(rows) + 1), _variant(world, dice, size, sku))
    fields: dict[str, Any] = {"id": product.id, "variants": rows}
    if product.variants and not rows:
        fields |= {"sku": _free_sku(world, dice), "stock": _stock(world, dice)}
    _save(world, fields)


def deletes(world: World, dice: Random) -> None:
    """Delete a product."""
    if found := living(world):
        world.vendor.cloud.delete_product(dice.choice(found).id)


def restores(world: World, dice: Random) -> None:
    """Save a deleted product anew."""
    every, _ = world.vendor.cloud.catalogue.page(0, 10_000, include_deleted=True)
    vanished = world.vanished
    gone = sorted(p.id for p in every if p.deleted_at is not None and p.id not in vanished)
    if gone and len(living(world)) < MOST:
        product = world.vendor.cloud.catalogue.find(dice.choice(gone))
        assert product is not None
        name = {"name": _free_name(world, dice)}
        skus = {sku for each in living(world) for sku in each.skus()}
        if not skus.intersection(product.skus()):
            _save(world, {"id": product.id} | name | _content(world, dice))


def vanishes(world: World, dice: Random) -> None:
    """Have a product be gone without a tombstone."""
    if found := living(world):
        product = dice.choice(found).id
        world.vanished.add(product)
        world.vendor.control.vanish(product)


def hides(world: World, dice: Random) -> None:
    """Make a product inactive, or active."""
    if found := living(world):
        product = dice.choice(found)
        _save(world, {"id": product.id, "active": not product.active})


def tracks(world: World, dice: Random) -> None:
    """Track the stock of a product no longer, or again."""
    if found := living(world):
        product = dice.choice(found)
        fields: dict[str, Any] = {"id": product.id, "track_stock": not product.track_stock}
        if product.variants:
            fields["variants"] = _rows(product)
        _save(world, fields)


def pictures(world: World, dice: Random) -> None:
    """Give a product other pictures."""
    if found := living(world):
        urls = dice.sample(PICTURES, dice.randrange(3))
        _save(world, {"id": dice.choice(found).id, "images": [{"url": url} for url in urls]})


def moves_stock(world: World, dice: Random) -> None:
    """Sell, return, count, receive or transfer units."""
    if not (found := living(world)):
        return
    cloud, product = world.vendor.cloud, dice.choice(found)
    line: dict[str, Any] = {"product_id": product.id}
    if product.variants:
        line["variant_id"] = dice.choice(product.variants).id
    outlets = [each.id for each in cloud.catalogue.outlets]
    outlet, units = dice.choice(outlets), str(dice.randrange(1, 5))
    act = dice.randrange(6)
    try:
        if act == 0:
            cloud.sell([line | {"quantity": units}], outlet_id=outlet)
        elif act == 1:
            cloud.refund([line | {"quantity": units}], outlet_id=outlet)
        elif act == 2:
            cloud.inventory_count([line | {"counted": units}], outlet_id=outlet)
        elif act == 3:
            cloud.stock_order([line | {"received": units}], outlet_id=outlet)
        elif act == 4:
            cloud.sell([line | {"quantity": units}], outlet_id=outlet, layaway=True)
        else:
            source, destination = dice.sample(outlets, 2)
            moved = [line | {"quantity": units}]
            cloud.stock_transfer(moved, source=source, destination=destination)
    except PosRefusal:
        world.refused += 1


def outlet_turns(world: World, dice: Random) -> None:
    """Close an outlet, or open one again."""
    catalogue = world.vendor.cloud.catalogue
    place = dice.randrange(len(catalogue.outlets))
    outlets = list(catalogue.outlets)
    there = outlets[place]
    outlets[place] = Outlet(there.id, there.name, active=not there.active)
    catalogue.outlets = tuple(outlets)


def imports_csv(world: World, dice: Random) -> None:
    """Import a file that changes everything, 300 rows at most."""
    if given := [{"id": each.id} | _content(world, dice) for each in living(world)]:
        inputs = [ProductInput.model_validate(each) for each in given]
        world.vendor.cloud.import_products(inputs, "all.csv", len(inputs))


def renames_a_name(world: World, dice: Random) -> None:
    """Rename a brand, so that no product's version tells of it."""
    if names := sorted({each.brand for each in living(world)} - {""}):
        world.renamed += 1
        world.vendor.control.rename("brand", dice.choice(names), f"Brand {world.renamed}")


def stray_level(world: World, dice: Random) -> None:
    """Have the vendor tell a level of a product that no list shows."""
    world.vendor.control.stray_level()


SHOP: Mapping[ShopAct, int] = {
    makes: 10,
    saves: 8,
    renames: 5,
    changes_sku: 5,
    changes_variants: 10,
    deletes: 4,
    restores: 4,
    vanishes: 1,
    hides: 3,
    tracks: 2,
    pictures: 4,
    moves_stock: 16,
    outlet_turns: 1,
    imports_csv: 1,
    renames_a_name: 1,
    stray_level: 1,
}
