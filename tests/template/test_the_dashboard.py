"""The dashboard draws figures that exist: of functions and queues of this template, and those that we emit."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws.package import load_template
from tests.template.rules.reading import functions, of_type, queues
from tillbridge.domain.lag_histogram import LagPath
from tillbridge.domain.lanes import MEASURED

ROOT = Path(__file__).parents[2]
TEMPLATE = load_template(ROOT / "template.yaml")


def _metrics() -> list[list[Any]]:
    (dashboard,) = of_type(TEMPLATE, "AWS::CloudWatch::Dashboard").values()
    widgets = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    return [metric for widget in widgets for metric in widget["properties"]["metrics"]]


def _emitted() -> set[str]:
    code = (ROOT / "layers/common/python/tillbridge/observability.py").read_text(encoding="utf-8")
    named = set(re.findall(r'(?:add_metric\(\s*|single_metric\(\s*name=)"(\w+)"', code))
    return named | {f"lag_{path}" for path in LagPath}


@pytest.mark.parametrize("metric", _metrics(), ids=lambda each: "-".join(map(str, each[1:4])))
def test_a_figure_of_the_dashboard_is_one_that_there_is(metric: list[Any]) -> None:
    namespace, name, dimension, value, *lane, _ = metric
    assert lane == [] or (name == "oldest_pending" and lane[0] == "lane" and lane[1] in MEASURED)
    known = {
        "Tillbridge": _emitted(),
        "AWS/SQS": {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"},
        "AWS/Lambda": {"Errors", "Throttles"},
    }
    assert name in known[namespace]
    match dimension:
        case "service":
            services = (f["Environment"]["Variables"] for f in functions(TEMPLATE).values())
            assert value in {each["POWERTOOLS_SERVICE_NAME"] for each in services} | {"tillbridge"}
        case "QueueName":
            assert value in {each["QueueName"]["Fn::Sub"] for each in queues(TEMPLATE).values()}
        case "FunctionName":
            assert value in {f["FunctionName"]["Fn::Sub"] for f in functions(TEMPLATE).values()}
        case _:
            pytest.fail(f"no figure of ours has the dimension {dimension}")


def test_whoever_opens_it_at_night_sees_first_what_is_asked_first() -> None:
    """How fresh, what waits and since when, which stores, dead letters, errors, throttles, quota."""
    found = {(each[0], each[1]) for each in _metrics()}
    assert {("AWS/Lambda", "Errors"), ("AWS/Lambda", "Throttles")} <= found
    lanes = {each[5] for each in _metrics() if each[1] == "oldest_pending"}
    assert lanes == {*MEASURED}
    stats = {(each[1], each[-1]["stat"]) for each in _metrics()}
    assert {("lag_stock", "p50"), ("lag_stock", "p95"), ("throttled", "Sum")} <= stats
    drawn = {each[3] for each in _metrics() if each[1] == "ApproximateNumberOfMessagesVisible"}
    ends = {
        q["QueueName"]["Fn::Sub"] for q in queues(TEMPLATE).values() if "RedrivePolicy" not in q
    }
    assert drawn == ends, "every queue of dead letters"


def test_no_two_pictures_of_the_dashboard_lie_on_one_another() -> None:
    (dashboard,) = of_type(TEMPLATE, "AWS::CloudWatch::Dashboard").values()
    widgets = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    corners = [(each["x"], each["y"]) for each in widgets]
    assert len(set(corners)) == len(corners)
    assert all((each["width"], each["height"]) == (8, 6) for each in widgets)
    assert all(x % 8 == 0 and x < 24 and y % 6 == 0 for x, y in corners)
