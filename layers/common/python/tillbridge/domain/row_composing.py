"""Rows of the views, composed here alone for everyone who reads a product. Apart from their shape: functions
that only read rows start without the rules of stock and prices."""

from collections.abc import Iterable
from decimal import Decimal

from tillbridge.domain.connection import Settings
from tillbridge.domain.product import Product
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.view_rows import LONGEST_TEXT, POS, WEB, ViewRow
from tillbridge.domain.web_orders.accounts import NO_WEB_UNITS, WebUnits
from tillbridge.domain.web_product import NOT_READ, WebProduct

MOST_SKUS_BYTES = 250_000
"""The most bytes of all SKUs of a row, which with the rest must fit a table's item of 400 KB: 600
variants have 153 KB."""

MOST_BARCODES = 5
"""Barcodes of a row, the product's own first."""

_SKUS_NAMED = 3
"""Variants' SKUs shown in the row of a product that has no SKU of its own."""


def pos_row(record: Product, settings: Settings, web_units: WebUnits = NO_WEB_UNITS) -> ViewRow:
    """Return a POS product's row, but for how it stands to the other side; its stock is what BigCommerce may
    sell."""
    found = levels(record, settings, web_units).values()
    lowest, highest = _range(
        record.price if each.price is None else each.price for each in record.variants
    )
    return ViewRow(
        side=POS,
        id=record.id,
        name=record.name[:LONGEST_TEXT],
        sku=_sku(record.sku, record.skus),
        product_number=record.product_number[:LONGEST_TEXT],
        price=str(record.price if lowest is None else lowest),
        price_to="" if highest is None else str(highest),
        stock=str(sum(level.level for level in found)) if found else "",
        image=_address(record.images[0]) if record.images else "",
        deleted=record.deleted,
        skus=_each_once(record.skus),
        barcodes=_barcodes(
            code
            for each in (record.barcodes, *(variant.barcodes for variant in record.variants))
            for code in (each.upc, each.gtin)
        ),
        maker=(record.vendor or record.brand or record.department)[:LONGEST_TEXT],
        variants=len(record.variants),
    )


def web_row(web: WebProduct, there: ViewRow | None = None) -> ViewRow:
    """Return a BigCommerce product's row, but for how it stands to the other side. What was not read of the
    product stays as it is `there`."""
    before = there or ViewRow(WEB, str(web.id), "")
    price, price_to = _prices(web, before)
    codes = [code for each in web.variants for code in (each.upc, each.gtin)]
    own = [code for code in (web.upc, web.gtin) if code is not NOT_READ]
    return ViewRow(
        side=WEB,
        id=str(web.id),
        name=web.name[:LONGEST_TEXT],
        sku=_sku(web.sku, web.skus),
        price=price,
        price_to=price_to,
        stock=_stock(web, before),
        image=before.image if web.thumbnail is NOT_READ else _address(web.thumbnail),
        skus=_each_once(web.skus),
        barcodes=_barcodes([*own, *codes]) if own else before.barcodes,
        maker=before.maker if web.brand is NOT_READ else web.brand[:LONGEST_TEXT],
        variants=len(web.variants),
    )


def price_text(price: Decimal) -> str:
    """Return a price as the Web view's rows have it."""
    return format(price.normalize(), "f")


def _prices(web: WebProduct, before: ViewRow) -> tuple[str, str]:
    if web.price is NOT_READ:
        return before.price, before.price_to
    own = web.price
    lowest, highest = _range(own if each.price is None else each.price for each in web.variants)
    return (
        price_text(own if lowest is None else lowest),
        "" if highest is None else price_text(highest),
    )


def _range(prices: Iterable[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest price where they differ."""
    found = list(prices)
    if not found or min(found) == max(found):
        return None, None
    return min(found), max(found)


def _barcodes(codes: Iterable[str]) -> tuple[str, ...]:
    given = dict.fromkeys(code.strip()[:LONGEST_TEXT] for code in codes)
    return tuple(code for code in given if code)[:MOST_BARCODES]


def _stock(web: WebProduct, before: ViewRow) -> str:
    if web.tracking == "none":
        return ""
    unknown = web.tracking is NOT_READ or web.units is NOT_READ
    return before.stock if unknown else str(web.units)


def _sku(own: str, skus: Iterable[str]) -> str:
    # A product without a SKU of its own shows its variants'.
    return (own or ", ".join(_each_once(skus)[:_SKUS_NAMED]))[:LONGEST_TEXT]


def _address(image: str) -> str:
    # A picture that is its own address (data:…) may be longer than a row; a part of it shows nothing.
    return image if len(image) <= LONGEST_TEXT else ""


def _each_once(skus: Iterable[str]) -> tuple[str, ...]:
    """Return each SKU once, in order, as many as fit a row."""
    kept: list[str] = []
    room = MOST_SKUS_BYTES
    for sku in dict.fromkeys(sku.strip()[:LONGEST_TEXT] for sku in skus):
        room -= len(sku.encode())
        if room < 0:
            break
        kept.append(sku)
    return tuple(kept)
