"""One call to the store as its handlers see it, and the answer they give."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.bigcommerce.errors import refuse, too_large

if TYPE_CHECKING:
    from sandbox.bigcommerce.store import Store


@dataclass(slots=True)
class Answer:
    """An HTTP answer: status, a JSON body (None for none) and extra headers."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"


@dataclass(slots=True)
class Call:
    """A call that was let in: whose it is, where it goes and what it carries."""

    store: "Store"
    agent: str
    method: str
    template: str
    path: str
    params: dict[str, int]
    query: dict[str, str]
    raw: bytes = b""

    def integers(self, name: str) -> list[int] | None:
        """Return a comma-separated list of ids from the query; None if it is not there.

        Raises Refusal 422 if one of them is no number.
        """
        text = self.query.get(name)
        if text is None:
            return None
        try:
            return [int(part) for part in text.split(",") if part.strip()]
        except ValueError as error:
            raise refuse(422, f"The filter '{name}' is invalid.") from error

    def strings(self, name: str) -> list[str] | None:
        """Return a comma-separated list from the query; None if it is not there."""
        text = self.query.get(name)
        return None if text is None else [part.strip() for part in text.split(",") if part.strip()]

    def json(self) -> Any:
        """Return the decoded body; raises Refusal 400 if it is not JSON."""
        try:
            return json.loads(self.raw)
        except ValueError as error:
            raise refuse(400, "Input is invalid: the body is not JSON") from error

    def array(self, limit: int) -> list[Any]:
        """Return a JSON array; raises Refusal 422 if it is none, 413 if it is too long."""
        items = self.json()
        if not isinstance(items, list) or not items:
            raise refuse(422, "The request body must be a non-empty array")
        if len(items) > limit:
            raise too_large(limit)
        return items


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation: method, path template, the scope it needs, its handler."""

    method: str
    template: str
    scope: str
    handler: Handler
    version: str = "v3"


def found(data: Any, meta: dict[str, Any] | None = None) -> Answer:
    """Answer 200 with the v3 envelope."""
    return Answer(200, {"data": data, "meta": meta or {}})
