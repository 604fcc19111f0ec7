"""The products that a shop's day may change: those that no store would refuse."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable

from sandbox.pos.model import Product

LONGEST_NAME = 250
_PLAIN_SKU = re.compile(r"[A-Za-z0-9_ -]{1,250}")
_PLAIN_BARCODE = re.compile(r"\d{8}|\d{12,14}")


def name_key(name: str) -> str:
    """Return a key that is equal for names a store may take for the same one."""
    return " ".join(html.unescape(name).split()).casefold()


def playable(products: Iterable[Product]) -> list[Product]:
    """Return the products with a short unique name, plain unique SKUs and plain barcodes."""
    every = list(products)
    names = Counter(name_key(product.name) for product in every)
    skus = Counter(sku.strip().casefold() for product in every for sku in product.skus())
    return [
        product
        for product in every
        if names[name_key(product.name)] == 1
        and 0 < len(product.name) <= LONGEST_NAME - 20
        and all(
            skus[sku.strip().casefold()] == 1 and _PLAIN_SKU.fullmatch(sku)
            for sku in product.skus()
        )
        and all(_PLAIN_BARCODE.fullmatch(code) for code in _codes(product))
    ]


def _codes(product: Product) -> list[str]:
    own = [*product.barcodes, *(code for variant in product.variants for code in variant.barcodes)]
    return [barcode.code for barcode in own]
