"""The account under test. The adapter's own calls make errors of answers; a probe has to see the answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import requests

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded
from tillbridge.adapters.http import NoAnswerError, NotSentError, Outgoing, exchange
from tillbridge.adapters.lightspeed_x.resources import VERSION
from tillbridge.ports.clock import Clock

type Json = dict[str, Any]

MARK = "Tillbridge check"

_SECONDS = 30.0


class NoUse(Exception):
    """The account gave no answer that a probe can use: it is throttled, down, or the token may not."""


class MaybeDone(NoUse):
    """Nobody knows whether the account did what was asked: its answer was lost, or says nothing."""


@dataclass(frozen=True, slots=True)
class Made:
    """Something that a probe made, in the list at `path`. `id` is "" where the answer was lost: then it may not be
    there at all."""

    path: str
    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the account, whatever its status; `body` is None where it is no JSON. Fractions are Decimals."""

    status: int
    body: Any

    @property
    def ok(self) -> bool:
        """Whether it did what was asked."""
        return 200 <= self.status < 300

    @property
    def said(self) -> str:
        """The status, and the account's own words."""
        told = self.body if isinstance(self.body, dict) else {}
        words = told.get("message") or told.get("error") or ""
        return f"{self.status}{f', “{words}”' if words else ''}"[:300]

    @property
    def data(self) -> Any:
        """What is in `data`, of a bare answer all of it."""
        return self.body.get("data") if isinstance(self.body, dict) else self.body


@dataclass(slots=True)
class Shop:
    """The account. `made`: what probes made in it, the first one first."""

    address: str
    token: str = field(repr=False)
    http: requests.Session
    clock: Clock
    made: list[Made] = field(default_factory=list)

    def ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | Sequence[tuple[str, str]] = (),
        body: Json | None = None,
        version: str = VERSION,
    ) -> Answer:
        """Return the answer to one call. Raise NoUse where there is none, or none that says anything of the account:
        401, 403 and 429, and MaybeDone where it may have been carried out all the same."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        sent = json.dumps(body).encode() if body is not None else None
        asked = f"?{urlencode(query)}" if query else ""
        url = f"{self.address.rstrip('/')}/api/{version}{path}{asked}"
        call = Outgoing(method, url, headers, body=sent)
        try:
            answer = exchange(self.http, call, _SECONDS, self.clock)
        except NotSentError as why:
            raise NoUse(f"no answer to {method} {path}: {why}") from why
        except NoAnswerError as why:
            raise MaybeDone(f"no answer to {method} {path}: {why}") from why
        told = Answer(answer.status, _read(answer.body))
        if told.status in (401, 403, 429):
            raise NoUse(f"{method} {path} answers {told.said}")
        if told.status >= 500:
            raise MaybeDone(f"{method} {path} answers {told.said}")
        return told

    def rows(self, path: str, **query: str) -> list[Json]:
        """Return the rows of a list. Raise NoUse for another answer."""
        return self._listed("GET", path, self.ask("GET", path, query))

    def levels(self, after: int, size: int = 5_000) -> list[Json]:
        """Return rows of stock above a version, ascending. Raise NoUse for another answer."""
        body = {"after": after, "size": size, "sort_direction": "asc"}
        return self._listed("POST", "/inventory", self.ask("POST", "/inventory", body=body))

    def product(self, member: str) -> Json:
        """Return one row of the catalogue. Raise NoUse where there is none."""
        told = self.ask("GET", f"/products/{member}")
        if not told.ok or not isinstance(told.data, dict):
            raise NoUse(f"a product that was just made cannot be read ({told.said})")
        return dict(told.data)

    def make(self, path: str, name: str, body: Json) -> Answer:
        """Try to make something; what was made, or may have been, is noted. Raise NoUse as `ask` does."""
        self.made.append(Made(path, name, ""))  # it stays, should nobody come back from the call
        try:
            told = self.ask("POST", path, body=body)
        except MaybeDone:
            raise
        except NoUse:
            self.made.pop()
            raise
        self.made.pop()
        if told.ok:
            self.made += [Made(path, name, each) for each in _ids_in(told.data)]
        return told

    def create(self, **fields: Any) -> Answer:
        """Try to make a product. It is not shown at the till."""
        price = {} if "variants" in fields else {"price_excluding_tax": 1}
        body = {"is_active": False, **price, **fields}
        return self.make("/products", str(fields["name"]), body)

    def made_one(self, **fields: Any) -> str:
        """Make a product of one row, and return its id. Raise NoUse when the account refuses it."""
        told = self.create(**fields)
        if not told.ok or not isinstance(told.data, list) or not told.data:
            raise NoUse(f"the account makes no product ({told.said})")
        return str(told.data[0])

    @staticmethod
    def _listed(method: str, path: str, told: Answer) -> list[Json]:
        if not told.ok or not isinstance(told.data, list):
            raise NoUse(f"{method} {path} answers no list ({told.said})")
        return [each for each in told.data if isinstance(each, dict)]


def mark() -> str:
    """Return a name that nothing has: what probes make begins with it."""
    return f"{MARK} {uuid4().hex[:10]}"


def _ids_in(data: Any) -> list[str]:
    """Return the ids in the answer to a create: of products a list, of a name a text, of others a record."""
    if isinstance(data, dict):
        data = data.get("id")
    found = data if isinstance(data, list) else [data]
    return [str(each) if each is not None else "" for each in found]


def version_of(row: Json) -> int:
    """Return the version of a row, 0 where it tells none."""
    told = row.get("version")
    return int(told) if isinstance(told, int | Decimal) else 0


def _read(body: bytes) -> Any:
    try:
        return decoded(body)
    except NotJsonError:
        return None
