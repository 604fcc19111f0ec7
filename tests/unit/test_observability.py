"""The figures that functions write for CloudWatch."""

import inspect
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tests.builders import STORE
from tillbridge.domain.backlog import Swept
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.lag_histogram import LagPath, histogram_of
from tillbridge.domain.run import Run, Stage
from tillbridge.domain.slices import SliceRecord
from tillbridge.usecases.booking.session import BookingRecord
from tillbridge.usecases.fence import Fault
from tillbridge.usecases.poll_pos.accounts_due import Polling
from tillbridge.usecases.poll_pos.session import PollRecord
from tillbridge.usecases.take_hook import Outcome


@pytest.mark.parametrize("lags", [0, 1, 99, 100, 101, 250, 2_000])
def test_a_slice_tells_its_figures_in_one_line_however_many_products_it_had(
    lags: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    from tillbridge.observability import observe_slice

    found = {LagPath.STOCK: histogram_of(range(lags))} if lags else {}
    observe_slice(STORE, SliceRecord(calls=Counter({"PUT": 3}), lags=found))

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (figures,) = [line for line in lines if "_aws" in line]
    told = figures.get("lag_stock", [])
    assert figures["calls"] == [3]
    assert min(lags, 50) <= len(told) < 100
    if lags:
        assert told[-1] >= 0.95 * (lags - 1), "the last ones waited longest"


def test_a_fault_is_counted_for_an_alarm_over_all_stores_and_functions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    from tillbridge.observability import count_fault

    count_fault(Fault(KeyError("id"), "planning", STORE, "p-1"))

    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert line["faults"] == [1.0]
    assert line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["service"]]
    assert line["service"] == "tillbridge"


A_SLICE = SliceRecord(calls=Counter({"PUT": 3}), lags={LagPath.ASKED: histogram_of([5])}, failed=1)
A_BOOKING = BookingRecord(
    told=3, booked=1, refused=1, overdue=2, lags={LagPath.ORDER_BOOKED: histogram_of([5])}
)
OBSERVED: Mapping[str, Callable[[Callable[..., None]], None]] = {
    "count_fault": lambda observe: observe(Fault(KeyError("id"), "planning", STORE, "p-1")),
    "observe_slice": lambda observe: observe(STORE, A_SLICE),
    "observe_import": lambda observe: observe(STORE, {"imported": 2, "failed": 1}),
    "observe_booking": lambda observe: observe(STORE, A_BOOKING),
    "observe_hook": lambda observe: observe(Outcome.FORGED),
    "observe_run": lambda observe: observe(Run("1", 1, stage=Stage.ENDED)),
    "observe_poll": lambda observe: observe(
        PollRecord(PosAccountKey("lightspeed-harbour"), dropped=2)
    ),
    "observe_polling": lambda observe: observe(Polling(good_ms=3), 5),
    "observe_sweep": lambda observe: observe(Swept(stores=9, oldest_ms={"stock": 3}), 5),
}


def test_no_figure_is_counted_store_by_store(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """CloudWatch bills each combination of a name and dimensions: 0.30 dollars a month."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    from tillbridge import observability

    emitters = {
        name: each
        for name, each in inspect.getmembers(observability, inspect.isfunction)
        if name.startswith(("observe_", "count_"))
    }
    assert emitters.keys() == OBSERVED.keys(), "each that emits figures is tried here"
    for name, emit in emitters.items():
        OBSERVED[name](emit)
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        told = [line["_aws"]["CloudWatchMetrics"] for line in lines if "_aws" in line]
        assert told, name
        figures = [metric for some in told for metric in some]
        named = {each for metric in figures for some in metric["Dimensions"] for each in some}
        assert named <= {"service", "lane"}, name


@pytest.mark.parametrize("count", [0, 3])
def test_orders_that_the_pos_refuses_are_counted_where_there_are_any(
    count: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    from tillbridge.observability import observe_booking

    observe_booking(STORE, BookingRecord(told=3, overdue=1, refused=count))

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (figures,) = [line for line in lines if "_aws" in line]
    assert figures["orders_overdue"] == [1]
    assert figures.get("orders_refused", []) == ([count] if count else [])


def test_a_sweep_tells_ages_in_seconds_and_none_of_what_is_not_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    from tillbridge.observability import observe_sweep

    now = 1_795_262_400_000
    oldest = {"stock": now - 9_000, "content": 0}
    observe_sweep(Swept(oldest_ms=oldest, compared_ms=0, orders_read_ms=None), now)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [line for line in lines if "_aws" in line]
    ages = {line["lane"]: line["oldest_pending"] for line in told if "lane" in line}
    assert ages == {"stock": [9.0], "content": [0.0]}
    assert told[-1]["orders_read_age"] == [0.0], "no store reads any"
    assert told[-1]["run_age"] == [now / 1_000], "what cannot be read was never compared"


@pytest.mark.parametrize("untold", [0, 3])
def test_events_that_the_bus_did_not_take_are_counted(
    untold: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    from tillbridge.observability import observe_booking, observe_slice

    def figures() -> list[float]:
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        (line,) = [line for line in lines if "_aws" in line]
        return list(line.get("events_untold", [0.0]))

    observe_slice(STORE, replace(A_SLICE, untold=untold))
    assert figures() == [untold]
    observe_booking(STORE, replace(A_BOOKING, untold=untold))
    assert figures() == [untold]
