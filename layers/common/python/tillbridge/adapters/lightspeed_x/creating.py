"""The body with which a product is made in X-Series."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tillbridge.domain.errors import Refused
from tillbridge.domain.new_product import NewProduct, NewVariant

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NamedIds:
    """X-Series' ids of what a new product refers to; `brand` is "" of a product without one. `attributes`: by the
    option's name."""

    brand: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def refuse_inexact(product: NewProduct) -> None:
    """Raise Refused, in words, for an amount that X-Series would get as another: it takes amounts as JSON numbers,
    which most receivers hold as doubles."""
    amounts = list(_amounts(product, ""))
    for each in product.variants:
        amounts += _amounts(each, f" of {' / '.join(value for _, value in each.options)}")
    for name, amount in amounts:
        if amount is not None and Decimal(repr(float(amount))) != amount:
            words = f"{amount:f} has more digits than the POS can hold exactly"
            raise Refused(422, words, {name: words})


def _amounts(unit: NewProduct | NewVariant, whose: str) -> Iterator[tuple[str, Decimal | None]]:
    yield f"price{whose}", unit.price
    yield f"cost{whose}", unit.cost


def new_body(product: NewProduct, ids: NamedIds, *, tax_in_prices: bool) -> Json:
    """Return the body of `POST /products`. It has one price for each unit, with tax in it or without; a family has
    SKU, codes and prices on its variants alone. What is blank is left out."""
    body: Json = {
        "name": product.name,
        "description": product.description,
        "source_id": product.external_id,
        "is_active": product.active,
        "supplier_id": product.vendor_id,
        "product_category_id": product.department_id,
        "brand_id": ids.brand,
        "images": [
            {"type": "url", "location": url, "index": place}
            for place, url in enumerate(product.images)
        ],
    }
    price = "price_including_tax" if tax_in_prices else "price_excluding_tax"
    if product.variants:
        body["variants"] = [_variant(each, product, ids, price) for each in product.variants]
    else:
        body |= _unit(product, product, price)
    return {name: value for name, value in body.items() if value not in ("", [])}


def _variant(variant: NewVariant, product: NewProduct, ids: NamedIds, price: str) -> Json:
    unit = _unit(variant, product, price)
    unit["variant_definitions"] = [
        {"attribute_id": ids.attributes[name], "value": value} for name, value in variant.options
    ]
    return {name: value for name, value in unit.items() if value not in ("", [])}


def _unit(unit: NewProduct | NewVariant, product: NewProduct, price: str) -> Json:
    """Return what a simple product and a variant have in common; a variant's blank price or cost is its
    product's."""
    cost = product.cost if unit.cost is None else unit.cost
    amount = product.price if unit.price is None else unit.price
    told: Json = {
        "sku": unit.sku,
        "supplier_code": unit.product_number,
        "product_codes": [
            {"type": kind, "code": code} for kind, code in _codes(unit.upc, unit.gtin)
        ],
        price: float(amount),
    }
    return told if cost is None else {**told, "supply_price": float(cost)}


def _codes(upc: str, gtin: str) -> Iterator[tuple[str, str]]:
    """Yield the barcodes, each once: X-Series takes no code twice."""
    if upc.strip():
        yield "UPC", upc.strip()
    if gtin.strip() and gtin.strip() != upc.strip():
        yield "ITF" if len(gtin.strip()) == 14 else "EAN", gtin.strip()
