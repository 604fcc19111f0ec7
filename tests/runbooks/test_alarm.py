"""The judge of alarms judges as CloudWatch does, and refuses what it does not know."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws.package import load_template
from tests.runbooks.alarm import Figures, datapoint, rings
from tests.template.rules.reading import of_type

TEMPLATE = load_template(Path(__file__).parents[2] / "template.yaml")
ALARMS = of_type(TEMPLATE, "AWS::CloudWatch::Alarm")
MINUTE = 60_000
NOW = 1_795_262_400_000


def an_alarm(**said: Any) -> dict[str, Any]:
    return {
        "Namespace": "Tillbridge",
        "MetricName": "failed",
        "Dimensions": [{"Name": "service", "Value": "push"}],
        "Statistic": "Sum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 2,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    } | said


def figures(*minutes_ago_and_values: tuple[float, float], **dimensions: str) -> Figures:
    written = Figures()
    for ago, value in minutes_ago_and_values:
        at = NOW - round(ago * MINUTE)
        written.add("Tillbridge", "failed", {"service": "push"} | dimensions, at, value)
    return written


@pytest.mark.parametrize(
    ("said", "written", "ring"),
    [
        ({}, figures((0, 3)), True),
        ({}, figures((0, 2)), False),
        ({}, figures((0.2, 1), (0.4, 2)), True),
        ({}, figures((1, 3)), False),
        ({}, figures((0, 9), lane="stock"), False),
        ({"Statistic": "Maximum"}, figures((0.2, 1), (0.4, 2)), False),
        ({"EvaluationPeriods": 2}, figures((0, 3)), False),
        ({"EvaluationPeriods": 2}, figures((0, 3), (1, 3)), True),
        ({"EvaluationPeriods": 3, "DatapointsToAlarm": 2}, figures((0, 3), (2, 3)), True),
        ({"EvaluationPeriods": 3, "DatapointsToAlarm": 2}, figures((0, 3), (3, 3)), False),
        ({"TreatMissingData": "breaching"}, Figures(), True),
        ({"TreatMissingData": "breaching"}, figures((0, 1)), False),
        ({"Threshold": {"Ref": "Many"}}, figures((0, 5)), False),
    ],
)
def test_an_alarm_rings_when_its_periods_say_so(
    said: dict[str, Any], written: Figures, ring: bool
) -> None:
    assert rings(an_alarm(**said), written, NOW, {"Many": {"Default": 5}}) is ring


def test_95_of_100_is_the_95th_of_100() -> None:
    alarm = an_alarm(ExtendedStatistic="p95", Statistic=None)
    written = figures(*((0, float(each)) for each in range(1, 101)))
    assert datapoint(alarm, written, NOW) == 95


@pytest.mark.parametrize(
    "said",
    [
        {"ComparisonOperator": "LessThanThreshold"},
        {"Statistic": "Average"},
        {"TreatMissingData": "ignore"},
        {"Metrics": [{"Id": "a", "Expression": "AVG(METRICS())"}]},
        {"ActionsEnabled": False},
    ],
    ids=str,
)
def test_what_it_does_not_know_it_refuses(said: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        rings(an_alarm(**said), figures((0, 9)), NOW, {})


def test_a_line_of_a_log_is_read_in_the_embedded_format_and_no_other_line() -> None:
    line = {
        "_aws": {
            "Timestamp": NOW,
            "CloudWatchMetrics": [
                {
                    "Namespace": "Tillbridge",
                    "Dimensions": [["service"]],
                    "Metrics": [{"Name": "failed", "Unit": "Count"}],
                }
            ],
        },
        "service": "push",
        "failed": [1.0, 2.0],
    }
    written = Figures()
    assert written.read(["START", '{"level": "INFO"}', json.dumps(line)]) == 2
    assert rings(an_alarm(), written, NOW, {})


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_every_alarm_of_the_template_can_be_judged_and_is_silent_on_a_quiet_night(
    name: str,
) -> None:
    """Nothing was measured but by the sweep, which always is, and found nothing."""
    quiet = Figures()
    for alarm in ALARMS.values():
        for each in [
            s["MetricStat"]["Metric"] for s in alarm.get("Metrics", ()) if "MetricStat" in s
        ]:
            said = {each["Name"]: each["Value"] for each in each["Dimensions"]}
            if said.get("service") == "sweep":
                for ago in range(0, 40, 5):
                    quiet.add(each["Namespace"], each["MetricName"], said, NOW - ago * MINUTE, 0)
    assert not rings(ALARMS[name], quiet, NOW, TEMPLATE["Parameters"])


def test_a_sweep_that_does_not_run_is_told_by_one_alarm() -> None:
    ringing = [n for n, a in ALARMS.items() if rings(a, Figures(), NOW, TEMPLATE["Parameters"])]
    assert ringing == ["OldestPendingAlarm"]
