"""One call as its handler gets it, and its answer."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sandbox.lightspeed_x.calls.refusal import Refusal
from sandbox.lightspeed_x.calls.versions import ALL
from sandbox.lightspeed_x.state.account import Account


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent; a body of None is empty."""

    body: Any = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Call:
    """An admitted call. `wire`: the version that serves it, which may not be the one asked for; `by_app`:
    whether the token is an OAuth app's."""

    account: Account
    method: str
    wire: str
    params: dict[str, str]
    query: dict[str, str]
    raw: bytes
    scopes: frozenset[str]
    by_app: bool

    def whole(self, name: str, default: int | None = None) -> int | None:
        """Return a whole number of the query. Raises Refusal 400."""
        return whole(self.query.get(name), name, default)

    def flag(self, name: str) -> bool:
        """Return a flag of the query, off without it. Raises Refusal 400."""
        text = self.query.get(name, "false")
        if text not in ("true", "false", "1", "0"):
            raise Refusal(400, "bad_request", f"{name} is true or false.")
        return text in ("true", "1")

    def json(self, known: Collection[str]) -> dict[str, Any]:
        """Return the body, an object with known keys only; numbers are exact. Raises Refusal."""
        if not self.raw:
            return {}
        try:
            body = json.loads(self.raw, parse_float=Decimal, parse_constant=_no_number)
        except ValueError:
            raise Refusal(400, "bad_request", "The body is not JSON.") from None
        return fields_of(body, known, "The body")


@dataclass(frozen=True, slots=True)
class Operation:
    """A route: what it is, the scope it needs, its query, and the versions that have it."""

    method: str
    template: str
    scope: str
    handler: Callable[[Call], Answer]
    query: frozenset[str] = field(default_factory=frozenset)
    wires: tuple[str, ...] = ALL


def whole(text: str | None, name: str, default: int | None = None) -> int | None:
    """Return a text as a whole number. Raises Refusal 400."""
    if text is None:
        return default
    if not text.isascii() or not text.isdigit():
        raise Refusal(400, "bad_request", f"{name} is a whole number.")
    return int(text)


def fields_of(value: Any, known: Collection[str], what: str) -> dict[str, Any]:
    """Return an object that has known keys only: the harsher reading. Raises Refusal 422."""
    if not isinstance(value, dict):
        raise Refusal(422, "invalid", f"{what} is no object.")
    strange = sorted(set(value) - set(known))
    if strange:
        raise Refusal(422, "invalid", f"{what} has no field {', '.join(strange)}.")
    return value


def _no_number(text: str) -> None:
    raise ValueError(text)
