"""Calls to X-Series: token, time limits, quota and retries, and nobody else sends one."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import requests

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded
from tillbridge.adapters.borders.waits import told_wait
from tillbridge.adapters.http import (
    Incoming,
    NoAnswerError,
    NotSentError,
    Outgoing,
    TooLargeError,
    exchange,
)
from tillbridge.adapters.lightspeed_x import quota
from tillbridge.adapters.lightspeed_x.errors import checked, dead_token
from tillbridge.adapters.lightspeed_x.resources import versioned
from tillbridge.adapters.secrets import Token
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import LostReply, OutOfTime, PosBusy, PosDown
from tillbridge.domain.spending import Spender
from tillbridge.ports.clock import Clock

CALL_SECONDS = 20.0
LEAST_SECONDS = 1.0
RETRIES = 2

_dice = random.SystemRandom()


class AnswerTooLarge(PosDown):
    """An answer is too large for us: ask for less at once."""


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
        self._address = address.rstrip("/")
        self._token = token
        self._clock = clock
        self._deadline_ms = deadline_ms
        self._http = http
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
        tries = 0
        while True:
            self._may_call()
            try:
                answer = self._authorised(ask)
                if answer.status < 500:
                    return checked(ask.method, ask.path, answer, self._clock.now_ms())
                trouble, sent = f"it answered {answer.status}", True
                wait = told_wait(answer.headers.get("Retry-After"), self._clock.now_ms()) or 0.0
            except TooLargeError as error:  # asked again, it would be as large
                raise _too_large(ask, error) from error
            except NotSentError as error:
                trouble, sent, wait = str(error), False, 0.0
            except NoAnswerError as error:
                trouble, sent, wait = str(error), True, 0.0
            if sent and not ask.repeatable:
                raise LostReply(f"The POS gave no usable answer: {trouble}.", wait)
            tries += 1
            self._pause(tries, trouble, wait)

    def _may_call(self) -> None:
        if self._seconds_left() < LEAST_SECONDS:
            raise OutOfTime("There is no time left to ask the POS in this run.")
        wait = quota.wait_for(self._window, self._spender, self._clock.now_ms())
        if wait:
            raise PosBusy("Our share of the calls that the POS allows is used up for now.", wait)

    def _pause(self, tries: int, trouble: str, wait: float) -> None:
        pause = 0.25 * 2**tries * _dice.uniform(0.5, 1.0)
        if tries > RETRIES or wait or self._seconds_left() < pause + LEAST_SECONDS:
            raise PosDown(f"The POS cannot be reached: {trouble}.", wait)
        self._clock.sleep(pause)

    def _authorised(self, ask: Ask) -> Incoming:
        answer = self._once(ask, fresh_token=False)
        if answer.status == 401:
            answer = self._once(ask, fresh_token=True)
        if answer.status == 401:
            raise dead_token(self._address)
        return answer

    def _once(self, ask: Ask, *, fresh_token: bool) -> Incoming:
        token = self._token(fresh_token).strip()
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        body = None
        if ask.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(ask.body).encode()
        outgoing = Outgoing(ask.method, self._address + ask.place, headers, ask.query, body)
        began = self._clock.now_ms()
        seconds = min(CALL_SECONDS, max(self._seconds_left(), LEAST_SECONDS))
        status = 0
        try:
            answer = exchange(self._http, outgoing, seconds, self._clock)
            status = answer.status
            self._window = quota.after(self._window, answer.headers, self._clock.now_ms())
            return answer
        finally:
            self._tell(ask, status, began)

    def _tell(self, ask: Ask, status: int, began_ms: int) -> None:
        if self._told is not None:
            now = self._clock.now_ms()
            left = self._window.left if self._window else -1
            name = f"{ask.method} {ask.path}"
            self._told(CallMade(name, now, (), status, now - began_ms, left))

    def _seconds_left(self) -> float:
        return (self._deadline_ms - self._clock.now_ms()) / 1_000


def _too_large(ask: Ask, error: TooLargeError) -> PosDown | LostReply:
    if ask.repeatable:
        return AnswerTooLarge(f"The POS cannot be read: {error}.")
    return LostReply(f"The POS gave no usable answer: {error}.")


def body_of(answer: Incoming) -> Any:
    """Return the JSON of an answer, with fractions as Decimal. Raise PosDown when it is none."""
    try:
        return decoded(answer.body)
    except NotJsonError as error:
        raise PosDown("The POS's answer is not JSON.") from error
