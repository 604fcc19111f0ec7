"""Calls of the API as the gateway hands them on, and the console that they meet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from tests.builders import STORE, a_connection
from tests.console_deps import console_deps
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs, FakeListing, FakeRequestPlans, FakeRequests
from tests.fakes.links import FakeLinks
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_list import FakeOrderList
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.stores import FakeStores
from tillbridge.console.api.app import handle
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.people import Person, Role
from tillbridge.usecases.console.deps import ConsoleDeps

OTHER = StoreId("elsewhere")
ORDER = WebOrderId(214)
KEYS = (b"k" * 32,)
NOW_MS = 1_780_000_000_000
JSON = {"content-type": "application/json"}


def a_person(**roles: Role) -> Person:
    return Person("https://people.example", "u-1", "Mia", roles)


STAFF = a_person(harbour=Role.STAFF)


@dataclass
class Console:
    """Two connected stores, harbour and elsewhere, with nothing in them."""

    rows: FakeReadModel
    jobs: FakeJobs
    plans: FakeRequestPlans
    requests: FakeRequests
    book: FakeOrderBook
    deps: ConsoleDeps


def a_console() -> Console:
    book = FakeOrderBook()
    rows, jobs, plans, requests = FakeReadModel(), FakeJobs(), FakeRequestPlans(), FakeRequests()
    deps = console_deps(
        stores=FakeStores([a_connection(), a_connection(store=OTHER)]),
        listing=FakeListing(rows),
        views=rows,
        links=FakeLinks(),
        pending=FakePending(),
        jobs=jobs,
        plans=plans,
        requests=requests,
        orders=FakeOrderList(book),
        clock=FakeClock(NOW_MS),
    )
    return Console(rows, jobs, plans, requests, book, deps)


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    body: Any


def an_event(
    method: str,
    path: str,
    *,
    query: str = "",
    body: Any = None,
    headers: Mapping[str, str] = JSON,
    encoded: bool = False,
) -> dict[str, Any]:
    """Return an event of payload 2.0; a body that is no text is sent as JSON."""
    found = parse_qs(query, keep_blank_values=True)
    return {
        "version": "2.0",
        "routeKey": "ANY /api/{proxy+}",
        "rawPath": path,
        "rawQueryString": query,
        "queryStringParameters": {name: ",".join(values) for name, values in found.items()},
        "headers": dict(headers),
        "requestContext": {
            "stage": "$default",
            "requestId": "call-1",
            "http": {"method": method, "path": path},
        },
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": encoded,
    }


def call(
    console: Console, method: str, path: str, *, person: Person | None = STAFF, **parts: Any
) -> Answered:
    """Call a path below /api/v1 and return the answer, which must be one of the two kinds there are."""
    answer = handle(an_event(method, f"/api/v1{path}", **parts), person, console.deps, lambda: KEYS)
    answered = Answered(answer["statusCode"], answer["headers"], json.loads(answer["body"]))
    kind = "application/json" if answered.status < 300 else "application/problem+json"
    assert answered.headers["Content-Type"] == kind
    assert answered.headers["Cache-Control"] == "no-store"
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    if answered.status >= 300:
        assert set(answered.body) == {"type", "title", "status", "detail", "code", "fields"}
        assert answered.body["status"] == answered.status
    return answered


IN_STORE = f"/stores/{STORE}"
