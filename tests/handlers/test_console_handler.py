"""Golden events of browsers and programs, handed to the handler of `console` over fakes."""

from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from events.wrap import CONSOLE_ISSUER, CONSOLE_URL
from tests.console_house import ISSUER, URL, ConsoleHouse, a_route
from tests.handlers.conftest import Context, Handler, LoadEvent, _app
from tillbridge.console.parts import Console
from tillbridge.domain.people import Right


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Handler:
    """Return the handler of `console`."""
    assert (CONSOLE_URL, CONSOLE_ISSUER) == (URL, ISSUER)
    house, app = ConsoleHouse(), _app("console")
    monkeypatch.setattr(app, "console_dependencies", lambda: house.deps)
    monkeypatch.setattr(app, "entry_dependencies", lambda: house.entry)
    pages = [
        a_route("/stores/{store}/pos", right=Right.SEE),
        a_route("/stores/{store}/plans", method="POST", right=Right.ACT),
    ]
    monkeypatch.setattr(app, "Console", partial(Console, routes=pages))
    return lambda event: app.handler(event, Context())


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("health", 200),
        ("sign-in", 303),
        ("poison.api.no-token", 401),
        ("poison.path", 404),
        ("page.signed-out", 303),
        ("poison.form.other-site", 401),  # a browser sends no cookie from there
    ],
)
def test_each_golden_call_has_its_answer(
    event: str, status: int, console: Handler, load_event: LoadEvent
) -> None:
    answer = console(load_event(f"console.{event}"))
    assert answer["statusCode"] == status
    assert "content-security-policy" in answer["headers"]


def test_a_browser_is_sent_to_the_issuer_and_keeps_its_place(
    console: Handler, load_event: LoadEvent
) -> None:
    answer = console(load_event("console.sign-in"))
    there = urlsplit(answer["headers"]["location"])
    assert there.netloc == urlsplit(CONSOLE_ISSUER).netloc
    assert parse_qs(there.query)["redirect_uri"] == [f"{CONSOLE_URL}/sign-in/back"]
