"""Money as people read it."""

from decimal import Decimal, InvalidOperation

from tillbridge.domain.money_format import MoneyFormat, in_format


def money(price: str, how: MoneyFormat | None = None) -> str:
    """Return a price as a store writes it (`how`); where that is not asked for, with two decimals or more:
    BigCommerce sends the POS's 14.50 as 14.5. What is no number is returned as it is."""
    if how is not None:
        return in_format(price, how)
    try:
        value = Decimal(price)
    except InvalidOperation:
        return price
    if not value.is_finite():
        return price
    return format(max(value, value.quantize(Decimal("0.01")), key=_places), "f")


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
