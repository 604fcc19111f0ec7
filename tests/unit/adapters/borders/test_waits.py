"""What a header asks for: never longer than a quarter of an hour, and never an error."""

import pytest

from tests.fakes.clock import FakeClock
from tillbridge.adapters.bigcommerce.answer import reading_of, requested_wait
from tillbridge.adapters.borders.waits import LONGEST_WAIT_S
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.pos_session import asked_wait

NOW = FakeClock().now_ms()

ODD = [
    "604800",
    "9" * 400,
    "-" + "9" * 400,
    "-5",
    "inf",
    "nan",
    "1e9",
    "٣",
    "",
    "soon",
    "Fri, 31 Dec 9999 23:59:59 -1400",
    "Mon, 01 Jan 0001 00:00:00 +1400",
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    "Sat, 99 Foo 2026 25:61:61 GMT",
    "Sat, 21 Nov 2026 12:00:30 +9999999999",
    "x" * 100_000,
]
NAMES = [f"X-Rate-Limit-{each}" for each in ("Requests-Quota", "Requests-Left")] + [
    "X-Rate-Limit-Time-Reset-Ms",
    "X-Rate-Limit-Time-Window-Ms",
]


@pytest.mark.parametrize("odd", ODD, ids=lambda text: text[:30])
def test_no_header_makes_us_wait_longer_than_a_quarter_of_an_hour(odd: str) -> None:
    assert 0 <= asked_wait(Incoming(503, {"Retry-After": odd}, b""), NOW) <= LONGEST_WAIT_S
    for name in ("Retry-After", "X-Retry-After", "X-Rate-Limit-Time-Reset-Ms"):
        assert 0 <= (requested_wait({name: odd}) or 0) <= LONGEST_WAIT_S
    for name in NAMES:
        reading = reading_of({**dict.fromkeys(NAMES, "5"), name: odd})
        assert reading is None or reading.reset_ms <= LONGEST_WAIT_S * 1_000
