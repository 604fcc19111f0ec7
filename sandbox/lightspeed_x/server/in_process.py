"""The account behind a session of `requests`, without a socket."""

from collections.abc import Mapping
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.models import PreparedRequest, Response
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

from sandbox.lightspeed_x.server.gate import Incoming
from sandbox.lightspeed_x.server.perform import authorise, perform
from sandbox.lightspeed_x.server.sent import Sent, packed
from sandbox.lightspeed_x.state.account import Account

ADDRESS = "https://lantern.lightspeed.example"
"""Where a session made by `in_process` reaches the account."""


class InProcess(BaseAdapter):
    """Carries each request to the account itself; one whose answer is cut raises ConnectionError."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the interface of requests
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,  # noqa: ARG002 - the same
        verify: bool | str = True,  # noqa: ARG002 - the same
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,  # noqa: ARG002 - the same
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002 - the same
    ) -> Response:
        """Return the account's answer."""
        url = urlsplit(str(request.url))
        if url.path == "/connect":
            sent = authorise(self._account, dict(parse_qsl(url.query)))
            return _response(request, sent)
        _, _, version, path = url.path.split("/", 3)
        body = request.body or b""
        incoming = Incoming(
            str(request.method),
            version,
            f"/{path}",
            parse_qsl(url.query, keep_blank_values=True),
            {name.lower(): str(value) for name, value in request.headers.items()},
            body.encode() if isinstance(body, str) else body,
        )
        sent = packed(perform(self._account, incoming), incoming.headers.get("accept-encoding", ""))
        if sent.cut:
            raise requests.ConnectionError("The connection was cut.", request=request)
        return _response(request, sent)

    def close(self) -> None:
        """Close nothing: there is no connection."""


def in_process(account: Account) -> requests.Session:
    """Return a session that reaches the account at ADDRESS, with the account's personal token."""
    session = requests.Session()
    session.mount(ADDRESS, InProcess(account))
    session.headers["Authorization"] = f"Bearer {account.config.token}"
    session.headers["User-Agent"] = "sandbox-tests"
    return session


def _response(request: PreparedRequest, sent: Sent) -> Response:
    response = Response()
    response.status_code = sent.status
    response.headers = CaseInsensitiveDict(sent.headers | {"Content-Type": sent.media_type})
    body = sent.body[: len(sent.body) // 2] if sent.half else sent.body
    length = {"Content-Length": str(len(sent.body))}
    response.raw = HTTPResponse(
        body=BytesIO(body), headers=sent.headers | length, preload_content=False
    )
    response.url = str(request.url)
    response.request = request
    return response
