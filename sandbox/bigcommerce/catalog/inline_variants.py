"""Variants sent inside a product's POST: their options and values are created from labels."""

from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import invalid_fields, refuse
from sandbox.bigcommerce.calls.validate import clean, key_of, records
from sandbox.bigcommerce.catalog.fields import VARIANT
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.option_values import insert_value
from sandbox.bigcommerce.catalog.options import insert_option
from sandbox.bigcommerce.catalog.variant_rows import insert_variant
from sandbox.bigcommerce.catalog.variants import (
    MOST_VARIANTS,
    fetch_image,
    set_variant_level,
)

# Null is allowed in a call for a variant, and refused inside a product (products_catalog.v3.yml).
CODES = ("upc", "mpn", "gtin")


def create_inline_variants(call: Call, product_id: int, variants: Any) -> None:
    """Create all variants of a new product, with options in the order of first mention.

    Raises Refusal 400, 409 or 422.
    """
    if not isinstance(variants, list) or not all(isinstance(item, dict) for item in variants):
        raise invalid_fields({"variants": "variants must be an array of objects"})
    if len(variants) > MOST_VARIANTS:
        raise refuse(422, f"A product may have at most {MOST_VARIANTS} variants")
    tracking = product_row(call, product_id)["tracking"]
    options = _NewOptions(call, product_id)
    shape: set[str] | None = None
    for variant in variants:
        labels = _labels(variant)
        if shape is not None and set(labels) != shape:
            raise invalid_fields({"variants": "every variant needs a value of every option"})
        shape = set(labels)
        if not variant.get("sku"):
            raise invalid_fields({"variants": "every variant needs a sku"})
        null = {code: f"{code} must not be null" for code in CODES if variant.get(code, "") is None}
        if null:
            raise invalid_fields(null)
        chosen = dict(options.ids(name, label) for name, label in labels.values())
        fields = clean(VARIANT, variant)
        fetch_image(call, fields)
        variant_id = insert_variant(call.store.db, product_id, fields, chosen, is_base=False)
        set_variant_level(call, product_id, tracking, variant_id, fields)


class _NewOptions:
    """The options and values of one new product, each inserted at its first mention."""

    def __init__(self, call: Call, product_id: int) -> None:
        self._db = call.store.db
        self._product_id = product_id
        self._options: dict[str, int] = {}
        self._values: dict[int, dict[str, int]] = {}

    def ids(self, name: str, label: str) -> tuple[int, int]:
        """Return the ids of an option and of one of its values."""
        option_id = self._options.get(key_of(name))
        if option_id is None:
            body = {"type": "rectangles", "config": {}, "sort_order": len(self._options)}
            option_id = insert_option(self._db, self._product_id, name, body)
            self._options[key_of(name)] = option_id
            self._values[option_id] = {}
        values = self._values[option_id]
        if key_of(label) not in values:
            value = {"label": label, "sort_order": len(values), "is_default": False}
            values[key_of(label)] = insert_value(self._db, option_id, value)
        return option_id, values[key_of(label)]


def _labels(variant: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return (option name, label) by option key. Raises Refusal 422 if missing or repeated."""
    labels: dict[str, tuple[str, str]] = {}
    for item in records("option_values", variant.get("option_values")):
        name = item.get("option_display_name") if isinstance(item, dict) else None
        label = item.get("label") if isinstance(item, dict) else None
        for text in (name, label):
            if not isinstance(text, str) or not len(text.strip()) >= 1 or len(text) > 255:
                words = "option_display_name and label must have 1 to 255 characters"
                raise invalid_fields({"option_values": words})
        if key_of(str(name)) in labels:
            raise invalid_fields({"option_values": "an option may be named once"})
        labels[key_of(str(name))] = (str(name), str(label))
    if not labels:
        raise invalid_fields({"option_values": "option_values are required"})
    return labels
