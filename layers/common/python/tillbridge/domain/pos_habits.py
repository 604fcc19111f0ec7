"""What a vendor's POS account is by its facts: which price it shows, and what our token may see."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from tillbridge.domain.pos_account import PosAccount


class PriceHabit(StrEnum):
    """Which price of a POS is sent: with tax in it (`incl`), or without (`excl`)."""

    INCL = "incl"
    EXCL = "excl"


CURRENCY = "currency"
PRICES = "prices"
_TAX, _MISSING, _RETAILER, _NAME = "tax_in_prices", "missing_scopes", "retailer", "name"


def facts_told(
    name: str,
    retailer: str,
    currency: str,
    missing: Collection[str],
    *,
    tax_in_prices: bool,
    prices: PriceHabit | None,
) -> dict[str, str]:
    """Return the facts of an account. `retailer`: the POS's own id of the customer; `prices`: a person's choice,
    None where the POS's own habit holds."""
    return {
        _NAME: name,
        _RETAILER: retailer,
        CURRENCY: currency,
        _TAX: "yes" if tax_in_prices else "no",
        _MISSING: " ".join(sorted(missing)),
        **({PRICES: prices.value} if prices else {}),
    }


def chosen_prices(facts: Mapping[str, str]) -> PriceHabit | None:
    """Return which price a person chose to send, None where nobody did."""
    return PriceHabit(facts[PRICES]) if facts.get(PRICES) in set(PriceHabit) else None


def prices_with_tax(facts: Mapping[str, str]) -> bool | None:
    """Return whether the prices that are sent include tax, None of a POS that does not say. What a person chose beats
    the POS's own habit."""
    if chosen := chosen_prices(facts):
        return chosen is PriceHabit.INCL
    return {"yes": True, "no": False}.get(facts.get(_TAX, ""))


def is_other_retailer(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Return whether the facts are of two customers of the POS."""
    one, other = before.get(_RETAILER, ""), now.get(_RETAILER, "")
    return bool(one and other and one != other)


def is_same_retailer(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether the facts of two accounts are known to be of one customer of the POS."""
    return one.get(_RETAILER, "") == other.get(_RETAILER, "") != ""


def reads_otherwise(
    before: Mapping[str, str], now: Mapping[str, str], of_rows: Collection[str]
) -> bool:
    """Return whether the POS's rows are read otherwise now: another price of them, or what our token may see of them.
    The POS gives no row a new version for that, so each has to be read again. `of_rows`: the scopes that decide what
    rows tell; one that only lets us write, or be called, changes no row."""
    gained_or_lost = {*_missing_of(before)} ^ {*_missing_of(now)}
    other_price = prices_with_tax(before) is not prices_with_tax(now)
    return other_price or not gained_or_lost.isdisjoint(of_rows)


def missing_scopes(account: PosAccount) -> list[str]:
    """Return the scopes that the account's token was found to lack when it was given."""
    return _missing_of(account.facts)


def _missing_of(facts: Mapping[str, str]) -> list[str]:
    return facts.get(_MISSING, "").split()


def habits_differ(store_with_tax: bool | None, account: PosAccount) -> str:
    """Return why a store and an account cannot be connected of which one has tax in its prices and the other has
    not, '' when they can, also where a person chose which price is sent."""
    pos_with_tax = prices_with_tax(account.facts)
    if store_with_tax is None or pos_with_tax is None or store_with_tax is pos_with_tax:
        return ""
    if chosen_prices(account.facts):
        return ""
    theirs, ours = ("with", "without") if pos_with_tax else ("without", "with")
    return (
        f"The POS's prices are {theirs} tax, and the prices of the BigCommerce store are entered {ours}: every price"
        f" online would be wrong. Say which price of the POS is sent with --prices incl or --prices excl at"
        f" `tillbridge pos connect`; or change in BigCommerce whether prices are entered with tax."
    )
