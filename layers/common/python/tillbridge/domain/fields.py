"""The fields of a product, one entry each. What a push sends, what reconcile compares, what an
import holds, what a first push would replace, what readers ask for and what settings name all
derive from here (CONTRIBUTING.md shows how a field is added)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Any, Final

from tillbridge.domain import sameness
from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name, trimmed
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.sent_skus import product_sku, variant_sku


class Field(StrEnum):
    """A field as settings name it. Some cover several values: `barcodes` is UPC and GTIN."""

    NAME = "name"
    DESCRIPTION = "description"
    SKU = "sku"
    PRICE = "price"
    COST = "cost"
    BRAND = "brand"
    VISIBILITY = "visibility"
    BARCODES = "barcodes"
    MPN = "mpn"
    BIN_PICKING_NUMBER = "bin_picking_number"
    CONDITION = "condition"
    TYPE = "type"
    IMAGES = "images"
    STOCK = "stock"
    CATEGORIES = "categories"


class NotSent(Enum):
    """What an entry returns when a push should not carry the POS's value."""

    NOT_SENT = "not sent"


NOT_SENT: Final = NotSent.NOT_SENT

type _OfProduct = Callable[[Product, Link | None], Any]
type _OfVariant = Callable[[Variant, Link | None], Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that a push can carry; `wire` is its name in BigCommerce's API.

    `field` is its name in settings, `label` the one for people, `word` the one in findings (`wire`
    when it is blank). `product` and `variant` take the POS's record and the link, and return the
    value to send or NOT_SENT; None: products or variants do not have this value. `source` is the
    attribute of the POS's record that it comes from; what the POS leaves out is unknown, and not
    sent, compared or held. `web` is the attribute of WebProduct and WebVariant. `same` returns
    whether two values are the same to BigCommerce. `blank` is what BigCommerce has where nobody
    entered a value; None: it cannot be blank there.

    `kept`: the store's value may be held against the POS's. `alone`: BigCommerce's documentation of
    the batch of variants does not list it for a variant that exists, so a change needs a call of
    its own. `plain`: a text without rules of its own, under one name on both sides and in both
    records. BigCommerce takes up to `longest` characters (0: no limit here) and, if there are any,
    only `choices`."""

    wire: str
    field: Field
    label: str
    source: str
    product: _OfProduct | None = None
    variant: _OfVariant | None = None
    web: str = ""
    same: sameness.Rule = sameness.text
    blank: str | int | None = ""
    word: str = ""
    kept: bool = True
    alone: bool = False
    plain: bool = False
    longest: int = 0
    choices: tuple[str, ...] = ()


def _plain(
    name: str,
    field: Field,
    label: str,
    *,
    on_variants: bool,
    alone: bool = False,
    longest: int = 0,
    choices: tuple[str, ...] = (),
) -> Entry:
    """Return the entry of a text that is called `name` in the POS's record, in BigCommerce's and in
    ours."""
    spelling = {choice.casefold(): choice for choice in choices}

    def of(record: Product | Variant, _: Link | None) -> Any:
        value = trimmed(getattr(record, name))
        if choices and not value:
            return NOT_SENT  # BigCommerce cannot have a blank here
        return spelling.get(value.casefold(), value)

    return Entry(
        name,
        field,
        label,
        name,
        of,
        of if on_variants else None,
        web=name,
        same=sameness.without_case if choices else sameness.text,
        blank=None if choices else "",
        alone=alone,
        plain=True,
        longest=longest,
        choices=choices,
    )


def _sku(product: Product, link: Link | None) -> Any:
    # A product that came in with a SKU sends its product number. Any other sends its own SKU unless
    # a variant has the same, so its variants must be known.
    came_in = link is not None and link.came_with_sku
    if not product.knows("product_number" if came_in else "variants"):
        return NOT_SENT
    return product_sku(product, link)


def _variant_sku(variant: Variant, link: Link | None) -> Any:
    came_in = link is not None and link.came_with_sku
    if came_in and not variant.knows("product_number"):
        return NOT_SENT
    return variant_sku(variant, link)


def _tracking(product: Product, _: Link | None) -> Any:
    # Whether the product or its variants hold the stock is known only with the variants.
    return product.tracking if product.knows("variants") else NOT_SENT


def _visibility(product: Product, link: Link | None) -> Any:
    # Sent at creation and when the POS's `active` changes; in between the web staff decide.
    changed = link is None or link.visible is not product.visible
    return product.visible if changed else NOT_SENT


_ENTRIES = (
    Entry(
        "name",
        Field.NAME,
        "name",
        "name",
        lambda product, _: clean_name(product.name),
        web="name",
        blank=None,
    ),
    Entry(
        "description",
        Field.DESCRIPTION,
        "description",
        "description",
        lambda product, _: product.description,
        web="description",
        same=sameness.html,
    ),
    Entry("sku", Field.SKU, "SKU", "sku", _sku, _variant_sku, web="sku", alone=True),
    Entry(
        "price",
        Field.PRICE,
        "price",
        "price",
        lambda product, _: product.price,
        lambda variant, _: variant.price,
        web="price",
        same=sameness.price,
        blank=None,
    ),
    Entry(
        # BigCommerce's documentation of requests allows no null here: 0 means no cost.
        "cost_price",
        Field.COST,
        "cost",
        "cost",
        lambda product, _: product.cost or 0,
        lambda variant, _: variant.cost or 0,
        web="cost",
        same=sameness.cost,
        blank=0,
        word="cost",
    ),
    Entry(
        # BigCommerce finds or creates a brand by name; it cannot find a blank name.
        "brand_name",
        Field.BRAND,
        "brand",
        "brand",
        lambda product, _: clean_name(product.brand) or NOT_SENT,
        web="brand",
        same=sameness.without_case,
        word="brand",
    ),
    Entry(
        "brand_id",
        Field.BRAND,
        "brand",
        "brand",
        lambda product, _: NOT_SENT if clean_name(product.brand) else 0,
        web="brand_id",
        same=sameness.exactly,
        blank=0,
        word="brand",
    ),
    Entry(
        "upc",
        Field.BARCODES,
        "UPC",
        "barcodes",
        lambda product, _: trimmed(product.barcodes.upc),
        lambda variant, _: trimmed(variant.barcodes.upc),
        web="upc",
    ),
    Entry(
        "gtin",
        Field.BARCODES,
        "GTIN",
        "barcodes",
        lambda product, _: trimmed(product.barcodes.gtin),
        lambda variant, _: trimmed(variant.barcodes.gtin),
        web="gtin",
        alone=True,
    ),
    _plain("mpn", Field.MPN, "manufacturer part number", on_variants=True, alone=True),
    _plain(
        "bin_picking_number",
        Field.BIN_PICKING_NUMBER,
        "bin picking number",
        on_variants=True,
        longest=255,
    ),
    _plain(
        "condition",
        Field.CONDITION,
        "condition",
        on_variants=False,
        choices=("New", "Used", "Refurbished"),
    ),
    _plain("type", Field.TYPE, "type", on_variants=False, choices=("physical", "digital")),
    Entry(
        "inventory_tracking",
        Field.STOCK,
        "stock tracking",
        "track_stock",
        _tracking,
        web="tracking",
        same=sameness.exactly,
        blank=None,
        word="tracking",
        kept=False,
    ),
    Entry(
        "is_visible",
        Field.VISIBILITY,
        "visibility",
        "active",
        _visibility,
        web="visible",
        same=sameness.exactly,
        blank=None,
        word="visibility",
        kept=False,
    ),
)

FIELDS: Mapping[str, Entry] = MappingProxyType({entry.wire: entry for entry in _ENTRIES})
"""Every value that the POS owns, by its name in BigCommerce's API."""

PLAIN_OF_PRODUCTS = tuple(entry.wire for entry in _ENTRIES if entry.plain)
PLAIN_OF_VARIANTS = tuple(entry.wire for entry in _ENTRIES if entry.plain and entry.variant)
ALONE = frozenset(entry.wire for entry in _ENTRIES if entry.alone)
"""The values that a batch of variants does not change of a variant that exists."""
