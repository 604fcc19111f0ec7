"""How a fake of the store counts its calls, and tells of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.clock import FakeClock
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import Refused
from tillbridge.domain.slices import SliceRecord


def counted(record: SliceRecord, name: str) -> None:
    """Count a call that is answered, and tell of it."""
    with telling(record, name):
        pass


@contextmanager
def telling(record: SliceRecord, name: str, clock: FakeClock | None = None) -> Iterator[None]:
    """Count a call, and tell how what is done inside ended."""
    record.calls[name] += 1
    began = clock.now_ms() if clock else 0
    status, said = 0, ""
    try:
        yield
        status = 200
    except Refused as refusal:
        status, said = refusal.status, refusal.title
        raise
    finally:
        now = clock.now_ms() if clock else 0
        record.heard(CallMade(name, now, status=status, ms=now - began, said=said))
