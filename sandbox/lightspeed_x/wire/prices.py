"""Both prices of a unit: one is the shop's, the other follows from the tax (fact 15)."""

from decimal import ROUND_HALF_UP, Decimal

from sandbox.lightspeed_x.state.config import AccountConfig

_FINEST = Decimal("0.00001")


def both_prices(price: Decimal, config: AccountConfig) -> tuple[Decimal, Decimal]:
    """Return the price before tax and the price with it; the shop's own is exact."""
    factor = 1 + config.tax_rate
    if config.tax_exclusive:
        return price, (price * factor).quantize(_FINEST, ROUND_HALF_UP)
    return (price / factor).quantize(_FINEST, ROUND_HALF_UP), price


def shop_price(
    excluding: Decimal | None, including: Decimal | None, config: AccountConfig
) -> Decimal:
    """Return the shop's price from the one that was given."""
    factor = 1 + config.tax_rate
    if excluding is not None:
        return excluding if config.tax_exclusive else excluding * factor
    assert including is not None
    return including / factor if config.tax_exclusive else including
