"""Calls to one store: token, quota, time limits, and retries of what may be repeated."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from tillbridge.adapters.bigcommerce.answer import (
    Answer,
    UnreadableAnswerError,
    UnreadableRecordError,
    answer_of,
    reading_of,
    requested_wait,
)
from tillbridge.adapters.bigcommerce.call_told import told
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.encoding import encode
from tillbridge.adapters.bigcommerce.error_map import ServerTroubleError, check
from tillbridge.adapters.http import Incoming, NoAnswerError, NotSentError, Outgoing, exchange
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import LostReply, OutOfTime, Refused, StoreDown, StoreThrottled
from tillbridge.domain.problems import attention_for
from tillbridge.domain.quota import Quota
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.clock import Clock

type TokenProvider = Callable[[bool], str]
"""Returns the store's access token; called with True, after a 401, it reads the token again."""

READ_SECONDS = 30.0
LEAST_SECONDS = 1.0
"""No call begins when less time than this is left in the slice."""

RETRIES = 2
_TROUBLE = (ServerTroubleError, NoAnswerError, UnreadableAnswerError)
_dice = random.SystemRandom()


@dataclass(slots=True)
class Transport:
    """Calls to the store at `base` (`{api_url}/stores/{hash}`) until `deadline_ms`, epoch ms.

    Up to three threads may send at once; a lock guards what they share."""

    base: str
    token: TokenProvider
    clock: Clock
    deadline_ms: int
    http: requests.Session
    record: SliceRecord = field(default_factory=SliceRecord)
    _quota: Quota = field(default_factory=Quota)
    _bare_429s: int = 0
    _unanswered: Counter[int] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_needed(self, *, urgent: bool) -> float:
        """Return the seconds to wait before the next call (domain.quota)."""
        with self._lock:
            return self._quota.wait_needed(self.clock.now_ms(), urgent=urgent)

    def unanswered(self) -> int:
        """Return how many writes of this thread have got no usable answer."""
        with self._lock:
            return self._unanswered[threading.get_ident()]

    def send[T](self, call: Call, read: Callable[[Answer], T]) -> T:
        """Send one call, and return what `read` makes of the successful answer.

        A call that may be repeated is retried twice at most, while there is time; a create never
        is. Raise StoreThrottled, StoreDown, NeedsAttention, OutOfTime or Refused; for a create also
        LostReply."""
        if self._seconds_left() < LEAST_SECONDS:
            raise OutOfTime("There is no time left for another call in this run.")
        tries = 0
        while True:
            try:
                return self._attempt(call, read)
            except NotSentError as error:
                trouble: Exception = error
            except _TROUBLE as error:
                self._count_unanswered(call)
                if call.creates:
                    raise LostReply("BigCommerce's answer to a create was lost.") from error
                if isinstance(error, UnreadableRecordError):
                    # The store is well: whatever the record belongs to fails, and nothing beside it.
                    raise Refused(200, f"its answer cannot be read ({error})") from error
                trouble = error
            tries += 1
            pause = 0.25 * 2**tries * _dice.uniform(0.5, 1.0)
            if call.creates or tries > RETRIES or self._seconds_left() < pause + LEAST_SECONDS:
                wait = trouble.wait if isinstance(trouble, ServerTroubleError) else 0.0
                raise StoreDown(f"BigCommerce cannot be reached: {trouble}.", wait) from trouble
            self.clock.sleep(pause)

    def _count_unanswered(self, call: Call) -> None:
        if call.method != "GET":
            with self._lock:
                self._unanswered[threading.get_ident()] += 1

    def _attempt[T](self, call: Call, read: Callable[[Answer], T]) -> T:
        answer = self._once(call, fresh_token=False)
        if answer.status == 401:
            # The token may have been replaced since it was read. A call answered 401 was not
            # applied.
            answer = self._once(call, fresh_token=True)
            if answer.status == 401:
                raise attention_for(AttentionCode.TOKEN_DEAD)
        if answer.status == 429:
            raise self._throttled(answer)
        check(call, answer)
        return read(answer)

    def _once(self, call: Call, *, fresh_token: bool) -> Answer:
        token = self.token(fresh_token).strip()
        outgoing = self._outgoing(call, token)
        self._take_turn(call)
        sent_ms = self.clock.now_ms()
        incoming: Incoming | None = None
        try:
            # Reading the token takes time, and so does waiting for the quota.
            seconds = min(READ_SECONDS, max(self._seconds_left(), LEAST_SECONDS))
            incoming = exchange(self.http, outgoing, seconds, self.clock)
        finally:
            self._answered(incoming, sent_ms)
            self.record.heard(told(call, incoming, sent_ms, self.clock.now_ms(), token))
        return answer_of(incoming)

    def _take_turn(self, call: Call) -> None:
        # Checked and counted under one lock, so that two threads never take the last call of a
        # window.
        while True:
            with self._lock:
                wait = self._quota.wait_needed(self.clock.now_ms(), urgent=True)
                if wait <= 0:
                    self.record.calls[call.ledger_name] += 1
                    self._quota = self._quota.sent()
                    return
            if self._seconds_left() < wait + LEAST_SECONDS:
                raise StoreThrottled("The store's quota is spent until its next window.", wait)
            self.clock.sleep(wait)

    def _outgoing(self, call: Call, token: str) -> Outgoing:
        if not (token.isascii() and token.isprintable()):
            raise attention_for(AttentionCode.TOKEN_DEAD)
        headers = {"X-Auth-Token": token, "Accept": "application/json"}
        body = None
        if call.body is not None:
            body = encode(call.body)
            headers["Content-Type"] = "application/json"
        return Outgoing(call.method, self.base + call.path, headers, call.query, body)

    def _answered(self, incoming: Incoming | None, sent_ms: int) -> None:
        with self._lock:
            reading = reading_of(incoming.headers) if incoming is not None else None
            now_ms = self.clock.now_ms()
            self._quota = self._quota.answered(reading, sent_ms=sent_ms, now_ms=now_ms)
            if incoming is not None and incoming.status != 429:
                self._bare_429s = 0

    def _throttled(self, answer: Answer) -> StoreThrottled:
        with self._lock:
            self.record.throttled += 1
            wait = requested_wait(answer.headers)
            if wait is None:
                # A 429 without the header means an overloaded store, as BigCommerce documents it.
                self._bare_429s += 1
                wait = min(60.0, 2.0**self._bare_429s) * _dice.uniform(0.5, 1.0)
            self._quota = self._quota.throttled(wait, self.clock.now_ms())
        return StoreThrottled("BigCommerce asks us to wait before the next call.", wait)

    def _seconds_left(self) -> float:
        return (self.deadline_ms - self.clock.now_ms()) / 1000
