"""Calling a POS, whoever made it: a token that is read anew, limits of time and size, a few tries, and its JSON."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

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
from tillbridge.adapters.secrets import Token
from tillbridge.domain.errors import LostReply, PosDown
from tillbridge.ports.clock import Clock

CALL_SECONDS = 20.0
LEAST_SECONDS = 1.0
"""With less time left no call is begun."""

RETRIES = 2

_GAVE_UP_WAITING = 408
"""What a server answers that waited too long for our call: whether it did it, nobody knows."""

_NOT_IMPLEMENTED = 501
"""It will never be otherwise, so it is an answer and no trouble."""

_dice = random.SystemRandom()

type Exchange = Callable[[requests.Session, Outgoing, float, Clock], Incoming]


class AnswerTooLarge(PosDown):
    """An answer is too large for us: ask for less at once."""


@dataclass(frozen=True, slots=True)
class PosCall:
    """One call; `path` is below the POS's address, and is percent-encoded already. `repeatable`: sent twice it does no
    harm; a create is not, unless the POS knows it again."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = True


@dataclass(frozen=True, slots=True)
class PosSession:
    """Calls to the POS at `address` until `deadline_ms` (epoch ms)."""

    address: str
    token: Token
    clock: Clock
    deadline_ms: int
    http: requests.Session

    @property
    def seconds_left(self) -> float:
        """Return the seconds until the deadline, below 0 after it."""
        return (self.deadline_ms - self.clock.now_ms()) / 1_000

    def answer_to(
        self, call: PosCall, before: Callable[[], None], exchanged: Exchange = exchange
    ) -> Incoming:
        """Return the answer to a call, be it a success, a refusal (4xx) or 501; what that means, the caller knows. A
        401 is one to a token that was read anew.

        `before` raises when the next try may not be made, and `exchanged` makes one. Raise PosDown when the POS is out
        of reach or in trouble, AnswerTooLarge, and, of what may not be repeated, LostReply when nobody knows whether it
        was done."""
        tries = 0
        while True:
            before()
            try:
                answer = self._authorised(call, exchanged)
                if not _is_trouble(answer.status):
                    return answer
                trouble, sent = f"it answered {answer.status}", True
                wait = asked_wait(answer, self.clock.now_ms())
            except TooLargeError as error:  # asked again, it would be as large
                if call.repeatable:
                    raise AnswerTooLarge(f"The POS cannot be read: {error}.") from error
                raise LostReply(f"The POS gave no usable answer: {error}.") from error
            except (NotSentError, NoAnswerError) as error:
                trouble, sent, wait = str(error), isinstance(error, NoAnswerError), 0.0
            if sent and not call.repeatable:
                raise LostReply(f"The POS gave no usable answer: {trouble}.", wait)
            tries += 1
            self._pause(tries, trouble, wait)

    def _pause(self, tries: int, trouble: str, wait: float) -> None:
        pause = 0.25 * 2**tries * _dice.uniform(0.5, 1.0)
        if tries > RETRIES or wait or self.seconds_left < pause + LEAST_SECONDS:
            raise PosDown(f"The POS cannot be reached: {trouble}.", wait)
        self.clock.sleep(pause)

    def _authorised(self, call: PosCall, exchanged: Exchange) -> Incoming:
        answer = self._once(call, exchanged, fresh_token=False)
        return self._once(call, exchanged, fresh_token=True) if answer.status == 401 else answer

    def _once(self, call: PosCall, exchanged: Exchange, *, fresh_token: bool) -> Incoming:
        token = self.token(fresh_token).strip()
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        body = None
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(call.body).encode()
        url = f"{self.address.rstrip('/')}{call.path}"
        outgoing = Outgoing(call.method, url, {**headers, **call.headers}, call.query, body)
        seconds = min(CALL_SECONDS, max(self.seconds_left, LEAST_SECONDS))
        return exchanged(self.http, outgoing, seconds, self.clock)


def _is_trouble(status: int) -> bool:
    return status == _GAVE_UP_WAITING or (status >= 500 and status != _NOT_IMPLEMENTED)


def asked_wait(answer: Incoming, now_ms: int) -> float:
    """Return the seconds that the POS asks us to wait, 15 minutes at most, 0 without the header."""
    return told_wait(answer.headers.get("Retry-After"), now_ms) or 0.0


def by_halves[T](size: int, read_page: Callable[[int], T]) -> tuple[T, int]:
    """Return a page, and how many records were asked for: half as many after each answer that was too large for us.
    Raise AnswerTooLarge for one record that is."""
    while True:
        try:
            return read_page(size), size
        except AnswerTooLarge:
            if size == 1:
                raise
            size //= 2


def body_of(answer: Incoming) -> Any:
    """Return the JSON of an answer, with fractions as Decimal. Raise PosDown when it is none."""
    try:
        return decoded(answer.body)
    except NotJsonError as error:
        raise PosDown("The POS's answer is not JSON.") from error


def object_in(answer: Incoming, read: Callable[[bytes], Any] = decoded) -> dict[str, Any]:
    """Return the object that an answer holds, {} where it holds none. `read`: json_texts' `mended` for words that are
    shown and never sent back."""
    try:
        body = read(answer.body)
    except NotJsonError:
        return {}
    return body if isinstance(body, dict) else {}
