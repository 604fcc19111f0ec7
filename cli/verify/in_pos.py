"""What the POS says a product must look like online, in verify's words."""

import re
from typing import Any

from cli.verify.field import Place
from cli.verify.fields import FIELDS
from cli.verify.model import Json
from cli.verify.pos_values import PosUnit, plain_name

type Values = dict[str, Any]

LONGEST_IMAGE_ADDRESS = 255

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def product_values(record: Json, settings: Json) -> Values:
    """The fields of a product that the POS says something of. A deleted product is only hidden:
    its tombstone says nothing else that could be relied on."""
    if is_deleted(record):
        return {"visibility": False}
    return _said(PosUnit(record, settings), Place.PRODUCT)


def variant_values(record: Json, variant: Json, settings: Json) -> Values:
    """The fields of one variant that the POS says something of."""
    return _said(PosUnit(record, settings, variant), Place.VARIANT)


def called(record: Json) -> str:
    """The product's name, else its id."""
    return plain_name(record.get("name") or "") or str(record["id"])


def web_sku(unit: Json) -> str | None:
    """What a product that came in from BigCommerce has there as SKU: the AmberPOS article stores
    it in the Product Number field. None where the POS does not say."""
    if "product_number" not in unit:
        return None
    return (unit["product_number"] or "").strip()


def is_held(link: Json, field: str, variant: str = "") -> bool:
    """Whether the store keeps its own value of a field that the POS could not take at import."""
    names = ("brand_name", "brand_id") if field == "brand" else (field,)
    prefix = f"{variant}." if variant else ""
    return any(f"{prefix}{name}" in (link.get("held") or ()) for name in names)


def is_deleted(record: Json) -> bool:
    """Whether the POS deleted it."""
    return record.get("deleted_at") is not None


def fetchable_images(record: Json, excused: str) -> int:
    """How many different images BigCommerce can be asked to fetch; addresses in `excused`, the
    words of failures that are already visible, do not count. None are known of a record that does
    not say."""
    urls = {image["url"] for image in record.get("images") or ()}
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
            continue  # the POS left out a key that the value hangs on: it is unknown
        if value is not None:
            values[name] = value
    return values
