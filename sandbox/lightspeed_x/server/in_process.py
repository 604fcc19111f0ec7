"""The account behind a session of `requests`, without a socket."""

from typing import override
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.models import PreparedRequest, Response

from sandbox.lightspeed_x.server.gate import Incoming
from sandbox.lightspeed_x.server.perform import authorise, perform
from sandbox.lightspeed_x.server.sent import Sent, packed
from sandbox.lightspeed_x.state.account import Account
from sandbox.without_socket import WithoutSocket, body_of, response_to

ADDRESS = "https://lantern.lightspeed.example"
"""Where a session made by `in_process` reaches the account."""


class InProcess(WithoutSocket):
    """Carries each request to the account itself; one whose answer is cut raises ConnectionError."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account

    @override
    def answer(self, request: PreparedRequest) -> Response:
        url = urlsplit(str(request.url))
        if url.path == "/connect":
            sent = authorise(self._account, dict(parse_qsl(url.query)))
            return _response(request, sent)
        _, _, version, path = url.path.split("/", 3)
        incoming = Incoming(
            str(request.method),
            version,
            f"/{path}",
            parse_qsl(url.query, keep_blank_values=True),
            {name.lower(): str(value) for name, value in request.headers.items()},
            body_of(request),
        )
        sent = packed(perform(self._account, incoming), incoming.headers.get("accept-encoding", ""))
        if sent.cut:
            raise requests.ConnectionError("The connection was cut.", request=request)
        return _response(request, sent)


def in_process(account: Account) -> requests.Session:
    """Return a session that reaches the account at ADDRESS, with the account's personal token."""
    session = requests.Session()
    session.mount(ADDRESS, InProcess(account))
    session.headers["Authorization"] = f"Bearer {account.config.token}"
    session.headers["User-Agent"] = "sandbox-tests"
    return session


def _response(request: PreparedRequest, sent: Sent) -> Response:
    headers = {**sent.headers, "Content-Type": sent.media_type}
    body = sent.body[: len(sent.body) // 2] if sent.half else sent.body
    return response_to(request, sent.status, headers, body, len(sent.body))
