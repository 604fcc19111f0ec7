"""A visit of a page and its answer, apart from how they arrive and leave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person, Right
from tillbridge.usecases.console.deps import ConsoleDeps

FORM_TOKEN = "token"  # noqa: S105 - the name of a field
"""The hidden field of every form, which holds `Visit.form_token`."""

type Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Visit:
    """One call of a page by somebody who may see it. `path`: the values in the address. `form_token` goes into
    every form that is sent back. `store` is "" where the address names none. `stores`: those that the person may see, by name. `headers` are lower case.
    `keys`: what a page signs texts with that come back in a form (console/session.py), the newest first."""

    person: Person
    store: StoreId
    path: Mapping[str, str] = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    form: Values = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = "/"
    form_token: str = ""
    stores: Sequence[StoreId] = ()
    now_ms: int = 0
    keys: Sequence[bytes] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. `location`: of a 303."""

    body: str = ""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    location: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """A page: method, path with `{store}` and other values, the right that it needs there (None: only to be
    signed in), and what answers."""

    method: str
    path: str
    right: Right | None
    handler: Callable[[Visit, ConsoleDeps], Answer]
