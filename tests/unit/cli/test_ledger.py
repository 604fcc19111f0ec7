"""The totals of a store's slices, as their call lines tell them."""

from types import SimpleNamespace
from typing import Any

from cli.deployment.ledger import Ledger, ledger
from tests.builders import STORE
from tests.fakes.history import FakeCallLines
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.history.call_line import CallLine, ToldCall
from tillbridge.domain.lag_histogram import LagPath, histogram_of
from tillbridge.domain.slices import SliceRecord

CALL = ToldCall(CallMade("PUT /catalog/products"))


def totals(*lines: CallLine, since_ms: int = 0) -> Ledger:
    kept = FakeCallLines()
    kept.write(STORE, lines)
    target: Any = SimpleNamespace(call_lines=kept)
    return ledger(target, STORE, since_ms)


def a_slice(token: str, ended_ms: int, calls: int) -> list[CallLine]:
    """Return the two lines of a slice of a minute."""
    began = ended_ms - 60_000
    done = SliceRecord(throttled=1, created=2, updated=3, stocked=4, failed=5)
    done.lags = {LagPath.STOCK: histogram_of([900])}
    return [
        CallLine(began, token, began, began + 2_000, (CALL,) * (calls - 1)),
        CallLine(ended_ms - 10, token, began, ended_ms, (CALL,), done),
    ]


def test_slices_are_added_up() -> None:
    found = totals(*a_slice("a", 100_000, 5), *a_slice("b", 200_000, 7))

    total = found.total
    assert (found.slices, total.calls) == (2, {"PUT /catalog/products": 12})
    counts = (total.throttled, total.created, total.updated, total.stocked, total.failed)
    assert counts == (2, 4, 6, 8, 10)
    assert total.lags[LagPath.STOCK].count == 2
    assert found.percentile(0.5) == 0.877


def test_a_slice_that_ended_in_time_counts_with_what_it_did_before() -> None:
    lines = [*a_slice("a", 999_999, 5), *a_slice("b", 1_000_000, 7)]

    found = totals(*lines, since_ms=1_000_000)

    assert (found.slices, found.total.calls.total()) == (1, 7)


def test_of_a_slice_that_was_killed_its_calls_count() -> None:
    found = totals(a_slice("a", 100_000, 5)[0], *a_slice("b", 200_000, 7))

    assert (found.slices, found.total.calls.total(), found.total.updated) == (2, 11, 3)
