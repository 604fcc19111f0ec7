"""Which BigCommerce variant is which POS variant: by option values, then by SKU."""

from collections.abc import Iterable, Mapping

from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.names import name_key, sku_key
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct, WebVariant

type Shape = frozenset[tuple[str, str]]


def shape(option_values: Iterable[tuple[str, str]]) -> Shape:
    """Return option values as BigCommerce compares them: their order does not matter, and each is
    a name."""
    return frozenset((name_key(name), name_key(value)) for name, value in option_values)


def same_variants(intent: Link, theirs: Mapping[Shape, str]) -> bool:
    """Return whether a store product has exactly the variants that a create sent, by options and
    SKU.

    `theirs` maps each variant's shape to its SKU; a simple product has one without options."""
    sent = {shape(v.options): sku_key(v.sku) for v in intent.variants.values()}
    sent = sent or {frozenset(): sku_key(intent.sku)}
    return sent == {key: sku_key(sku) for key, sku in theirs.items()}


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
