"""Saves: the fields that were set replace those of the record, the others stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sandbox.pos import levels
from sandbox.pos.catalogue import Catalogue
from sandbox.pos.clock import timestamp, utc_now
from sandbox.pos.inputs import BarcodeInput, ProductInput, VariantInput
from sandbox.pos.model import Barcode, Level, Option, Product, Variant
from sandbox.pos.plain_fields import PRODUCT_FIELDS, VARIANT_FIELDS
from sandbox.pos.refusal import PosRefusal


def blank_product(catalogue: Catalogue, product_id: str) -> Product:
    """Return a product before its first save: no name, price 0, stock tracked."""
    return Product(
        id=product_id, version=0, updated_at="", deleted_at=None, sku="", name="",
        description_html="", department=None, vendor=None, price=Decimal(0), cost=None,
        currency=catalogue.currency, barcodes=(), track_stock=True, stock=(), weight=None,
        dimensions=None, images=(), options=(), variants=(), active=True,
    )  # fmt: skip


def saved(catalogue: Catalogue, before: Product, given: ProductInput, version: int) -> Product:
    """Return the record after saving `given` over `before`. Raises PosRefusal."""
    fields = given.model_fields_set
    product = replace(before, version=version, updated_at=timestamp(utc_now()), deleted_at=None)
    product = _with_scalars(catalogue, product, given, fields)
    if "variants" in fields:
        product = _with_variants(catalogue, product, given, version)
    product = _with_stock(catalogue, product, given.stock, version)
    # A SKU is required: a blank one keeps the old SKU; without one the POS issues a number.
    return replace(product, sku=product.sku or before.sku or catalogue.issue_sku())


def _with_scalars(
    catalogue: Catalogue, product: Product, given: ProductInput, fields: set[str]
) -> Product:
    plain = {
        name: getattr(given, name)
        for name in (
            "name", "sku", "description_html", "price", "cost", "track_stock", "weight", "active",
            *PRODUCT_FIELDS,
        )
        if name in fields
    }  # fmt: skip
    product = replace(product, **plain)
    if "external_ids" in fields:
        product = replace(product, external_ids={**product.external_ids, **given.external_ids})
    if "department" in fields:
        product = replace(product, department=catalogue.departments.optional(given.department))
    if "vendor" in fields:
        product = replace(product, vendor=catalogue.vendors.optional(given.vendor))
    if "barcodes" in fields:
        product = replace(product, barcodes=_barcodes(given.barcodes))
    if "images" in fields:
        product = replace(product, images=tuple(image.url for image in given.images))
    if "dimensions" in fields:
        sizes = given.dimensions
        product = replace(
            product, dimensions=None if sizes is None else (sizes.width, sizes.height, sizes.depth)
        )
    return product


def _barcodes(given: Iterable[BarcodeInput]) -> tuple[Barcode, ...]:
    return tuple(Barcode(barcode.type, barcode.code) for barcode in given)


def _with_stock(
    catalogue: Catalogue, product: Product, on_hand: Mapping[str, Decimal], version: int
) -> Product:
    if not product.track_stock or product.variants:
        return replace(product, stock=())
    if product.stock:
        return replace(product, stock=levels.with_counts(product.stock, on_hand, version))
    return replace(product, stock=levels.opening(catalogue.outlets, on_hand, version))


def _with_variants(
    catalogue: Catalogue, product: Product, given: ProductInput, version: int
) -> Product:
    kept = {variant.id: variant for variant in product.variants}
    by_values = {variant.option_values: variant for variant in product.variants}
    variants: list[Variant] = []
    for wanted in given.variants:
        values = tuple((chosen.name, chosen.value) for chosen in wanted.option_values)
        before = kept.get(wanted.id) if wanted.id else by_values.get(values)
        variants.append(_variant(catalogue, product, wanted, before, version))
    _refuse_clashing_values(variants)
    return replace(product, variants=tuple(variants), options=_options(variants))


def _variant(
    catalogue: Catalogue,
    product: Product,
    wanted: VariantInput,
    before: Variant | None,
    version: int,
) -> Variant:
    old_stock: tuple[Level, ...] = before.stock if before else ()
    stock: tuple[Level, ...] = ()
    if product.track_stock:
        stock = (
            levels.with_counts(old_stock, wanted.stock, version)
            if old_stock
            else levels.opening(catalogue.outlets, wanted.stock, version)
        )
    variant = before or Variant(
        wanted.id or catalogue.new_variant_id(product.id), "", None, None, (), (), ()
    )
    plain: dict[str, Any] = {
        name: getattr(wanted, name)
        for name in ("price", "cost", *VARIANT_FIELDS)
        if name in wanted.model_fields_set
    }
    if "barcodes" in wanted.model_fields_set:
        plain["barcodes"] = _barcodes(wanted.barcodes)
    return replace(
        variant,
        sku=wanted.sku or variant.sku or catalogue.issue_sku(),
        option_values=tuple((chosen.name, chosen.value) for chosen in wanted.option_values),
        stock=stock,
        **plain,
    )


def _refuse_clashing_values(variants: list[Variant]) -> None:
    seen: set[tuple[tuple[str, str], ...]] = set()
    for variant in variants:
        if not variant.option_values:
            raise PosRefusal(
                "option_values_missing", "Every variant needs a value for each option."
            )
        if variant.option_values in seen:
            words = " / ".join(value for _, value in variant.option_values)
            raise PosRefusal("option_values_taken", f"Two variants are both {words}.")
        seen.add(variant.option_values)
    if len({tuple(name for name, _ in variant.option_values) for variant in variants}) > 1:
        raise PosRefusal("options_differ", "All variants of a product have the same options.")


def _options(variants: list[Variant]) -> tuple[Option, ...]:
    values: dict[str, dict[str, None]] = {}
    for variant in variants:
        for name, value in variant.option_values:
            values.setdefault(name, {})[value] = None
    return tuple(Option(name, tuple(found)) for name, found in values.items())
