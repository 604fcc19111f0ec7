"""The values that a product has online, by the same field names as in `in_pos`."""

from cli.verify.field import Place
from cli.verify.fields import FIELDS
from cli.verify.in_pos import Values
from cli.verify.model import Json
from cli.verify.store_reader import Online
from cli.verify.store_values import StoreUnit


def product_values(product: Json, online: Online) -> Values:
    """Return the fields of a product as they are online."""
    return _shown(StoreUnit(product, online), Place.PRODUCT)


def variant_values(product: Json, variant: Json, online: Online) -> Values:
    """Return the fields of one variant as they are online."""
    return _shown(StoreUnit(product, online, variant), Place.VARIANT)


def real_variants(product: Json) -> dict[int, Json]:
    """Return the variants with options, by id, without the base variant of a simple product."""
    return {int(v["id"]): v for v in product.get("variants") or [] if v["option_values"]}


def on_a_channel(product: Json) -> bool:
    """Return whether the product is on any sales channel; without one no shopper sees it."""
    return bool(product.get("channels"))


def _shown(unit: StoreUnit, place: Place) -> Values:
    return {name: field.in_store(unit) for name, field in FIELDS.items() if place in field.place}
