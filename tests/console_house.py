"""The console over fakes: calls as the HTTP API hands them on, and people who signed in."""

import base64
import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from tests.builders import a_connection
from tests.console_deps import console_deps
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs, FakeListing, FakeRequestPlans, FakeRequests
from tests.fakes.links import FakeLinks
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.sign_in import FakeIssuer, FakeSessionKeys
from tests.fakes.stores import FakeStores
from tillbridge.console.app import answered
from tillbridge.console.parts import Console
from tillbridge.console.session import LONGEST_MS, Session, form_token, session_text
from tillbridge.console.visit import FORM_TOKEN, Answer, Route, Visit
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person, Role
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.entry import EntryDeps, KnownStores

URL = "https://console.example"
ISSUER = "https://people.example"
OURS = {"sec-fetch-site": "same-origin", "origin": URL}
FORM = {"content-type": "application/x-www-form-urlencoded", **OURS}
REQUEST_ID = "req-1"


def a_person(role: str = "staff", store: str = "demo", name: str = "Sam") -> Person:
    return Person(ISSUER, f"sub-of-{name}", name, {store: Role(role)})


@dataclass
class ConsoleHouse:
    """A console with two connected stores, `demo` and `other`."""

    routes: Sequence[Route] = ()
    url: str = URL
    clock: FakeClock = field(default_factory=FakeClock)
    keys: FakeSessionKeys = field(default_factory=FakeSessionKeys)
    issuer: FakeIssuer = field(default_factory=FakeIssuer)

    def __post_init__(self) -> None:
        rows = FakeReadModel()
        stores = FakeStores([a_connection(StoreId("demo")), a_connection(StoreId("other"))])
        self.deps = console_deps(
            stores=stores,
            listing=FakeListing(rows),
            views=rows,
            links=FakeLinks(),
            pending=FakePending(),
            jobs=FakeJobs(),
            plans=FakeRequestPlans(),
            requests=FakeRequests(),
            clock=self.clock,
        )
        self.entry = EntryDeps(
            issuer_name=ISSUER,
            client_id="console",
            url=self.url,
            claim="tillbridge",
            keys=self.keys,
            issuer=lambda: self.issuer,
            known=KnownStores(stores, self.clock),
            clock=self.clock,
        )

    def session(self, person: Person, ms: int = LONGEST_MS) -> Session:
        return Session(person, f"session-of-{person.subject}", self.clock.now_ms() + ms)

    def cookie(self, session: Session) -> str:
        name = "__Host-tb" if self.entry.secure else "tb"
        return f"{name}={session_text(session, self.keys.now[0])}"

    def call(
        self,
        method: str,
        address: str,
        *,
        cookies: Sequence[str] = (),
        headers: dict[str, str] | None = None,
        body: str | bytes = "",
        claims: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the answer to a call of anybody."""
        event = an_event(
            method, address, cookies=cookies, headers=headers, body=body, claims=claims
        )
        return answered(event, Console(lambda: self.deps, self.entry, self.routes), REQUEST_ID)

    def get(self, address: str, person: Person, **headers: str) -> dict[str, Any]:
        cookie = self.cookie(self.session(person))
        return self.call("GET", address, cookies=[cookie], headers=headers)

    def post(
        self, address: str, person: Person, form: dict[str, str] | None = None, **headers: str
    ) -> dict[str, Any]:
        """Return the answer to a form that a page of this person's session holds."""
        session = self.session(person)
        fields = {FORM_TOKEN: form_token(session, self.keys.now[0]), **(form or {})}
        return self.call(
            "POST",
            address,
            cookies=[self.cookie(session)],
            headers={**FORM, **headers},
            body=urlencode(fields),
        )


def an_event(
    method: str,
    address: str,
    *,
    cookies: Sequence[str] = (),
    headers: dict[str, str] | None = None,
    body: str | bytes = "",
    claims: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a call as the HTTP API of AWS hands it on."""
    path, _, query = address.partition("?")
    encoded = isinstance(body, bytes)
    text = base64.b64encode(body).decode() if isinstance(body, bytes) else body
    context: dict[str, Any] = {"http": {"method": method, "path": path}, "stage": "$default"}
    if claims is not None:
        context["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "cookies": list(cookies),
        "headers": headers or {},
        "requestContext": context,
        "body": text,
        "isBase64Encoded": encoded,
    }


def text_of(answer: dict[str, Any]) -> str:
    """Return the body of an answer, unpacked."""
    if not answer["isBase64Encoded"]:
        return str(answer["body"])
    raw = base64.b64decode(answer["body"])
    return (gzip.decompress(raw) if "content-encoding" in answer["headers"] else raw).decode()


def a_route(
    path: str,
    handler: Callable[[Visit, ConsoleDeps], Answer] = lambda visit, deps: Answer("here"),
    **said: Any,
) -> Route:
    return replace(Route("GET", path, None, handler), **said)
