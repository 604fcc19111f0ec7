"""`poll` over its golden signal."""

import pytest

from tests.handlers.conftest import Handler, LoadEvent
from tests.poll_world import STORES, PollWorld


def test_a_signal_has_the_account_polled_and_its_stores_told(
    poll: Handler, load_event: LoadEvent, polled: PollWorld
) -> None:
    polled.vendor.save("chair")
    assert poll(load_event("poll.signal")) == {"batchItemFailures": []}
    assert [(each.store, each.type) for each in polled.bus.told] == [
        (store, "product.saved") for store in STORES
    ]


def test_a_signal_too_many_makes_no_call_and_prints_no_metric(
    poll: Handler, load_event: LoadEvent, polled: PollWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    poll(load_event("poll.signal"))
    assert polled.vendor.calls
    polled.vendor.calls.clear()
    capsys.readouterr()
    poll(load_event("poll.signal"))
    assert polled.vendor.calls == []
    assert '"_aws"' not in capsys.readouterr().out


def test_levels_that_are_left_out_are_counted_for_the_alarm(
    poll: Handler, load_event: LoadEvent, polled: PollWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    poll(load_event("poll.signal"))
    polled.vendor.level("ghost", 1)
    for _ in range(3):
        polled.clock.advance(60)
        capsys.readouterr()
        poll(load_event("poll.signal"))
    assert '"levels_dropped":[1.0]' in capsys.readouterr().out.replace(" ", "")
