"""Borders beside the bodies: secrets, and the headers of answers."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from tests.borders.places import as_text, trouble_of
from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.borders.waits import LONGEST_WAIT_S
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_session import PosCall
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.errors import NeedsAttention, RetryLater
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.spending import Spender

GOOD = '{"access_token": "sesame"}'


class _Safe:
    def __init__(self, text: str) -> None:
        self._text = text

    def get_secret_value(self, SecretId: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        return {"SecretString": self._text if "/pos" in SecretId else GOOD}


def secrets_cross(odd: bytes) -> int:
    """Read a good secret beside one that is odd, or holds something odd."""
    texts = [as_text(odd), as_text(b'{"access_token": ' + odd + b"}")]
    for text in texts:
        tokens = Tokens(cast("Any", _Safe(text)), "t", FakeClock())
        trouble = trouble_of(partial(_usable, tokens))
        assert trouble is None or isinstance(trouble, NeedsAttention)
        assert tokens.of_store(STORE)(False) == "sesame"
    return len(texts)


def _usable(tokens: Tokens) -> None:
    token = tokens.of_pos(PosAccountKey("till"))(False)
    assert token.isascii()
    assert token.isprintable()


HEADERS = [
    "Retry-After",
    "X-Retry-After",
    "X-Rate-Limit-Requests-Quota",
    "X-Rate-Limit-Requests-Left",
    "X-Rate-Limit-Time-Reset-Ms",
    "X-Rate-Limit-Time-Window-Ms",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "Content-Type",
    "Content-Length",
]
_USUAL = dict.fromkeys(HEADERS[2:6], "5")


def headers_cross(odd: bytes) -> int:
    """Get answers with an odd header, and then a good one: nobody waits for longer than a quarter of
    an hour."""
    text = odd.decode("latin-1").strip('"').replace("\n", " ").replace("\0", "")
    for name in HEADERS:
        for status in (200, 429, 503):
            odd_headers = {**_USUAL, name: text}
            _calls_bigcommerce(status, odd_headers)
            _calls_the_pos(status, odd_headers)
            _calls_x_series(status, odd_headers)
    return len(HEADERS) * 9


def _calls_bigcommerce(status: int, headers: dict[str, str]) -> None:
    clock = FakeClock()
    canned = Canned([answer(status, b'{"data": []}', headers)] * 3 + [answer(200)] * 3)
    http = canned.http_session()
    transport = Transport("https://api.example", lambda _: "t", clock, 2**62, http)
    _waits_at_most(partial(transport.send, Call("GET", "/catalog/products"), lambda _: None))
    assert 0 <= transport.wait_needed(urgent=False) <= LONGEST_WAIT_S + 1
    clock.advance(LONGEST_WAIT_S + 1)
    canned.steps[:] = [answer(200)]
    transport.send(Call("GET", "/catalog/products"), lambda _: None)


def _calls_the_pos(status: int, headers: dict[str, str]) -> None:
    canned = Canned([answer(status, b"{}", headers)] * 3)
    calls = PosCalls(
        "https://pos.example", lambda _: "t", FakeClock(), 2**62, canned.http_session()
    )
    _waits_at_most(partial(calls.send, PosCall("GET", "/v1/products")))


def _calls_x_series(status: int, headers: dict[str, str]) -> None:
    canned, clock = Canned([answer(status, b"{}", headers)] * 8), FakeClock()
    http = canned.http_session()
    address = "https://x.retail.lightspeed.app"
    calls = LightspeedCalls(address, lambda _: "t", clock, 2**62, http, spender=Spender.WALK)
    _waits_at_most(partial(calls.send, Ask("GET", "/products")))
    _waits_at_most(partial(calls.send, Ask("GET", "/products")))
    assert calls.quota_left is None or 0 <= calls.quota_left <= 1
    clock.advance(LONGEST_WAIT_S + 1)
    canned.steps[:] = [answer(200)]
    calls.send(Ask("GET", "/products"))


def _waits_at_most(call: Callable[[], object]) -> None:
    trouble = trouble_of(call)
    assert trouble is None or isinstance(trouble, RetryLater)
    assert trouble is None or 0 <= trouble.wait <= LONGEST_WAIT_S
