"""The lines of web orders, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.accounts import LineAccount


@dataclass
class FakeOpenLines:
    """Answers the accounts that a test puts into `accounts`."""

    accounts: list[LineAccount] = field(default_factory=list)

    def of(self, store: StoreId) -> Sequence[LineAccount]:
        return tuple(self.accounts)
