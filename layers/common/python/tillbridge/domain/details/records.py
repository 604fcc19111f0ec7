"""Records made of details again, so that the rules of fields can be asked about them. A description is the digest of
its form: two that are the same to BigCommerce are equal, and no text is compared of which only a part is kept."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tillbridge.domain.details.composing import POS_OF_PRODUCT, POS_OF_VARIANT, WEB_OF_VARIANT
from tillbridge.domain.details.detail import DESCRIPTION, MONEY, Detail
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.product import Barcodes, Product, Variant
from tillbridge.domain.view_rows import POS
from tillbridge.domain.web_product import WebProduct, WebVariant

_A_BRAND = -1
"""The number of a brand of which only the name is known; 0 is none."""


def product_of(detail: Detail, version: int) -> Product:
    """Return the POS's record, but for its stock; `version`: the one that it is taken for."""
    values = detail.values
    return Product(
        PosProductId(detail.id),
        version,
        deleted=bool(values.get("deleted", False)),
        images=tuple(values.get("images", ())),
        variants=tuple(map(_variant, detail.variants)),
        unknown=_unknown(values),
        **{"name": "", **_of(values, POS_OF_PRODUCT)},
    )


def web_of(detail: Detail) -> WebProduct:
    """Return BigCommerce's record, as far as it is kept."""
    values = detail.values
    names = [entry.web for entry in FIELDS.values() if entry.product and entry.wire != "brand_id"]
    known = _of(values, names)
    if "brand" in known:
        known["brand_id"] = _A_BRAND if known["brand"] else 0
    variants = tuple(map(_web_variant, detail.variants))
    return WebProduct(StoreProductId(int(detail.id)), variants=variants, **{"name": "", **known})


def _unknown(values: Mapping[str, Any]) -> frozenset[str]:
    names = [each for each in (*POS_OF_PRODUCT, "images") if each not in values]
    return frozenset([*names, "variants"] if "no_variants" in values else names)


def is_readable(detail: Detail) -> bool:
    """Return whether a record can be made of a detail: it is stored, and may have been written by anybody."""
    try:
        product_of(detail, 0) if detail.side == POS else web_of(detail)
        told = detail.values.get(DESCRIPTION)
        return told is None or {"text", "form", "whole", "formatted", "length"} <= told.keys()
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        return False


def _variant(values: Mapping[str, Any]) -> Variant:
    return Variant(
        PosVariantId(values["id"]),
        option_values=_options(values),
        unknown=frozenset(each for each in POS_OF_VARIANT if each not in values),
        **{"sku": "", **_of(values, POS_OF_VARIANT)},
    )


def _web_variant(values: Mapping[str, Any]) -> WebVariant:
    wires = {entry.web: wire for wire, entry in FIELDS.items() if entry.variant}
    return WebVariant(
        StoreVariantId(values["id"]),
        options=_options(values),
        owned={name: Decimal(value) for name, value in values.get("owned", {}).items()},
        unanswered=frozenset(wires[each] for each in WEB_OF_VARIANT if each not in values),
        **_of(values, WEB_OF_VARIANT),
    )


def _of(values: Mapping[str, Any], names: Any) -> dict[str, Any]:
    return {name: _value(name, values[name]) for name in dict.fromkeys(names) if name in values}


def _value(name: str, value: Any) -> Any:
    if name == DESCRIPTION:
        return value["form"]
    if name == "barcodes":
        return Barcodes(value["upc"], value["gtin"])
    return Decimal(value) if name in MONEY and value is not None else value


def _options(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in values.get("options", ()))
