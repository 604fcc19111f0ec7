"""The figures that a slice writes for CloudWatch."""

import json
from collections import Counter

import pytest

from tests.builders import STORE
from tillbridge.domain.slices import SliceRecord
from tillbridge.usecases.fence import Fault


@pytest.mark.parametrize("lags", [0, 1, 99, 100, 101, 250, 2_000])
def test_a_slice_tells_its_figures_in_one_line_however_many_products_it_had(
    lags: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    from tillbridge.observability import observe_slice

    observe_slice(STORE, SliceRecord(calls=Counter({"PUT": 3}), lags_ms=list(range(lags))))

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (figures,) = [line for line in lines if "_aws" in line]
    told = figures.get("lag", [])
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
