"""The shop's work after an import: count the shelves and edit some products."""

from collections.abc import Callable, Mapping
from itertools import batched
from typing import Any

from cli.deployment.links import every_link
from cli.deployment.target import Target
from cli.sides.pos_products import pos_products
from sandbox.pos.server import PosServer
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link import Link

type Json = dict[str, Any]

OUTLET = "o-main"
SHELVES_A_COUNT = 100


def shop_works(
    pos: PosServer,
    target: Target,
    store: StoreId,
    before: Mapping[int, Json],
    watch: Callable[[int, int], None] = lambda *_: None,
) -> int:
    """Count the shelves, and edit every third product's price and some names; return how many.

    The counts are the store's own levels. Call `watch` with the products done, and with all."""
    edited = 0
    lines: list[Json] = []
    links = {str(link.product): link for link in every_link(target, store).values()}
    records = list(pos_products(target, store))
    for place, product in enumerate(records):
        watch(place, len(records))
        link = links.get(product["id"])
        if link is None or link.id is None:
            continue
        lines += _shelves(pos, product, link, before[int(link.id)])
        if place % 3 == 0:
            _edit(pos, product, place)
            edited += 1
    for part in batched(lines, SHELVES_A_COUNT, strict=False):
        pos.cloud.inventory_count(list(part), outlet_id=OUTLET)
    return edited


def _edit(pos: PosServer, product: Json, place: int) -> None:
    changes: Json = {"price": "49.95"}
    if place % 2 == 0:
        changes["name"] = f"{product['name']} (new)"
    pos.cloud.save_product(pos.shop_unit(product["id"], None)[0], **changes)


def _shelves(pos: PosServer, product: Json, link: Link, online: Json) -> list[Json]:
    if not product["track_stock"]:
        return []
    if not product["variants"]:
        level = int(online.get("inventory_level") or 0)
        return [_line(pos, product["id"], None, level)]
    levels = {int(each["id"]): int(each.get("inventory_level") or 0) for each in online["variants"]}
    numbers = {str(pos): int(variant.id) for pos, variant in link.variants.items()}
    return [
        _line(pos, product["id"], variant["id"], levels[numbers[variant["id"]]])
        for variant in product["variants"]
    ]


def _line(pos: PosServer, product: str, variant: str | None, level: int) -> Json:
    shop_product, shop_variant = pos.shop_unit(product, variant)
    return {"product_id": shop_product, "variant_id": shop_variant, "counted": str(level)}
