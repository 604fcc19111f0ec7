"""HTTP for every adapter: pooled connections, a time limit on every call, and two kinds of failure.

No message made here holds a header, so no credential can reach a log or an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any, override

import requests
import urllib3
from requests.adapters import HTTPAdapter

from tillbridge.domain.addresses import refusal
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.problems import attention_for
from tillbridge.ports.clock import Clock
from tillbridge.version import VERSION

CONNECT_SECONDS = 3.05
"""Just above a TCP retransmission, so that one lost packet does not fail a call."""

_CHUNK = 65_536

MOST_BYTES = 32 * 1024 * 1024
"""The most bytes of an answer, packed or unpacked. 250 products with the longest descriptions are 17
MB; parsed, an answer takes a few times its size of a function's 256 MB."""


class NotSentError(Exception):
    """No connection could be opened: the server has seen nothing of this call."""


class NoAnswerError(Exception):
    """The call went out and no complete answer came back in time: it may have been applied."""


class TooLargeError(NoAnswerError):
    """The answer is larger than a function can hold."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call; `body` is sent unchanged. What may hold a credential is in no representation of it."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A complete answer; header names are case-insensitive. It may be a grant: no representation shows it."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class _Session(requests.Session):
    """A session that carries a token only where it was meant to go."""

    clear_text_to = ""

    @override
    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        # The address as it was given: requests drops blanks from it, and takes `user:password@` for
        # credentials that replace ours.
        if why := refusal(str(url), self.clear_text_to):
            shown = str(url).partition("?")[0].rpartition("@")[2][:200] or "a blank address"
            raise attention_for(AttentionCode.ADDRESS_REFUSED, address=shown, why=why)
        return super().request(method, url, *args, **kwargs)

    @override
    def get_redirect_target(self, resp: requests.Response) -> None:
        # A redirect would carry the token to another host, and requests would read all of its body.
        return None


def new_http_session(connections: int = 4, clear_text_to: str = "") -> requests.Session:
    """Return an HTTP session that up to `connections` threads may use at once: the only maker of
    sessions, for functions and command line.

    It ignores proxy variables, netrc and cookies, follows no redirect and retries nothing. A call to
    an address that no token may be sent to (domain/addresses.py) raises NeedsAttention;
    `clear_text_to` is the host of a lab that http:// may go to."""
    http = _Session()
    http.clear_text_to = clear_text_to
    http.trust_env = False
    http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    http.headers["User-Agent"] = f"tillbridge/{VERSION}"
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=connections, max_retries=0)
    http.mount("https://", adapter)
    http.mount("http://", adapter)
    return http


def exchange(http: requests.Session, call: Outgoing, seconds: float, clock: Clock) -> Incoming:
    """Send one call and read its whole answer within about `seconds`.

    Raise NotSentError, NoAnswerError or TooLargeError, and NeedsAttention for an address that no token
    goes to. Redirects are not followed."""
    until = clock.now_ms() + round(seconds * 1000)
    try:
        with http.request(
            call.method,
            call.url,
            params=dict(call.query),
            data=call.body,
            headers=dict(call.headers),
            timeout=(min(CONNECT_SECONDS, seconds), seconds),
            stream=True,
        ) as response:
            body = _read(response.raw, until, clock)
            return Incoming(response.status_code, response.headers, body)
    except requests.exceptions.InvalidHeader:
        # Not chained: its message quotes the header's value, which may be a credential.
        raise NotSentError("a header has characters that cannot be sent") from None
    except (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
    ) as error:
        raise NotSentError("the address is not valid") from error
    except requests.ConnectionError as error:
        raise _unsent_or_lost(error) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise NoAnswerError(f"{type(error).__name__} while waiting for an answer") from error


def _read(raw: Any, until_ms: int, clock: Clock) -> bytes:
    # A server that sends a byte now and then never hits a read timeout, so the body is read piece
    # by piece against the clock, and each read may take no longer than the time that is left.
    parts: list[bytes] = []
    unpacked = 0
    while True:
        left = (until_ms - clock.now_ms()) / 1000
        if left <= 0:
            raise NoAnswerError("the answer was not complete in time")
        connection = getattr(raw, "connection", None)
        if connection is not None and connection.sock is not None:
            connection.sock.settimeout(left)
        part = raw.read1(_CHUNK, decode_content=True)
        if not part:
            return b"".join(parts)
        parts.append(part)
        unpacked += len(part)
        if max(unpacked, raw.tell()) > MOST_BYTES:
            raise TooLargeError(f"the answer is larger than {MOST_BYTES >> 20} MB")


def _unsent_or_lost(error: requests.ConnectionError) -> Exception:
    # Only a failure to connect proves that nothing was sent; requests wraps the cause.
    if isinstance(error, requests.ConnectTimeout):
        return NotSentError("no connection could be opened in time")
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    # ClosedPoolError: another slice closed the pool after we had chosen it and before we used it.
    if isinstance(
        reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ClosedPoolError
    ):
        return NotSentError("the connection was refused or the name is unknown")
    return NoAnswerError("the connection broke")
