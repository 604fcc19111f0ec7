"""What a retailer's prices mean: with or without tax, and in which currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tillbridge.domain.pos_habits import CURRENCY, prices_with_tax

_NO_DECIMALS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX"}
    | {"UYI", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Of the currencies of ISO 4217; all others have two."""

DISCOUNT_PRODUCT = "discount_product"
"""The fact of an account that holds the id of the product that stands for discounts."""

DECIMALS_WITHOUT_TAX = 4
"""A price before tax is worked out from one with tax, and rounded it would give another: BigCommerce takes four."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How to read a retailer's products. `discount_product`: the id of the product that stands for discounts, ""
    where it is not known."""

    currency: str
    tax_in_prices: bool
    discount_product: str = ""


def terms_of(facts: Mapping[str, str]) -> Terms | None:
    """Return the terms that the facts of a POS account tell, None where they do not."""
    habit, currency = prices_with_tax(facts), facts.get(CURRENCY, "")
    if habit is None or not currency:
        return None
    return Terms(currency, habit, facts.get(DISCOUNT_PRODUCT, ""))


def decimals_of(currency: str) -> int:
    """Return the decimals of amounts in a currency."""
    if currency in _THREE_DECIMALS:
        return 3
    return 0 if currency in _NO_DECIMALS else 2


def price_of(including: Decimal | None, excluding: Decimal | None, terms: Terms) -> Decimal | None:
    """Return the price to sell at online, None where X-Series has none of this kind: the other is no help, for the tax
    of a product depends on the outlet."""
    price = including if terms.tax_in_prices else excluding
    decimals = decimals_of(terms.currency) if terms.tax_in_prices else DECIMALS_WITHOUT_TAX
    return None if price is None else rounded(price, decimals)


def rounded(amount: Decimal, decimals: int) -> Decimal:
    """Return the amount with at most so many decimals, half up."""
    if -int(amount.as_tuple().exponent) <= decimals:
        return amount
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
