"""Calls to X-Series: its addresses, its quota, and what its answers mean. Nobody else sends one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from urllib.parse import quote

import requests

from tillbridge.adapters.http import Incoming, Outgoing, exchange
from tillbridge.adapters.lightspeed_x import quota
from tillbridge.adapters.lightspeed_x.errors import checked, dead_token
from tillbridge.adapters.lightspeed_x.resources import versioned
from tillbridge.adapters.pos_session import LEAST_SECONDS, PosCall, PosSession
from tillbridge.adapters.secrets import Token
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import OutOfTime, PosBusy
from tillbridge.domain.spending import Spender
from tillbridge.ports.clock import Clock


@dataclass(frozen=True, slots=True)
class Ask:
    """One call. `path` is as in X-Series' documentation, below its version, with `ids` in the place of what stands in
    braces. `repeatable`: sent twice it does no harm; a create is not."""

    method: str
    path: str
    ids: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    repeatable: bool = True

    @property
    def place(self) -> str:
        """Return the path below the retailer's address."""
        path = versioned(self.path)
        for each in self.ids:
            before, _, rest = path.partition("{")
            path = before + quote(each, safe="") + rest.partition("}")[2]
        return path


class LightspeedCalls:
    """Calls to the retailer at `address` until `deadline_ms` (epoch ms), for one spender of its quota; `told` hears of
    each."""

    def __init__(
        self,
        address: str,
        token: Token,
        clock: Clock,
        deadline_ms: int,
        http: requests.Session,
        *,
        spender: Spender = Spender.POLL,
        told: Callable[[CallMade], None] | None = None,
    ) -> None:
        self._session = PosSession(address, token, clock, deadline_ms, http)
        self._spender = spender
        self._told = told
        self._window: quota.Window | None = None

    @property
    def quota_left(self) -> Decimal | None:
        """Return the share of the window's calls that was left at the last answer; None before the first."""
        return self._window.share if self._window else None

    @property
    def limit(self) -> int | None:
        """Return the calls of a window, as the last answer said."""
        return self._window.limit if self._window else None

    def send(self, ask: Ask) -> Incoming:
        """Send one call, and return its answer: a success, or the 404 of one record.

        Raise OutOfTime, PosDown (throttled, out of reach, our share of the quota spent), NeedsAttention (token,
        scope), Refused (what X-Series does not take), and, of what may not be repeated, LostReply when nobody
        knows whether it was done."""
        call = PosCall(ask.method, ask.place, ask.query, ask.body, repeatable=ask.repeatable)
        answer = self._session.answer_to(call, self._may_call, partial(self._exchanged, ask))
        if answer.status == 401:
            raise dead_token(self._session.address)
        return checked(ask.method, ask.path, answer, self._session.clock.now_ms())

    def _may_call(self) -> None:
        if self._session.seconds_left < LEAST_SECONDS:
            raise OutOfTime("There is no time left to ask the POS in this run.")
        wait = quota.wait_for(self._window, self._spender, self._session.clock.now_ms())
        if wait:
            raise PosBusy("Our share of the calls that the POS allows is used up for now.", wait)

    def _exchanged(
        self, ask: Ask, http: requests.Session, outgoing: Outgoing, seconds: float, clock: Clock
    ) -> Incoming:
        began, status = clock.now_ms(), 0
        try:
            answer = exchange(http, outgoing, seconds, clock)
            status = answer.status
            self._window = quota.after(self._window, answer.headers, clock.now_ms())
            return answer
        finally:
            self._tell(ask, status, began, clock.now_ms())

    def _tell(self, ask: Ask, status: int, began_ms: int, now_ms: int) -> None:
        if self._told is not None:
            left = self._window.left if self._window else -1
            name = f"{ask.method} {ask.path}"
            self._told(CallMade(name, now_ms, (), status, now_ms - began_ms, left))
