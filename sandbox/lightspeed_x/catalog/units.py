"""What the body of a create says of one unit, as the fields of a save in the shop."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sandbox.lightspeed_x.calls.refusal import invalid
from sandbox.lightspeed_x.catalog.new_product import NewCode, NewUnit
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.wire.prices import shop_price

type Fields = dict[str, Any]

_KILOGRAMS = {
    "KG": Decimal(1),
    "G": Decimal("0.001"),
    "LB": Decimal("0.45359237"),
    "OZ": Decimal("0.028349523125"),
    "CT": Decimal("0.0002"),
}
_CENTIMETRES = {
    "CM": Decimal(1),
    "MM": Decimal("0.1"),
    "IN": Decimal("2.54"),
    "YD": Decimal("91.44"),
}
# The shop's own words for barcodes; ISBN and JAN are EAN-13, ITF is a GTIN-14.
_BARCODES = {"UPC": "UPC", "EAN": "EAN", "JAN": "EAN", "ISBN": "EAN", "ITF": "GTIN"}
_MONEY, _QUANTITY = Decimal("0.0001"), Decimal("0.00001")


def unit_fields(account: Account, unit: NewUnit) -> Fields:
    """Return SKU, price, cost, barcodes, number and stock of a unit. Raises Refusal 422."""
    fields: Fields = {
        "sku": sku_of(unit),
        "barcodes": [
            {"type": _BARCODES[code.type], "code": code.code}
            for code in unit.product_codes
            if code.type != "CUSTOM"
        ],
        "cost": _cost(unit),
        "product_number": unit.supplier_code or next(_numbers(unit), ""),
        "stock": _stock(account, unit),
    }
    if price_of(account, unit) is not None:
        fields["price"] = price_of(account, unit)
    return fields


def price_of(account: Account, unit: NewUnit) -> Decimal | None:
    """Return the shop's price of a unit, None if it has none. Raises Refusal 422 for two."""
    excluding, including = unit.price_excluding_tax, unit.price_including_tax
    if excluding is not None and including is not None:
        raise invalid("Give price_including_tax or price_excluding_tax, not both.")
    if excluding is None and including is None:
        return None
    return shop_price(excluding, including, account.config).quantize(_MONEY, ROUND_HALF_UP)


def sku_of(unit: NewUnit) -> str:
    """Return the SKU: the field, or the custom code; none has the POS issue one."""
    custom = [code.code for code in unit.product_codes if code.type == "CUSTOM"]
    skus = {sku.strip() for sku in (unit.sku, *custom) if sku.strip()}
    if len(skus) > 1:
        raise invalid("The sandbox keeps one custom code, which is the SKU.")
    return next(iter(skus), "")


def given_codes(unit: NewUnit) -> set[str]:
    """Return every code of a unit, case ignored."""
    given: list[NewCode] = unit.product_codes
    return {code.code.strip().casefold() for code in given} | (
        {sku_of(unit).casefold()} if sku_of(unit) else set()
    )


def size_fields(unit: NewUnit) -> Fields:
    """Return weight in kilograms and sizes in centimetres. Raises Refusal 422."""
    fields: Fields = {}
    if unit.weight is not None:
        if unit.weight_unit is None:
            raise invalid("weight needs weight_unit.")
        fields["weight"] = _rounded(unit.weight * _KILOGRAMS[unit.weight_unit], _QUANTITY)
    sizes = {"width": unit.width, "height": unit.height, "depth": unit.length}
    if any(size is not None for size in sizes.values()):
        if unit.dimensions_unit is None or None in sizes.values():
            raise invalid("Sizes need dimensions_unit; the sandbox keeps all three or none.")
        factor = _CENTIMETRES[unit.dimensions_unit]
        fields["dimensions"] = {
            name: _rounded((size or Decimal(0)) * factor, _MONEY) for name, size in sizes.items()
        }
    return fields


def _rounded(value: Decimal, to: Decimal) -> Decimal:
    return value.quantize(to, ROUND_HALF_UP)


def _cost(unit: NewUnit) -> Decimal | None:
    prices = [each.price for each in unit.product_suppliers if each.price is not None]
    cost = unit.supply_price if unit.supply_price is not None else next(iter(prices), None)
    return None if cost is None else _rounded(cost, _MONEY)


def _numbers(unit: NewUnit) -> Iterator[str]:
    return (each.code for each in unit.product_suppliers if each.code)


def _stock(account: Account, unit: NewUnit) -> dict[str, Decimal]:
    known = {made_id("outlet", each.id): each.id for each in account.cloud.catalogue.outlets}
    stock: dict[str, Decimal] = {}
    for each in unit.inventory:
        if each.outlet_id not in known:
            raise invalid(f"There is no outlet {each.outlet_id}.")
        stock[known[each.outlet_id]] = each.current_amount
    return stock
