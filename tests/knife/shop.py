"""A house whose shop is large from the start: products are inserted on both sides past the APIs."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from sandbox.pos.inputs import ProductInput
from tests.harness import STORE, House
from tillbridge.domain.ids import PosProductId, StoreProductId, StoreVariantId
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.created import after_create
from tillbridge.domain.remembered.pushed import after_stock
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.web_product import WebProduct, WebVariant

SIZES = ("S", "M", "L")
MOST_LEVELS = 2_000
"""As many levels as one call takes."""


def fill(house: House, simple: int, with_sizes: int = 0, sizes_each: int = len(SIZES)) -> list[str]:
    """Put linked products on both sides, equal and with stock sent; return their POS ids, simple
    ones first. The sizes are S, M and L, then numbers."""
    sizes = [*SIZES, *map(str, range(sizes_each))][:sizes_each]
    house.pos.load([_simple(n) for n in range(simple)])
    house.pos.load([_sized(n, sizes) for n in range(with_sizes)])
    connection = house.tables.stores.find(STORE)
    assert connection is not None
    known, _ = house.pos.catalogue.page(0, 1_000_000, include_deleted=False)
    ids = [product.id for product in known]
    pos = house.deps.open_pos(connection, house.clock.now_ms() + 600_000)
    for part in batched(ids, 100, strict=False):
        records = pos.products([PosProductId(product) for product in part])
        _put_online(house, [records[PosProductId(product)] for product in part])
    house.control.settle()
    return ids


def _simple(number: int) -> ProductInput:
    return ProductInput(
        id=f"p-{number}",
        name=f"Lantern {number}",
        sku=f"L-{number}",
        description_html=f"<p>The lantern of pier {number}.</p>",
        brand="Pier & Sons",
        price="12.50",
        cost="4.10",
        stock={"o-main": str(number % 90 + 5)},
    )


def _sized(number: int, sizes: Sequence[str]) -> ProductInput:
    return ProductInput.model_validate(
        {
            "id": f"j-{number}",
            "name": f"Jumper {number}",
            "sku": f"J-{number}",
            "price": "60",
            "variants": [
                {
                    "sku": f"J-{number}-{size}",
                    "option_values": [{"name": "Size", "value": size}],
                    "stock": {"o-main": "7"},
                }
                for size in sizes
            ],
        }
    )


def _put_online(house: House, records: list[Product]) -> None:
    settings = house.settings
    ids = house.control.seed(products=[_body(record) for record in records])
    links = []
    for record, number in zip(records, ids, strict=True):
        made = after_create(record, _made(house, record, number), settings, with_images=True)
        link = after_stock(made, record, levels(record, settings), on_channel=True)
        house.tables.links.linked(STORE, link)
        links.append(link)
    sized = [
        {"location_id": 1, "variant_id": linked.id, "quantity": linked.level}
        for link in links
        for linked in link.variants.values()
    ]
    for items in batched(sized, MOST_LEVELS, strict=False):
        house.call("PUT", "/inventory/adjustments/absolute", {"items": list(items)})


def _made(house: House, record: Product, number: int) -> WebProduct:
    if not record.variants:
        return WebProduct(StoreProductId(number), record.name, record.sku)
    found = house.call("GET", f"/catalog/products/{number}/variants?limit=250")["data"]
    variants = tuple(
        WebVariant(
            StoreVariantId(variant["id"]),
            variant["sku"],
            tuple((v["option_display_name"], v["label"]) for v in variant["option_values"]),
        )
        for variant in found
    )
    return WebProduct(StoreProductId(number), record.name, record.sku, variants)


def _body(record: Product) -> dict[str, Any]:
    body: dict[str, Any] = {
        "name": record.name,
        "type": "physical",
        "weight": 0,
        "price": float(record.price),
        "cost_price": float(record.cost or 0),
        "description": record.description,
        "sku": "" if record.variants else record.sku,
        "is_visible": True,
        "inventory_tracking": record.tracking,
    }
    if record.brand:
        body["brand_name"] = record.brand
    if record.variants:
        body["sku"] = record.sku
        body["variants"] = [
            {
                "sku": variant.sku,
                "option_values": [
                    {"option_display_name": name, "label": value}
                    for name, value in variant.option_values
                ],
            }
            for variant in record.variants
        ]
    else:
        body["inventory_level"] = int(sum(level.on_hand for level in record.stock))
    return body
