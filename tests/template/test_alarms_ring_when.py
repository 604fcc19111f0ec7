"""Of which figure an alarm rings, from which value on."""

import pytest

from tests.template.rules.reading import Template, of_type
from tillbridge.domain.lag_histogram import LagPath


def test_an_alarm_tells_of_pages_that_cannot_be_shown(template: Template) -> None:
    alarm = of_type(template, "AWS::CloudWatch::Alarm")["ConsoleFailedAlarm"]
    assert alarm["MetricName"] == "5xx"
    assert alarm["Dimensions"] == [{"Name": "ApiId", "Value": {"Ref": "ConsoleApi"}}]


def test_alarms_tell_of_calls_that_fail_and_of_hooks_rearmed_twice_a_day(
    template: Template,
) -> None:
    alarms = of_type(template, "AWS::CloudWatch::Alarm")
    rearmed, failed = alarms["HooksRearmedAlarm"], alarms["WebhooksFailedAlarm"]
    assert (rearmed["MetricName"], rearmed["Period"], rearmed["Threshold"]) == (
        "hooks_rearmed_again",
        300,
        0,
    )
    assert (failed["MetricName"], failed["Threshold"]) == ("5xx", 0)
    assert failed["Dimensions"] == [{"Name": "ApiId", "Value": {"Ref": "HooksApi"}}]


def test_an_alarm_tells_of_calls_at_the_door_of_webhooks_that_are_not_heard(
    template: Template,
) -> None:
    refused = of_type(template, "AWS::CloudWatch::Alarm")["HooksRefusedAlarm"]
    assert refused["Dimensions"] == [{"Name": "ApiId", "Value": {"Ref": "HooksApi"}}]
    watched = (refused["MetricName"], refused["Statistic"])
    assert watched == ("4xx", "Sum"), "those of addresses that nobody has are no figure of ours"
    assert refused["Threshold"] / refused["Period"] == 10, "a second; BigCommerce makes none"


@pytest.mark.parametrize("path", [LagPath.STOCK, LagPath.ORDER_FOUND])
def test_an_alarm_rings_when_a_path_takes_more_than_a_minute_for_a_quarter_of_an_hour(
    template: Template, path: LagPath
) -> None:
    (alarm,) = [
        alarm
        for alarm in of_type(template, "AWS::CloudWatch::Alarm").values()
        if alarm.get("MetricName") == f"lag_{path}"
    ]
    assert alarm["ExtendedStatistic"] == "p95"
    assert "Statistic" not in alarm, "CloudWatch takes one of the two"
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 900
    assert (alarm["Threshold"], alarm["TreatMissingData"]) == (60_000, "notBreaching")
    assert alarm["Dimensions"] == [{"Name": "service", "Value": "push"}]
