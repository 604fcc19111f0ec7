"""Asking a POS for the first time, by its contract (contracts/pos-api.openapi.yaml)."""

from collections.abc import Callable, Sequence
from typing import Any, override

import requests

from tillbridge.adapters.borders.currency import currency_of
from tillbridge.adapters.http import Incoming, NoAnswerError, NotSentError, Outgoing, exchange
from tillbridge.adapters.pos_session import object_in
from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect
from tillbridge.domain.web_orders.switching import Outlet
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_at_first import PosAtFirst

_SECONDS = 3.0
"""For each of two calls: a person waits, and the function that asks has 25 s, also for BigCommerce."""

_NOT_OFFERED = (404, 405, 501)
"""The answers of a POS that does not have a part of the contract."""


class PosByContract(PosAtFirst):
    """Each call is made once. `open_http` makes a session when it is needed."""

    def __init__(self, open_http: Callable[[], requests.Session], clock: Clock) -> None:
        self._open_http = open_http
        self._clock = clock

    @override
    def currency(self, address: str, token: str) -> str:
        with self._open_http() as http:
            if not self._list(http, address, "/v1/outlets", token):
                raise CannotConnect(
                    ConnectCode.NO_OUTLET,
                    f"The POS at {address} has no outlet. Add one there, then connect the store.",
                )
            # The contract has the currency on each product, and nowhere else.
            products = self._list(http, address, "/v1/products?since_version=0&limit=50", token)
        return next((code for each in products if (code := currency_of(each))), "")

    @override
    def outlets(self, address: str, token: str) -> Sequence[Outlet]:
        with self._open_http() as http:
            found = self._list(http, address, "/v1/outlets", token)
        return [
            Outlet(str(each["id"]), str(each.get("name") or ""), each.get("active") is not False)
            for each in found
            if isinstance(each, dict) and each.get("id")
        ]

    @override
    def takes_web_orders(self, address: str, token: str) -> bool:
        path = "/v1/web-orders?since_version=0&limit=1"
        with self._open_http() as http:
            answer = self._asked(http, address, path, token)
        if answer.status in _NOT_OFFERED:
            return False
        if answer.status != 200 or not isinstance(object_in(answer).get("data"), list):
            words = f"The POS does not say which web orders it has booked (status {answer.status})."
            raise CannotConnect(ConnectCode.NO_POS, words)
        return True

    def _asked(self, http: requests.Session, address: str, path: str, token: str) -> Incoming:
        url, bare = f"{address.rstrip('/')}{path}", path.partition("?")[0]
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        try:
            answer = exchange(http, Outgoing("GET", url, headers), _SECONDS, self._clock)
        except (NotSentError, NoAnswerError) as trouble:
            words = f"No answer from {address.rstrip('/')}{bare}."
            raise CannotConnect(ConnectCode.POS_SILENT, words) from trouble
        if answer.status in (401, 403):
            words = f"The POS refuses the token ({answer.status})."
            raise CannotConnect(ConnectCode.POS_TOKEN, words)
        return answer

    def _list(self, http: requests.Session, address: str, path: str, token: str) -> list[Any]:
        answer, bare = self._asked(http, address, path, token), path.partition("?")[0]
        data = object_in(answer).get("data")
        if answer.status != 200 or not isinstance(data, list):
            raise CannotConnect(
                ConnectCode.NO_POS,
                f"{address} does not answer as a POS does (status {answer.status} at {bare}).",
            )
        return data
