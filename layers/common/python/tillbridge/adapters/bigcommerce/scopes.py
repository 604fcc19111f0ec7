"""What a token may read: one call for the token itself, and one for each scope that a read can show."""

from collections.abc import Callable, Mapping, Sequence
from typing import override

import requests

from tillbridge.adapters.bigcommerce.answer import Answer, answer_of
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.error_map import ServerTroubleError, check, title_of
from tillbridge.adapters.bigcommerce.store_facts import facts_of
from tillbridge.adapters.http import NoAnswerError, NotSentError, Outgoing, exchange
from tillbridge.domain import scopes
from tillbridge.domain.errors import Refused, StoreDown, StoreThrottled
from tillbridge.domain.scopes import ScopeRead
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.ports.clock import Clock
from tillbridge.ports.store_scopes import StoreScopes

_READ_MS, _FACTS_MS = 12_000, 4_000
"""Time for all calls of a method: a person waits, and the function that asks has 25 s, also for the POS."""

_TIME = Call("GET", "/time", version="v2")
_STORE = Call("GET", "/store", version="v2")
_READS: Mapping[str, Call] = {
    scopes.PRODUCTS.name: Call("GET", "/catalog/products", query={"limit": "1"}),
    scopes.INVENTORY.name: Call("GET", "/inventory/items", query={"limit": "1"}),
    scopes.INFORMATION.name: _STORE,
    scopes.ORDERS.name: Call("GET", "/orders", query={"limit": "1"}, version="v2"),
}
"""By the name of a scope what it lets a token read (docs/unverified.md names what is not sure)."""


class ScopesOfBigCommerce(StoreScopes):
    """Each call is made once. `open_http` makes a session when it is needed."""

    def __init__(self, open_http: Callable[[], requests.Session], clock: Clock) -> None:
        self._open_http = open_http
        self._clock = clock

    @override
    def read(
        self, api_url: str, store_hash: str, token: str, *, orders: bool = False
    ) -> Sequence[ScopeRead]:
        until_ms = self._clock.now_ms() + _READ_MS
        base = f"{api_url.rstrip('/')}/stores/{store_hash}"
        with self._open_http() as http:
            first = self._ask(http, _TIME, base, token, until_ms)
            if first.status == 401:
                return (scopes.refused_token(401),)
            if first.status == 404:
                return (scopes.unknown_store(store_hash),)
            self._told(_TIME, first)
            told = {
                name: self._told(call, self._ask(http, call, base, token, until_ms))
                for name, call in _READS.items()
            }
        return scopes.judged(told, orders=orders)

    @override
    def facts(self, api_url: str, store_hash: str, token: str) -> StoreFacts:
        until_ms = self._clock.now_ms() + _FACTS_MS
        base = f"{api_url.rstrip('/')}/stores/{store_hash}"
        with self._open_http() as http:
            answer = self._ask(http, _STORE, base, token, until_ms)
        self._told(_STORE, answer, forbidden=False)
        if not isinstance(answer.body, dict):
            raise Refused(answer.status, "its answer is not as documented")
        return facts_of(answer.body)

    def _ask(
        self, http: requests.Session, call: Call, base: str, token: str, until_ms: int
    ) -> Answer:
        seconds = (until_ms - self._clock.now_ms()) / 1_000
        if seconds <= 0:
            raise StoreDown("BigCommerce answers too slowly just now.")
        headers = {"X-Auth-Token": token, "Accept": "application/json"}
        outgoing = Outgoing("GET", base + call.path, headers, call.query)
        try:
            answer = answer_of(exchange(http, outgoing, seconds, self._clock))
        except (NotSentError, NoAnswerError) as trouble:
            raise StoreDown("BigCommerce does not answer just now.") from trouble
        if answer.status == 429:
            raise StoreThrottled("The store's quota is spent for now.", 30)
        return answer

    def _told(self, call: Call, answer: Answer, *, forbidden: bool = True) -> str | None:
        """Return None of a read that was answered and, where a read may be `forbidden`, BigCommerce's words of one
        that is. Raise StoreDown, NeedsAttention or Refused for everything else."""
        if forbidden and answer.status == 403:
            return title_of(answer)
        if answer.status == 401:
            raise Refused(401, "BigCommerce refuses the token")
        try:
            check(call, answer)
        except ServerTroubleError as trouble:
            raise StoreDown(
                f"BigCommerce has trouble ({answer.status}).", trouble.wait
            ) from trouble
        return None
