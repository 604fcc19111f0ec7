"""What a store says of itself, which is no setting: read when it is connected, and by each full comparison."""

from dataclasses import dataclass

from tillbridge.domain.money_format import MoneyFormat


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a connection needs of a store. `name` is for people; `currency` is an ISO 4217 code. "" is not told, and
    neither is a `money` of None. `prices_with_tax`: whether people enter its prices with tax."""

    channel_id: int = 1
    name: str = ""
    currency: str = ""
    money: MoneyFormat | None = None
    prices_with_tax: bool | None = None


def currencies_differ(store: str, pos: str) -> str:
    """Return why two sides cannot be connected whose currencies are known to differ, '' when they can."""
    if not store or not pos or store == pos:
        return ""
    return (
        f"The POS's prices are in {pos}, and the store's default currency is {store}. Tillbridge converts nothing:"
        " every price online would be wrong. Make the default currency of the BigCommerce store that of the POS,"
        " or connect another store."
    )
