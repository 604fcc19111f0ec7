"""Which BigCommerce variant is which POS variant: by option values, then by SKU."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.names import name_key, sku_key
from tillbridge.domain.product import Product
from tillbridge.domain.sent_skus import product_sku, variant_sku
from tillbridge.domain.web_product import WebProduct, WebVariant

type Shape = frozenset[tuple[str, str]]


def shape(option_values: Iterable[tuple[str, str]]) -> Shape:
    """Return option values as BigCommerce compares them: their order does not matter, and each is
    a name."""
    return frozenset((name_key(name), name_key(value)) for name, value in option_values)


def posted_digest(theirs: Mapping[Shape, str]) -> str:
    """Return a short digest of a product's options and SKUs, which map each variant's shape to its
    SKU; a simple product has one without options."""
    rows = sorted([sorted(each), sku_key(sku)] for each, sku in theirs.items())
    return sha256(json.dumps(rows).encode()).hexdigest()[:20]


def posted_by(record: Product, link: Link | None) -> Mapping[Shape, str]:
    """Return the options and SKUs that a create of this record sends."""
    if not record.variants:
        return {frozenset(): product_sku(record, link)}
    return {shape(v.option_values): variant_sku(v, link) for v in record.variants}


def same_variants(record: Product, link: Link, theirs: Mapping[Shape, str]) -> bool:
    """Return whether a store product has exactly the record's variants, by options and SKU.

    `theirs` maps each variant's shape to its SKU; a simple product has one without options."""
    if not record.variants:
        skus = {sku_key(sku) for sku in theirs.values()}
        return set(theirs) <= {frozenset()} and skus <= {sku_key(product_sku(record, link))}
    ours = {shape(v.option_values): sku_key(variant_sku(v, link)) for v in record.variants}
    return ours == {key: sku_key(sku) for key, sku in theirs.items()}


def shown_variants(product: WebProduct) -> Mapping[Shape, str]:
    """Return the SKU of each variant of a web product by its shape. A product without options holds
    its SKU itself."""
    return {shape(v.options): v.sku for v in product.variants} or {frozenset(): product.sku}


def by_shape(record: Product) -> Mapping[Shape, PosVariantId]:
    """Return the ids of the POS variants by their option values."""
    return {shape(variant.option_values): variant.id for variant in record.variants}


def partners(record: Product, web: WebProduct) -> Mapping[PosVariantId, WebVariant]:
    """Return, for each POS variant that has one, the web variant with the same option values."""
    there = {shape(variant.options): variant for variant in web.variants}
    return {
        variant.id: there[shape(variant.option_values)]
        for variant in record.variants
        if shape(variant.option_values) in there
    }
