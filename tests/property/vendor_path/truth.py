"""What must be online at rest, read from the shop itself and from the store itself, never from the mirror, and compared by
the rules of `tillbridge verify`, which shares no mapping with push."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cli.sides.compare import link_row, settings_row
from cli.verify.product import differences
from cli.verify.store_reader import Online
from sandbox.bigcommerce.lab.audit import duplicates
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.pos.model import Barcode, Level, Product, Variant
from tests.property.vendor_path.world import World, stock_of
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.polling import Told

type Json = dict[str, Any]


def wrong(world: World) -> list[str]:
    """Return what breaks a promise now that everything has come to rest, in words."""
    found = [*_not_equal(world), *_twice(world), *_untold(world), *_homeless(world)]
    found += [f"dead letter: {each}" for each in world.dead_letters.letters]
    if world.vendor.account.quota.refused and not world.others_spent:
        found.append(f"{world.vendor.account.quota.refused} calls above the vendor's quota")
    return found


def _not_equal(world: World) -> Iterator[str]:
    products, levels = world.web.products(), world.web.levels()
    online = _online(products, levels)
    settings = settings_row(world.settings)
    for link in world.every_link():
        if link.status is LinkStatus.BROKEN and link.id not in products:
            continue
        if link.id is None:
            if link.problem is None:
                yield f"{link.product} is {link.status} without words"
            continue
        if link.id not in products:
            if link.problem is None:
                yield f"{link.product} is linked to {link.id}, which is gone"
            continue
        record = record_of(world, link)
        row = link_row(link)
        found = [
            each.words
            for each in differences(row, record, products[link.id], online, settings)
            if each.field != "stock" or _is_counted(world, link)
        ]
        if found and link.problem is None:
            yield f"{link.product} at {link.content_version}: {'; '.join(found)}"
        elif link.problem is not None and not _is_right(world, link):
            yield f"{link.product} has failed without a cause: {link.problem.words}"


def _is_counted(world: World, link: Link) -> bool:
    """Return whether a level of a product was ever set: the first 0 of one that an import made is not sent, for nobody
    counted it. Any level that moved since has all of them sent, an equal one too."""
    product = world.vendor.cloud.catalogue.find(world.shop_id(link.product))
    assert product is not None
    opened = world.opened.get(product.id)
    return opened is None or any(
        stock != opened.get(unit, stock) or any(level.on_hand for level in stock)
        for unit, stock in stock_of(product).items()
    )


def _is_right(world: World, link: Link) -> bool:
    """Return whether a product may rightly fail: another one has its name or a SKU, in the store or in the shop."""
    assert link.problem is not None
    return any(word in link.problem.code for word in ("name", "sku", "clash", "taken", "duplicate"))


def _online(products: dict[int, Json], levels: dict[tuple[str, int], int]) -> Online:
    online = Online(dict(products))
    online.brands = {each["brand_id"]: each["brand_name"] for each in products.values()}
    for (kind, number), units in levels.items():
        (online.product_levels if kind == "p" else online.variant_levels)[number] = units
    for each in products.values():  # a base variant is the product
        for variant in each["variants"]:
            online.variant_levels.setdefault(variant["id"], variant["inventory_level"])
    return online


def record_of(world: World, link: Link) -> Json:
    """Return the shop's record of a linked product in the shape that verify compares."""
    product = world.vendor.cloud.catalogue.find(world.shop_id(link.product))
    assert product is not None
    if link.product in world.vendor.ended:
        return {"id": link.product, "name": product.name, "deleted_at": "when all was replaced"}
    members = world.vendor.account.book.families.members(product.id)
    record: Json = {
        "id": link.product,
        "name": product.name,
        "deleted_at": product.deleted_at,
        "description_html": product.description_html,
        "brand": product.brand,
        "active": product.active,
        "track_stock": product.track_stock,
        "images": [{"url": each} for each in product.images],
        "price": str(product.price),
        "sku": product.sku,
        "product_number": product.product_number,
        "barcodes": _codes(product.barcodes),
        "stock": _levels(world, product.stock),
        "cost": str(product.cost or 0),
        "variants": [_variant(world, product, each, members[each.id]) for each in product.variants],
    }
    if product.variants:
        # The vendor tells these of variants alone.
        record |= {"sku": "", "product_number": "", "stock": [], "price": None}
        del record["barcodes"], record["cost"]
    return record


def _variant(world: World, product: Product, variant: Variant, member: str) -> Json:
    price = product.price if variant.price is None else variant.price
    return {
        "id": member,
        "sku": variant.sku,
        "product_number": variant.product_number,
        "price": str(price),
        "barcodes": _codes(variant.barcodes),
        "stock": _levels(world, variant.stock),
        "cost": str(variant.cost or 0),
        "option_values": [{"name": n, "value": v} for n, v in variant.option_values],
    }


def _codes(codes: tuple[Barcode, ...]) -> list[Json]:
    return [{"type": each.type, "code": each.code} for each in codes]


def _levels(world: World, stock: tuple[Level, ...]) -> list[Json]:
    shut = {each.id for each in world.vendor.cloud.catalogue.outlets if not each.active}
    return [
        {
            "outlet_id": made_id("outlet", each.outlet_id),
            "on_hand": str(each.on_hand - each.committed),
            "committed": str(Decimal(0)),
        }
        for each in stock
        if each.outlet_id not in shut
    ]


def _twice(world: World) -> Iterator[str]:
    for each in duplicates(world.web.store.db):
        yield f"{each['times']} times online: {each['kind']} {each['what']}"
    holders: dict[int, str] = {}
    for link in world.every_link():
        if link.id is not None and link.status is not LinkStatus.BROKEN:
            if link.id in holders:
                yield f"{link.product} and {holders[link.id]} are linked to {link.id}"
            holders[link.id] = link.product
    lives: dict[str, str] = {}
    for name, kept in world.vendor.polls.families.items():
        for member, item in kept.family.items.items():
            if not item.deleted:
                if member in lives:
                    yield f"{member} lives in the families {name} and {lives[member]}"
                lives[member] = name


def _untold(world: World) -> Iterator[str]:
    for name, kept in world.vendor.polls.families.items():
        # Of what is gone nothing is told anew when all is read again, and a first level of 0 is no news.
        news = any(not each.deleted for each in kept.family.items.values()) and kept.told != Told()
        told = world.bus.told.get(name, 0)
        if news and told != kept.version:
            yield f"{name} was told up to {told}, and is at {kept.version}"


def _homeless(world: World) -> Iterator[str]:
    """Yield what we made online and nobody holds."""
    held = {link.id for link in world.every_link()}
    for number, product in world.web.products().items():
        if number not in held | world.foreign | world.unlinked:
            yield f"{product['name']} ({number}) was made online, and no product is linked to it"
