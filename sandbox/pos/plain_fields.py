"""The texts the POS keeps as they are given, without a rule: a further one is a change of this file.

An attribute's name is its name everywhere: on the wire, in a save, in a create, and as a column of
the POS's own product file. Each stands twice, as what is kept and as what may be given.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainOfVariant:
    """What a variant keeps, and a product as well."""

    product_number: str = ""
    mpn: str | None = None
    bin_picking_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainOfProduct(PlainOfVariant):
    """What a product keeps and its variants do not."""

    brand: str = ""
    condition: str | None = None


class Input(BaseModel):
    """What somebody gives; an unknown field is refused."""

    model_config = ConfigDict(extra="forbid")


class PlainVariantInput(Input):
    """The fields of `PlainOfVariant`; one that may be None is blank as None and as ""."""

    product_number: str = ""
    mpn: str | None = None
    bin_picking_number: str | None = None


class PlainProductInput(PlainVariantInput):
    """The fields of `PlainOfProduct`."""

    brand: str = ""
    condition: str | None = None


VARIANT_FIELDS = tuple(field.name for field in fields(PlainOfVariant))
PRODUCT_FIELDS = tuple(field.name for field in fields(PlainOfProduct))
PRODUCT_ONLY = tuple(name for name in PRODUCT_FIELDS if name not in VARIANT_FIELDS)

OWN_COLUMNS = {name: name for name in PRODUCT_FIELDS}
SHOPIFY_COLUMNS = {
    "brand": "Vendor",  # Shopify's vendor is who made it; whom the shop buys from, it does not say
    "mpn": "Google Shopping / MPN",
    "condition": "Google Shopping / Condition",
}
"""The column of each field in Shopify's template; a field without one is left alone."""


def plain_json(record: PlainOfVariant) -> dict[str, Any]:
    """The fields of a product or a variant as the API answers them."""
    names = PRODUCT_FIELDS if isinstance(record, PlainOfProduct) else VARIANT_FIELDS
    return {name: getattr(record, name) for name in names}
