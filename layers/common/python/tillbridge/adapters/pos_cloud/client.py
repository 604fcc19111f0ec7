"""ports.pos.Pos over the POS API: reads back up to 100 products a call."""

import json
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from pydantic import ValidationError

from tillbridge.adapters.http import Incoming, NoAnswerError, NotSentError, Outgoing, exchange
from tillbridge.adapters.pos_cloud.wire import Nameless, Product, Tombstone
from tillbridge.domain import product as domain
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.ids import PosProductId
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos import BATCH

type TokenProvider = Callable[[bool], str]
"""Answers the POS's access token; called with True to read it anew after a 401."""

READ_SECONDS = 20.0
LEAST_SECONDS = 1.0
RETRIES = 2

_dice = random.SystemRandom()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PosCloud:
    """The POS at `base_url`, callable until `deadline_ms` (epoch ms)."""

    base_url: str
    token: TokenProvider
    clock: Clock
    deadline_ms: int
    session: requests.Session

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, domain.Product]:
        """POST /v1/products:batchGet, one call; a record that cannot be read is logged and comes
        without a name. Raises PosDown, NeedsAttention."""
        if not ids:
            return {}
        if len(ids) > BATCH:
            raise ValueError(f"{len(ids)} ids; the POS takes {BATCH} a call")
        records = _records(self._read({"ids": list(dict.fromkeys(ids))}))
        return {product.id: product for product in map(_product, records)}

    def _read(self, body: Mapping[str, object]) -> Incoming:
        # Reading is idempotent: what failed on the way is asked again while there is time.
        tries = 0
        while True:
            if self._seconds_left() < LEAST_SECONDS:
                raise PosDown("There is no time left to read from the POS in this run.")
            try:
                answer = self._authorised(body)
                if answer.status < 500:
                    return answer
                trouble = f"it answered {answer.status}"
                wait = _retry_after(answer.headers, self.clock.now_ms())
            except (NotSentError, NoAnswerError) as error:
                trouble, wait = str(error), 0.0
            tries += 1
            pause = 0.25 * 2**tries * _dice.uniform(0.5, 1.0)
            if tries > RETRIES or wait or self._seconds_left() < pause + LEAST_SECONDS:
                raise PosDown(f"The POS cannot be reached: {trouble}.", wait)
            self.clock.sleep(pause)

    def _authorised(self, body: Mapping[str, object]) -> Incoming:
        answer = self._once(body, fresh_token=False)
        if answer.status == 401:
            answer = self._once(body, fresh_token=True)
        if answer.status in (401, 403):
            raise NeedsAttention(
                "pos_token_dead",
                "The POS no longer accepts our access token. Make a new one in the POS and store "
                "it; pushing then goes on by itself.",
            )
        if answer.status == 429:
            wait = _retry_after(answer.headers, self.clock.now_ms()) or _dice.uniform(1.0, 5.0)
            raise PosDown("The POS asks us to wait before the next read.", wait)
        if 300 <= answer.status < 500:
            raise PosDown(f"The POS refuses our reads with status {answer.status}; check its URL.")
        return answer

    def _once(self, body: Mapping[str, object], *, fresh_token: bool) -> Incoming:
        token = self.token(fresh_token).strip()
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        url = f"{self.base_url.rstrip('/')}/v1/products:batchGet"
        outgoing = Outgoing("POST", url, headers, body=json.dumps(body).encode())
        seconds = min(READ_SECONDS, max(self._seconds_left(), LEAST_SECONDS))
        return exchange(self.session, outgoing, seconds, self.clock)

    def _seconds_left(self) -> float:
        return (self.deadline_ms - self.clock.now_ms()) / 1000


def _records(answer: Incoming) -> list[Any]:
    try:
        body = json.loads(answer.body, parse_float=Decimal)
    except ValueError as error:
        raise PosDown("The POS answered something that is not JSON.") from error
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, list):
        raise PosDown("The POS answered without a list of products.")
    return data


def _product(record: Any) -> domain.Product:
    deleted = isinstance(record, dict) and record.get("deleted_at") is not None
    try:
        return (Tombstone if deleted else Product).model_validate(record).as_domain()
    except ValidationError as error:
        return _unreadable(record, error)


def _unreadable(record: Any, error: ValidationError) -> domain.Product:
    # Left out, it would count as unknown to the POS, and its online product be hidden.
    try:
        known = Nameless.model_validate(record)
    except ValidationError:
        raise PosDown("The POS answered with a record that has no id or no version.") from error
    places = sorted({".".join(map(str, found["loc"])) for found in error.errors()})
    _log.error("The POS's record of %s cannot be read: %s", known.id, ", ".join(places))
    return domain.Product(
        id=PosProductId(known.id), version=known.version, name="", unreadable=", ".join(places)
    )


def _retry_after(headers: Mapping[str, str], now_ms: int) -> float:
    """Seconds; the header may hold seconds or an HTTP date (RFC 9110). 0 without one."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
