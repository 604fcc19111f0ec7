"""Texts that the POS keeps as given, without a rule; to add one, change only this file.

An attribute has the same name everywhere: in the API, in a save, in a create, and as a column of
the POS's own product file. Each is declared twice, once in the records and once in the inputs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainOfVariant:
    """The plain fields that variants and products have."""

    product_number: str = ""
    mpn: str | None = None
    bin_picking_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainOfProduct(PlainOfVariant):
    """The plain fields of products, with those that variants lack."""

    brand: str = ""
    condition: str | None = None
    type: str | None = None


class Input(BaseModel):
    """The base of all inputs; an unknown field is refused."""

    model_config = ConfigDict(extra="forbid")


class PlainVariantInput(Input):
    """The fields of `PlainOfVariant`; where None is allowed, it means blank, as "" does."""

    product_number: str = ""
    mpn: str | None = None
    bin_picking_number: str | None = None


class PlainProductInput(PlainVariantInput):
    """The fields of `PlainOfProduct`."""

    brand: str = ""
    condition: str | None = None
    type: str | None = None


VARIANT_FIELDS = tuple(field.name for field in fields(PlainOfVariant))
PRODUCT_FIELDS = tuple(field.name for field in fields(PlainOfProduct))
PRODUCT_ONLY = tuple(name for name in PRODUCT_FIELDS if name not in VARIANT_FIELDS)

OWN_COLUMNS = {name: name for name in PRODUCT_FIELDS}
SHOPIFY_COLUMNS = {
    "brand": "Vendor",  # Shopify's vendor is the maker; it has no field for whom the shop buys from
    "mpn": "Google Shopping / MPN",
    "condition": "Google Shopping / Condition",
}
"""The column of each field in Shopify's template; a field without one is not set."""


def plain_json(record: PlainOfVariant) -> dict[str, Any]:
    """Return the plain fields of a product or a variant as the API shows them."""
    names = PRODUCT_FIELDS if isinstance(record, PlainOfProduct) else VARIANT_FIELDS
    return {name: getattr(record, name) for name in names}
