"""The dashboard draws figures that exist: of functions and queues of this template, and those that we emit."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws.package import load_template
from tests.template.rules.reading import functions, of_type, queues
from tillbridge.domain.lag_histogram import LagPath

ROOT = Path(__file__).parents[2]
TEMPLATE = load_template(ROOT / "template.yaml")


def _metrics() -> list[list[Any]]:
    (dashboard,) = of_type(TEMPLATE, "AWS::CloudWatch::Dashboard").values()
    widgets = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    return [metric for widget in widgets for metric in widget["properties"]["metrics"]]


def _emitted() -> set[str]:
    code = (ROOT / "layers/common/python/tillbridge/observability.py").read_text(encoding="utf-8")
    named = set(re.findall(r'add_metric\(\s*"(\w+)"', code))
    return named | {f"lag_{path}" for path in LagPath}


@pytest.mark.parametrize("metric", _metrics(), ids=lambda each: "-".join(map(str, each[1:4])))
def test_a_figure_of_the_dashboard_is_one_that_there_is(metric: list[Any]) -> None:
    namespace, name, dimension, value, _ = metric
    known = {
        "Tillbridge": _emitted(),
        "AWS/SQS": {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"},
        "AWS/Lambda": {"Errors"},
    }
    assert name in known[namespace]
    match dimension:
        case "service":
            services = (f["Environment"]["Variables"] for f in functions(TEMPLATE).values())
            assert value in {each["POWERTOOLS_SERVICE_NAME"] for each in services}
        case "QueueName":
            assert value in {each["QueueName"]["Fn::Sub"] for each in queues(TEMPLATE).values()}
        case "FunctionName":
            assert value in {f["FunctionName"]["Fn::Sub"] for f in functions(TEMPLATE).values()}
        case _:
            pytest.fail(f"no figure of ours has the dimension {dimension}")
