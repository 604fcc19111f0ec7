"""Which events of whom reach a queue, what is kept of them, and which schedules start something."""

import pytest

from tests.contract.event_schemas import NINE
from tests.template.rules.reading import Template, rules
from tillbridge.domain.lanes import CANARY_DUE
from tillbridge.domain.link_requests import LINK_TRIGGERS
from tillbridge.domain.senders import PEOPLE, SWEEP


def test_the_bus_listens_to_the_nine_triggers_of_any_pos_and_to_its_bookings(
    template: Template,
) -> None:
    pattern = rules(template)["PosEventsRule"]["EventPattern"]
    assert pattern["source"] == [{"prefix": "pos."}]
    assert set(pattern["detail-type"]) == NINE | {"stock.changed", "web_order.booked"}
    assert len(pattern["detail-type"]) == 11


def test_the_bus_listens_to_people_who_push(template: Template) -> None:
    pattern = rules(template)["PeopleEventsRule"]["EventPattern"]
    assert pattern["source"] == list(PEOPLE)
    assert "push.requested" in pattern["detail-type"]


def test_no_rule_but_that_of_the_pos_takes_whatever_begins_in_some_way(template: Template) -> None:
    """A prefix lets in senders that nobody thought of."""
    patterns = {
        name: rule["EventPattern"]
        for name, rule in rules(template).items()
        if name != "PosEventsRule" and "EventPattern" in rule
    }
    assert len(patterns) == 5
    assert patterns.pop("CanaryRule") == {"source": [SWEEP], "detail-type": [CANARY_DUE]}
    for name, pattern in patterns.items():
        assert pattern["source"] == list(PEOPLE), name


def test_every_store_is_swept_every_five_minutes_and_polls_start_each_minute(
    template: Template,
) -> None:
    schedule = rules(template)["SweepRule"]["ScheduleExpression"]
    assert schedule == {"Fn::If": ["HasVendorPos", "rate(1 minute)", "rate(5 minutes)"]}


@pytest.mark.parametrize(
    ("rule", "types", "queue"),
    [
        ("LinkRequestsRule", list(LINK_TRIGGERS), "PosEventsQueue"),
        ("ImportRequestsRule", ["import.requested"], "RequestsQueue"),
    ],
)
def test_intake_hears_of_links_and_import_of_imports_from_people_alone(
    rule: str, types: list[str], queue: str, template: Template
) -> None:
    pattern = rules(template)[rule]["EventPattern"]
    assert pattern["source"] == list(PEOPLE)
    assert pattern["detail-type"] == types
    (target,) = rules(template)[rule]["Targets"]
    assert target["Arn"] == {"Fn::GetAtt": [queue, "Arn"]}


def test_every_store_is_compared_hourly_and_wholly_every_night(template: Template) -> None:
    parameters = template["Parameters"]
    for rule, parameter, begins, full in (
        ("ReconcileRule", "ReconcileSchedule", "rate(1 hour)", '{"full": false}'),
        ("FullReconcileRule", "FullReconcileSchedule", "cron(0 3 ", '{"full": true}'),
    ):
        assert rules(template)[rule]["ScheduleExpression"] == {"Ref": parameter}
        assert parameters[parameter]["Default"].startswith(begins)
        assert rules(template)[rule]["Targets"][0]["Input"] == full
    pattern = rules(template)["ReconcileRequestsRule"]["EventPattern"]
    assert pattern["detail-type"] == ["reconcile.requested", "plan.requested"]


def test_the_archive_keeps_what_a_pos_says_and_nothing_that_people_ask_for(
    template: Template,
) -> None:
    archive = template["Resources"]["PosEventsArchive"]["Properties"]
    (said,) = archive["EventPattern"]["source"]
    assert not any(each.startswith(said["prefix"]) for each in PEOPLE)


def test_a_pos_cloud_of_another_account_speaks_as_a_pos_and_uploads_in_its_own_place(
    template: Template,
) -> None:
    bus = template["Resources"]["BusPolicy"]
    assert bus["Condition"] == "HasPosCloudAccount"
    told = bus["Properties"]["Statement"]["Condition"]
    assert told == {
        "ForAllValues:StringLike": {"events:source": "pos.*"},
        "Null": {"events:source": "false"},
    }
    only_tls, uploads = template["Resources"]["ClaimBucketPolicy"]["Properties"]["PolicyDocument"][
        "Statement"
    ]
    assert only_tls["Effect"] == "Deny"
    assert only_tls["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    condition, allowed, nothing = uploads["Fn::If"]
    assert condition == "HasPosCloudAccount"
    assert nothing == {"Ref": "AWS::NoValue"}
    assert (allowed["Action"], allowed["Resource"]) == (
        "s3:PutObject",
        {"Fn::Sub": "${ClaimBucket.Arn}/pos/*"},
    )
