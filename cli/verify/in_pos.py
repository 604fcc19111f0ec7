"""The values that a product must have online according to the POS, by verify's field names."""

import re
from typing import Any

from cli.verify.field import Place
from cli.verify.fields import FIELDS
from cli.verify.model import Json
from cli.verify.pos_values import PosUnit
from cli.verify.texts import plain, plain_name

type Values = dict[str, Any]

LONGEST_IMAGE_ADDRESS = 255

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def product_values(record: Json, settings: Json) -> Values:
    """Return the fields of a product that the POS defines.

    A deleted product must be hidden; its tombstone defines nothing else reliably."""
    if is_deleted(record):
        return {"visibility": False}
    return _said(PosUnit(record, settings), Place.PRODUCT)


def variant_values(record: Json, variant: Json, settings: Json) -> Values:
    """Return the fields of one variant that the POS defines."""
    return _said(PosUnit(record, settings, variant), Place.VARIANT)


def called(record: Json) -> str:
    """Return the product's name, or its id when it has none."""
    return plain_name(record.get("name") or "") or str(record["id"])


def web_sku(unit: Json) -> str | None:
    """Return the SKU that an imported product has in BigCommerce; None when the POS leaves it out.

    The AmberPOS article stores it in the Product Number field."""
    if "product_number" not in unit:
        return None
    return plain(unit["product_number"] or "")


def is_held(link: Json, field: str, variant: str = "") -> bool:
    """Return whether a field is held: the store keeps a value that the POS could not take."""
    names = ("brand_name", "brand_id") if field == "brand" else (field,)
    prefix = f"{variant}." if variant else ""
    return any(f"{prefix}{name}" in (link.get("held") or ()) for name in names)


def is_deleted(record: Json) -> bool:
    """Return whether the POS has deleted this product."""
    return record.get("deleted_at") is not None


def fetchable_images(record: Json, excused: str) -> int:
    """Return the number of different images that BigCommerce can be asked to fetch.

    Addresses in `excused`, the words of failures that people already see, do not count. A record
    that leaves out its images has none."""
    urls = {plain(image["url"]) for image in record.get("images") or ()}
    return sum(
        1
        for url in urls
        if _ADDRESS.fullmatch(url) and len(url) <= LONGEST_IMAGE_ADDRESS and url not in excused
    )


def _said(unit: PosUnit, place: Place) -> Values:
    values: Values = {}
    for name, field in FIELDS.items():
        if place not in field.place:
            continue
        try:
            value = field.in_pos(unit)
        except KeyError:
            continue  # the POS left out a key that the value depends on, so it is unknown
        if value is not None:
            values[name] = value
    return values
