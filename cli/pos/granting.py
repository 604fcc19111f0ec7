"""Letting our app in at Lightspeed: a person follows an address, and comes back with a code."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from secrets import compare_digest, token_urlsafe
from time import monotonic
from typing import override
from urllib.parse import parse_qs, urlsplit

from cli.cannot_run import CannotRun
from cli.pos.scopes import SCOPES
from cli.pos.vendors import prefix_of
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.lightspeed_x.oauth import (
    App,
    LightspeedOauth,
    authorise_address,
    authorise_page,
)
from tillbridge.domain.errors import CannotConnect, RetryLater
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_grant import PosGrant

PORT = 47_823
"""Where the browser comes back to: the app has to name the same address, so it is always this one."""

_LAST = "connected"

BACK = f"http://127.0.0.1:{PORT}/{_LAST}"

_WAIT_S = 300.0
_LONGEST = 4_000


_EARLIER = (
    "This is not what the command that waits has asked for. Open the address that it printed last."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person was sent to Lightspeed with: who comes back has the same `state`, and `prefix` is the shop's."""

    state: str
    prefix: str


def code_of(came_back: str, asked: Asked) -> str:
    """Return the code in the address to which a person was sent back. Raise CannotRun for a refusal, for an address
    that was not asked for, and for that of another shop."""
    told = _query_of(came_back)
    state, code = _one(told, "state"), _one(told, "code")
    if not _same(state, asked.state):
        raise CannotRun(
            "What came back was not asked for by this command (its state is another). Nothing was saved; start again."
        )
    if refused := _one(told, "error"):
        raise CannotRun(f"Lightspeed did not let the app in ({refused}). Nothing was saved.")
    shop = _one(told, "domain_prefix")
    if shop and shop != asked.prefix:
        raise CannotRun(
            f"The app was let in at the shop '{shop}', and --prefix is '{asked.prefix}'. Sign in at Lightspeed as the"
            " right shop, and start again. Nothing was saved."
        )
    if not code:
        raise CannotRun("What came back holds no code. Start again.")
    return code


def _same(state: str, asked: str) -> bool:
    return compare_digest(state.encode(errors="replace"), asked.encode())


def _query_of(came_back: str) -> dict[str, list[str]]:
    if not came_back.strip():
        raise CannotRun("Nothing was pasted. Nothing was saved; start again.")
    try:
        split = urlsplit(came_back.strip())
    except ValueError:
        split = urlsplit("")
    if not split.query and split.path.rpartition("/")[2] != _LAST:
        raise CannotRun(
            f"Paste the whole address at which the browser ends: it begins with {BACK}?. Nothing was saved; start again."
        )
    told = parse_qs(split.query)
    if "client_id" in told:
        raise CannotRun(
            "That is the address that was printed here. Open it in a browser, let the app in, and paste the address at"
            " which the browser ends. Nothing was saved; start again."
        )
    return told


def _one(told: dict[str, list[str]], name: str) -> str:
    found = told.get(name, [""])
    return found[0] if len(found) == 1 else ""


def granted(
    account: PosAccount, client_id: str, secret: str, say: Callable[[str], None], *, paste: bool
) -> PosGrant:
    """Return what Lightspeed grants our app once a person has let it in. `paste`: the address to which the browser is
    sent back is read from standard input; else this machine listens for it, for five minutes. Raise CannotRun."""
    asked = Asked(token_urlsafe(24), prefix_of(account))
    scopes = [each.name for each in SCOPES]
    at = authorise_page(account.address)
    where = authorise_address(client_id, BACK, asked.state, scopes, at)
    say("Open this address in a browser, as somebody who may add apps to the shop:")
    say(where)
    code = code_of(_pasted(say) if paste else came_back(say, asked.state), asked)
    try:
        oauth = LightspeedOauth(new_http_session(), SystemClock())
        return oauth.exchanged(account.address, App(client_id, secret), code, BACK)
    except (CannotConnect, RetryLater) as why:
        raise CannotRun(f"{why} Nothing was saved.") from why


def _pasted(say: Callable[[str], None]) -> str:
    say(f"The browser is then sent to {BACK}, where nothing is. Paste the whole address here:")
    return sys.stdin.readline(_LONGEST).strip()


def came_back(say: Callable[[str], None], state: str, wait_s: float = _WAIT_S) -> str:
    """Return the address that a browser of this machine is sent back to with our `state`; with another, as a tab of an
    earlier try is when it is loaded again, it is waited on. Raise CannotRun when none comes in time, or nobody can listen
    there."""
    seen: list[str] = []
    try:
        server = HTTPServer(("127.0.0.1", PORT), _handler(seen, state))
    except OSError as why:
        raise CannotRun(
            f"Port {PORT} of this machine is taken ({why.strerror}). Free it, or add --paste."
        ) from why
    with server:
        say("Waiting for the browser to come back; --paste is for one on another machine.")
        until = monotonic() + wait_s
        while not seen and (left := until - monotonic()) > 0:
            server.timeout = left
            server.handle_request()
    if not seen:
        raise CannotRun("Nobody came back in five minutes. Start again, or add --paste.")
    return seen[0]


def _handler(seen: list[str], state: str) -> type[BaseHTTPRequestHandler]:
    class Once(BaseHTTPRequestHandler):
        """Takes the first request that was asked for; a browser asks for icons, too."""

        timeout = 5.0

        def do_GET(self) -> None:
            split = urlsplit(self.path)
            if split.path != urlsplit(BACK).path:
                self._answer(HTTPStatus.NOT_FOUND, "Nothing is here.")
            elif not _same(_one(parse_qs(split.query), "state"), state):
                self._answer(HTTPStatus.BAD_REQUEST, _EARLIER)
            else:
                seen.append(self.path)
                self._answer(HTTPStatus.OK, "Go back to the command line; this page can be closed.")

        def _answer(self, status: HTTPStatus, words: str) -> None:
            body = words.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the address holds the code."""

    return Once
