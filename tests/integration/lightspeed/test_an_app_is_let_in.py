"""A browser of this machine brings the code back, once; and an app is let in at the simulator."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import pytest
import requests

from cli.cannot_run import CannotRun
from cli.pos import granting
from cli.pos.granting import came_back, granted
from cli.pos.scopes import SCOPES as OUR_SCOPES
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.config import SCOPES, AccountConfig
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount, PosKind


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> str:
    """Listen on a port that is free, and return the address to come back to."""
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        port = free.server_port
    monkeypatch.setattr(granting, "PORT", port)
    monkeypatch.setattr(granting, "BACK", f"http://127.0.0.1:{port}/connected")
    return granting.BACK


def browse(*addresses: str) -> threading.Thread:
    """Visit these one after the other, as a browser does."""

    def visit() -> None:
        for each in addresses:
            requests.get(each, timeout=5, allow_redirects=False)

    thread = threading.Thread(target=visit)
    thread.start()
    return thread


def test_who_comes_back_is_taken_once_and_an_icon_is_nobody(here: str) -> None:
    said: list[str] = []
    root = here.removesuffix("/connected")
    going: list[threading.Thread] = []

    def say(words: str) -> None:
        said.append(words)
        going.append(browse(f"{root}/favicon.ico", f"{here}?code=c&state=s"))

    assert came_back(say, "s", wait_s=10) == "/connected?code=c&state=s"
    going[0].join()
    assert "Waiting for the browser" in said[0]
    with pytest.raises(requests.ConnectionError):
        requests.get(here, timeout=1)


def test_a_tab_of_an_earlier_try_and_a_page_that_guesses_end_no_waiting(here: str) -> None:
    going: list[threading.Thread] = []
    strangers = (here, f"{here}?code=old&state=earlier", f"{here}?code=x&state=s&state=s")
    ended = came_back(
        lambda _: going.append(browse(*strangers, f"{here}?error=access_denied&state=s")),
        "s",
        wait_s=10,
    )
    going[0].join()
    assert ended == "/connected?error=access_denied&state=s"


def test_nobody_comes_back(here: str) -> None:
    with pytest.raises(CannotRun, match="Nobody came back"):
        came_back(lambda _: None, "s", wait_s=0.05)


def test_a_port_that_is_taken_is_said(here: str) -> None:
    port = urlsplit(here).port
    assert port
    taken = HTTPServer(("127.0.0.1", port), BaseHTTPRequestHandler)
    with taken, pytest.raises(CannotRun, match="add --paste"):
        came_back(lambda _: None, "s", wait_s=0.05)


@pytest.fixture
def pos() -> Iterator[LightspeedServer]:
    with LightspeedServer(port=0, config=AccountConfig(prefix="quay")) as shop:
        yield shop


def test_an_app_gets_what_the_simulators_merchant_grants(
    here: str, pos: LightspeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = PosAccount(
        PosAccountKey("lightspeed-quay"), pos.base_url, "pos.x", kind=PosKind.LIGHTSPEED_X
    )
    monkeypatch.setattr(granting, "SCOPES", [each for each in OUR_SCOPES if each.name in SCOPES])
    going: list[threading.Thread] = []
    sent_to: list[str] = []

    def say(words: str) -> None:
        if words.startswith(f"{pos.base_url}/connect?"):  # a lab's own page
            at = requests.get(words, timeout=5, allow_redirects=False).headers["Location"]
            sent_to.append(at)
        if words.startswith("Waiting"):
            going.append(browse(*sent_to))

    grant = granted(account, "sandbox-app", "sandbox-app-secret", say, paste=False)
    going[0].join()
    assert grant.access_token
    assert grant.refresh_token
    assert (grant.client_id, set(grant.scopes)) == ("sandbox-app", set(SCOPES))
