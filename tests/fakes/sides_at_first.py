"""Both sides as they answer whoever connects a store; they keep the promises of `ports.store_scopes` and
`ports.pos_at_first`."""

from collections.abc import Sequence

from tillbridge.domain import scopes
from tillbridge.domain.errors import CannotConnect, StoreDown
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.scopes import ScopeRead
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.domain.web_orders.switching import Outlet

DOLLARS = MoneyFormat("USD", "$")


class FakeSides:
    """`lacks`: names of scopes that the token has not. `tokens`: those that BigCommerce takes, all when empty; `hashes`
    likewise. `pos_refuses`: why the POS is none. `asked` notes each token that was used."""

    def __init__(self) -> None:
        self.lacks: set[str] = set()
        self.tokens: set[str] = set()
        self.hashes: set[str] = set()
        self.down = False
        self.store = StoreFacts(channel_id=5, name="Quay", currency="USD", money=DOLLARS)
        self.pos_currency = "USD"
        self.pos_outlets: Sequence[Outlet] = (Outlet("o-main"),)
        self.pos_takes_web_orders = True
        self.pos_refuses: CannotConnect | None = None
        self.asked: list[str] = []

    def read(
        self, api_url: str, store_hash: str, token: str, *, orders: bool = False
    ) -> Sequence[ScopeRead]:
        self.asked.append(token)
        if self.down:
            raise StoreDown("BigCommerce does not answer just now.")
        if self.tokens and token not in self.tokens:
            return (scopes.refused_token(401),)
        if self.hashes and store_hash not in self.hashes:
            return (scopes.unknown_store(store_hash),)
        told = dict.fromkeys(self.lacks, "You don't have a required scope")
        return scopes.judged(told, orders=orders)

    def facts(self, api_url: str, store_hash: str, token: str) -> StoreFacts:
        self.asked.append(token)
        return self.store

    def currency(self, address: str, token: str) -> str:
        self._ask_pos(token)
        return self.pos_currency

    def outlets(self, address: str, token: str) -> Sequence[Outlet]:
        self._ask_pos(token)
        return self.pos_outlets

    def takes_web_orders(self, address: str, token: str) -> bool:
        self._ask_pos(token)
        return self.pos_takes_web_orders

    def _ask_pos(self, token: str) -> None:
        self.asked.append(token)
        if self.pos_refuses:
            raise self.pos_refuses
