"""One call to the store as its handlers see it, and the answer they return."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from sandbox.bigcommerce.calls.body import decoded
from sandbox.bigcommerce.calls.errors import refuse, too_large
from sandbox.bigcommerce.state.hazards import Hazard
from sandbox.bigcommerce.state.store import Store

# An id with more digits would not fit into a row.
ID = re.compile(r"-?[0-9]{1,18}")
SHOWN = frozenset({"include_fields", "exclude_fields"})
PAGED = frozenset({"page", "limit"})
LISTED = PAGED | SHOWN


@dataclass(slots=True)
class Answer:
    """An HTTP answer: status, a JSON body (None for none) and extra headers."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"


@dataclass(slots=True)
class Call:
    """An admitted call: who sent it, where it goes, what it carries and what its token may."""

    store: Store
    agent: str
    method: str
    template: str
    path: str
    params: dict[str, int]
    query: dict[str, str]
    raw: bytes = b""
    scopes: frozenset[str] = frozenset()

    def integers(self, name: str) -> list[int] | None:
        """Return the ids in a comma-separated parameter of the query, None if it is absent.

        Raises Refusal 422 if one of them is not a number.
        """
        text = self.query.get(name)
        if text is None:
            return None
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not all(ID.fullmatch(part) for part in parts):
            raise refuse(422, f"The filter '{name}' is invalid.")
        return [int(part) for part in parts]

    def strings(self, name: str) -> list[str] | None:
        """Return the texts in a comma-separated parameter of the query, None if it is absent."""
        text = self.query.get(name)
        return None if text is None else [part.strip() for part in text.split(",") if part.strip()]

    def only(self, known: Collection[str]) -> None:
        """Raise Refusal 422 naming every parameter of the query that is not documented."""
        unknown = [name for name in self.query if name not in known]
        if unknown:
            words = f"The filter(s): {', '.join(unknown)} are not valid filter parameter(s)."
            raise refuse(422, words)

    def strikes(self, hazard: str, path: str | None = None) -> Hazard | None:
        """Roll the dice of a hazard for this call; return it if it strikes, else None.

        path: the text that the hazard's path is searched in; by default the call's path.
        """
        where = self.path if path is None else path
        return self.store.hazards.strikes(hazard, self.method, where, self.agent)

    def json(self) -> Any:
        """Return the decoded body. Raises Refusal 400 if it is not JSON."""
        try:
            return decoded(self.raw)
        except (ValueError, RecursionError) as error:
            raise refuse(400, "Input is invalid: the body is not JSON") from error

    def array(self, limit: int, stop: str = ".") -> list[Any]:
        """Return the body's array. Raises Refusal 422 if it is not one or empty, 413 if too long.

        stop: the end of the title of the 413, which differs from endpoint to endpoint.
        """
        items = self.json()
        if not isinstance(items, list) or not items:
            raise refuse(422, "The request body must be a non-empty array")
        if len(items) > limit:
            raise too_large(limit, stop)
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
    """Return a 200 with the v3 envelope."""
    return Answer(200, {"data": data, "meta": meta or {}})
