"""The client of the store under test: reads only, each call once, and never more than 20."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

import requests

from tillbridge.adapters.bigcommerce.answer import (
    Answer,
    UnreadableAnswerError,
    answer_of,
    reading_of,
    requested_wait,
)
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.error_map import ServerTroubleError, check
from tillbridge.adapters.http import NoAnswerError, NotSentError, Outgoing, exchange
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.quota import Reading
from tillbridge.ports.clock import Clock

MOST_CALLS = 20
_SECONDS = 30.0


class Untold(Exception):
    """The store does not say; the message says why. `status` is that of its answer, 0 without one."""

    def __init__(self, words: str, status: int = 0) -> None:
        super().__init__(words)
        self.status = status


@dataclass(slots=True)
class StoreUnderTest:
    """A connected store, read with its token through `http`. An answer is kept, so that two checks
    cost one call."""

    connection: Connection
    token: str = field(repr=False)
    clock: Clock
    http: requests.Session
    opened_ms: int = 0
    """This machine's time when the store first answered (epoch ms)."""

    calls: int = 0
    quota: list[tuple[str, Reading | None]] = field(default_factory=list)
    """Of each call its template, and what its answer said of the quota."""

    _known: dict[str, Answer | Untold] = field(default_factory=dict)

    def get(self, template: str, *, version: str = "v3", **query: object) -> Answer:
        """Return the successful answer to a GET. Raise Untold. In a filter's name `__` stands for the
        colon, and `location_id` is put into the path."""
        texts = {name.replace("__", ":"): str(value) for name, value in query.items()}
        ids = {"location_id": self.connection.location_id}
        call = Call("GET", template, ids, texts, version=version)
        key = f"{call.path}?{urlencode(texts)}"
        if key not in self._known:
            self._known[key] = self._asked(call)
        found = self._known[key]
        if isinstance(found, Untold):
            raise Untold(str(found), found.status)
        return found

    def _asked(self, call: Call) -> Answer | Untold:
        if self.calls >= MOST_CALLS:
            return Untold(f"it was not asked, after {MOST_CALLS} calls")
        self.calls += 1
        base = f"{self.connection.api_url.rstrip('/')}/stores/{self.connection.store_hash}"
        headers = {"X-Auth-Token": self.token, "Accept": "application/json"}
        outgoing = Outgoing("GET", base + call.path, headers, call.query)
        try:
            answer = answer_of(exchange(self.http, outgoing, _SECONDS, self.clock))
        except (NotSentError, NoAnswerError, TillbridgeError) as trouble:
            return Untold(f"BigCommerce cannot be asked: {trouble}")
        self.opened_ms = self.opened_ms or self.clock.now_ms()
        self.quota.append((call.template, reading_of(answer.headers)))
        return _success(call, answer)


def records_of(answer: Answer) -> list[dict[str, object]]:
    """Return the records of a list of v2 or v3, none for 204. Raise Untold when it has no list."""
    if answer.status == 204:
        return []
    try:
        found = answer.body if isinstance(answer.body, list) else answer.many
    except UnreadableAnswerError as odd:
        raise Untold(f"its answer is not as documented ({odd})", answer.status) from odd
    return [record for record in found if isinstance(record, dict)]


def _success(call: Call, answer: Answer) -> Answer | Untold:
    if answer.status == 401:
        return Untold("BigCommerce refuses the token", 401)
    if answer.status == 429:
        wait = requested_wait(answer.headers) or 30
        return Untold(f"the store's quota is spent; ask again in {wait:.0f} s", 429)
    try:
        check(call, answer)
    except (TillbridgeError, ServerTroubleError) as refused:
        return Untold(str(refused).rstrip("."), answer.status)
    return answer
