"""The catalogue of a store that existed before the POS: from a file, or the project's own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from cli.cannot_run import WrongArguments
from cli.demo.input import no_products
from sandbox.pos.files import read_product_files
from sandbox.pos.inputs import ProductInput, VariantInput
from sandbox.pos.loaded import UnknownShape
from sandbox.pos.plain_fields import PlainVariantInput

type Json = dict[str, Any]

LONG_STORY = "<p>" + "Knitted by hand on the quay, one row after the other. " * 1_400 + "</p>"
"""Longer than any POS description may be (65,535 characters)."""


@dataclass(slots=True)
class StoreCatalogue:
    """Bodies of POST /catalog/products with their category names, rows left out, and notes."""

    products: list[tuple[Json, tuple[str, ...]]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def store_catalogue(file: Path | None) -> StoreCatalogue:
    """Return the catalogue of a file that the POS can read; without one, the project's own.

    Raise WrongArguments when the file holds no product."""
    if file is None:
        return StoreCatalogue(list(_own()))
    try:
        loaded = read_product_files([file])
    except (UnknownShape, OSError) as problem:
        raise WrongArguments(str(problem)) from problem
    if not loaded.products:
        raise WrongArguments(no_products(loaded.skipped_rows))
    found = StoreCatalogue(
        skipped=[f"line {r.row}: {r.reason}" for r in loaded.skipped_rows],
        notes=loaded.about + loaded.notes,
    )
    names: set[str] = set()
    for product in loaded.products:
        if product.name.strip().casefold() in names:
            found.skipped.append(
                f"'{product.name}' is in the file twice; BigCommerce takes a name only once."
            )
            continue
        names.add(product.name.strip().casefold())
        found.products.append((_body(product), tuple(filter(None, [product.department]))))
    return found


def _body(product: ProductInput) -> Json:
    body: Json = {
        "name": product.name,
        "type": (product.type or "physical").strip().lower(),
        "weight": float(product.weight or 0),
        "price": float(product.price),
        "cost_price": float(product.cost or 0),
        "sku": "" if product.variants else product.sku,
        "description": product.description_html,
        "is_visible": product.active,
        "inventory_tracking": _tracking(product),
        **_codes(product.barcodes),
        **_plain(product),
    }
    if product.condition:
        body["condition"] = product.condition.strip().capitalize()
    if product.brand.strip():
        body["brand_name"] = product.brand
    if product.images:
        body["images"] = [
            {"image_url": image.url, "is_thumbnail": place == 0}
            for place, image in enumerate(product.images)
        ]
    if product.variants:
        body["variants"] = [
            _variant(variant) | {"sku": variant.sku or _code(product, place)}
            for place, variant in enumerate(product.variants, 1)
        ]
    else:
        body["inventory_level"] = _level(product.stock.values())
    return body


def _variant(variant: VariantInput) -> Json:
    return {
        "sku": variant.sku,
        "price": None if variant.price is None else float(variant.price),
        "inventory_level": _level(variant.stock.values()),
        "option_values": [
            {"option_display_name": chosen.name, "label": chosen.value}
            for chosen in variant.option_values
        ],
        **_codes(variant.barcodes),
        **_plain(variant),
    }


def _plain(unit: PlainVariantInput) -> Json:
    """Return the texts that a product and a variant have alike, where there are any."""
    texts = {"mpn": unit.mpn, "bin_picking_number": unit.bin_picking_number}
    return {name: text for name, text in texts.items() if text}


def _code(product: ProductInput, place: int) -> str:
    # BigCommerce takes no variant without a SKU through its API; files often have none.
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', product.id or product.name)[:60]}-{place}"


def _tracking(product: ProductInput) -> str:
    if not product.track_stock:
        return "none"
    return "variant" if product.variants else "product"


def _level(stock: Iterable[Decimal]) -> int:
    return max(0, int(sum(stock, Decimal(0))))


def _codes(barcodes: Iterable[Any]) -> Json:
    codes = {"upc": "", "gtin": ""}
    for barcode in barcodes:
        kind = "upc" if barcode.type == "UPC" else "gtin"
        codes[kind] = codes[kind] or barcode.code
    return codes


def _own() -> Iterable[tuple[Json, tuple[str, ...]]]:
    """Yield the products of a small chandlery with their categories, some of them awkward."""
    plain = {"type": "physical", "weight": 1, "is_visible": True, "inventory_tracking": "product"}
    for number in range(1, 21):
        yield (
            {
                **plain,
                "name": f"Signal lamp no. {number}",
                "sku": f"LAMP {number:02}-b" if number % 3 else "",
                "price": 10 + number * 1.35,
                "cost_price": 4 + number,
                "description": f"<p>Seen from <b>{number}</b> miles.</p>",
                "brand_name": "Pharos & Co" if number % 2 else "Wick",
                "inventory_level": number,
            },
            (("Lamps", "Lanterns & lights", "Ropes")[number % 3],),
        )
    yield (
        {**plain, "name": "Gansey", "sku": "GNS_1", "price": 89.5, "description": LONG_STORY},
        ("Knitwear", "Lamps"),
    )
    yield {**plain, "name": "Marlinspike", "sku": "SPIKE 7", "price": 12, "inventory_level": 4}, ()
    yield (
        {**plain, "name": "Tide tables, as a file", "type": "digital", "weight": 0, "price": 3,
         "sku": "TIDES-PDF", "inventory_tracking": "none"},
        ("Books",),
    )  # fmt: skip
    yield {**plain, "name": "Chart weights", "price": 0, "is_visible": False}, ("Books",)
    yield (
        {**plain, "name": "Bell rope", "sku": "BELL-1", "price": 19.99, "gtin": "4006381333931",
         "upc": "012345678905", "inventory_level": 7},
        ("Ropes",),
    )  # fmt: skip
    for name, price, codes in (("Guernsey", 75, True), ("Sea boots", 120, False)):
        yield (
            {
                **plain,
                "name": name,
                "price": price,
                "inventory_tracking": "variant",
                "variants": [
                    {
                        "sku": f"{name[:3].upper()}-{size}" if codes else f"B{size}",
                        "price": price + extra if extra else None,
                        "inventory_level": extra + 1,
                        "option_values": [{"option_display_name": "Size", "label": size}],
                    }
                    for extra, size in enumerate(("S", "M", "L", "XL"))
                ],
            },
            ("Knitwear" if codes else "Boots",),
        )
