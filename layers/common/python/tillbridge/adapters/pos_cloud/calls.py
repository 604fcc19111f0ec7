"""Calls to the POS API: token, time limits and retries. Every call of the contract may be repeated:
reads, calls that ensure a name, and creates with an idempotency key."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import requests

from tillbridge.adapters.borders.waits import told_wait
from tillbridge.adapters.http import (
    Incoming,
    NoAnswerError,
    NotSentError,
    Outgoing,
    TooLargeError,
    exchange,
)
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import PosDown
from tillbridge.domain.problems import attention_for
from tillbridge.ports.clock import Clock

type TokenProvider = Callable[[bool], str]
"""Returns the POS's access token; called with True, after a 401, it reads the token again."""

READ_SECONDS = 20.0
LEAST_SECONDS = 1.0
RETRIES = 2
NOT_IMPLEMENTED = 501
"""It will never be otherwise, so it is an answer and no trouble."""

_dice = random.SystemRandom()


class PosAnswerTooLarge(PosDown):
    """An answer is too large for us: ask for less at once."""


@dataclass(frozen=True, slots=True)
class PosCall:
    """One call; `path` is below the POS's base address, and is percent-encoded already."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PosCalls:
    """Calls to the POS at `base_url` until `deadline_ms` (epoch ms)."""

    base_url: str
    token: TokenProvider
    clock: Clock
    deadline_ms: int
    http: requests.Session

    def send(self, call: PosCall) -> Incoming:
        """Send one call, and return its answer: a success or a refusal (4xx, 501). Raise PosDown when
        the POS cannot be reached or throttles, NeedsAttention when it refuses our token."""
        tries = 0
        while True:
            if self._seconds_left() < LEAST_SECONDS:
                raise PosDown("There is no time left to read from the POS in this run.")
            try:
                answer = self._authorised(call)
                if answer.status < 500 or answer.status == NOT_IMPLEMENTED:
                    return answer
                trouble = f"it answered {answer.status}"
                wait = retry_after(answer.headers, self.clock.now_ms())
            except TooLargeError as error:  # asked again, it would be as large
                raise PosAnswerTooLarge(f"The POS cannot be read: {error}.") from error
            except (NotSentError, NoAnswerError) as error:
                trouble, wait = str(error), 0.0
            tries += 1
            pause = 0.25 * 2**tries * _dice.uniform(0.5, 1.0)
            if tries > RETRIES or wait or self._seconds_left() < pause + LEAST_SECONDS:
                raise PosDown(f"The POS cannot be reached: {trouble}.", wait)
            self.clock.sleep(pause)

    def _authorised(self, call: PosCall) -> Incoming:
        answer = self._once(call, fresh_token=False)
        if answer.status == 401:
            answer = self._once(call, fresh_token=True)
        if answer.status in (401, 403):
            raise attention_for(AttentionCode.POS_TOKEN_DEAD)
        if answer.status == 429:
            wait = retry_after(answer.headers, self.clock.now_ms()) or _dice.uniform(1.0, 5.0)
            raise PosDown("The POS asks us to wait before the next read.", wait)
        return answer

    def _once(self, call: PosCall, *, fresh_token: bool) -> Incoming:
        token = self.token(fresh_token).strip()
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        body = None
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(call.body).encode()
        url = f"{self.base_url.rstrip('/')}{call.path}"
        outgoing = Outgoing(call.method, url, {**headers, **call.headers}, call.query, body)
        seconds = min(READ_SECONDS, max(self._seconds_left(), LEAST_SECONDS))
        return exchange(self.http, outgoing, seconds, self.clock)

    def _seconds_left(self) -> float:
        return (self.deadline_ms - self.clock.now_ms()) / 1000


def retry_after(headers: Mapping[str, str], now_ms: int) -> float:
    """Return the seconds that the POS asks us to wait, 0 without the header."""
    return told_wait(headers.get("Retry-After"), now_ms) or 0.0
