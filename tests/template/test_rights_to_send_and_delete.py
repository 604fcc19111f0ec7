"""To which queues each function sends, what it puts on the bus, and what it deletes."""

import pytest

from tests.template.rules.permissions import grants
from tests.template.rules.reading import Template, of_type, queues, rules
from tillbridge.domain.senders import PEOPLE, SWEEP
from tillbridge.domain.web_orders.order_events import SOURCE


def test_intake_sends_work_wakes_and_what_it_cannot_read(template: Template) -> None:
    sends = {r for a, r in grants(template, "IntakeRole") if a == "sqs:SendMessage"}
    assert sends == {
        "StoreWorkQueue",
        "OrdersQueue",
        "ClaimPartsQueue",
        "WakesQueue",
        "PosEventsDlq",
    }


def test_the_sweep_signals_drains_and_keeps_its_failed_calls(template: Template) -> None:
    sends = {r for a, r in grants(template, "SweepRole") if a == "sqs:SendMessage"}
    assert sends == {"StoreWorkQueue", "OrdersQueue", "PosPollsQueue", "UndeliveredDlq"}


def test_push_signals_itself_and_wakes_and_what_tells_the_pos(template: Template) -> None:
    sends = {r for a, r in grants(template, "PushRole") if a == "sqs:SendMessage"}
    assert sends == {"StoreWorkQueue", "OrdersQueue", "WakesQueue"}


@pytest.mark.parametrize("role", ["PushRole", "OrdersRole"])
def test_what_others_are_told_of_web_orders_has_a_source_of_its_own(
    role: str, template: Template
) -> None:
    statements = of_type(template, "AWS::IAM::Role")[role]["Policies"][0]["PolicyDocument"]
    (puts,) = [each for each in statements["Statement"] if "events:" in str(each["Action"])]
    assert puts["Action"] == "events:PutEvents"
    assert puts["Resource"] == {"Fn::GetAtt": ["Bus", "Arn"]}
    assert puts["Condition"] == {"StringEquals": {"events:source": SOURCE}}


def test_orders_signals_itself_wakes_and_the_drain_and_tells_one_thing_on_the_bus(
    template: Template,
) -> None:
    granted = grants(template, "OrdersRole")
    sends = {r for a, r in granted if a == "sqs:SendMessage"}
    assert sends == {"OrdersQueue", "StoreWorkQueue", "WakesQueue"}
    assert {r for a, r in granted if a.startswith("events:")} == {"Bus"}


def test_import_sends_to_its_own_line_and_signals_and_keeps_what_it_cannot_read(
    template: Template,
) -> None:
    sends = {r for a, r in grants(template, "ImportRole") if a == "sqs:SendMessage"}
    assert sends == {
        "ImportsQueue",
        "RequestsQueue",
        "RequestsDlq",
        "StoreWorkQueue",
        "PosPollsQueue",
    }


def test_only_import_counts_and_the_sweep_deletes_what_no_store_needs(template: Template) -> None:
    deletes = {a for a, resource in grants(template, "SweepRole") if resource == "CountersTable"}
    assert deletes == {f"dynamodb:{each}" for each in ("Query", "BatchWriteItem", "DeleteItem")}
    for role in ("IntakeRole", "PushRole", "ReconcileRole"):
        assert "CountersTable" not in {resource for _, resource in grants(template, role)}
    assert ("dynamodb:UpdateItem", "CountersTable") in grants(template, "ImportRole")


def test_reconcile_signals_drains_and_goes_on_and_deletes_no_link_and_no_row(
    template: Template,
) -> None:
    granted = grants(template, "ReconcileRole")
    sends = {r for a, r in granted if a == "sqs:SendMessage"}
    assert sends == {
        "ReconcileQueue",
        "StoreWorkQueue",
        "RequestsDlq",
        "UndeliveredDlq",
    }
    deletes = {"dynamodb:DeleteItem", "dynamodb:PartiQLDelete"}
    assert {r for a, r in granted if a in deletes} == set()


def test_webhooks_signals_and_sends_nothing_else(template: Template) -> None:
    granted = grants(template, "WebhooksRole")
    sends_to = {r for a, r in granted if a == "sqs:SendMessage"}
    assert sends_to == {"StoreWorkQueue", "PosPollsQueue"}
    services = {action.partition(":")[0] for action, _ in granted}
    assert services == {"logs", "sqs", "dynamodb", "secretsmanager", "kms", "xray"}


def test_the_console_changes_nothing_itself_but_what_is_kept_of_requests(
    template: Template,
) -> None:
    services = {action.partition(":")[0] for action, _ in grants(template, "ConsoleRole")}
    # Dead letters are decided about by people alone, so nobody else may: they go on the bus as no event.
    assert services == {"logs", "events", "dynamodb", "s3", "secretsmanager", "sqs", "kms", "xray"}
    puts = {r for a, r in grants(template, "ConsoleRole") if a.startswith("s3:")}
    assert puts == {"ClaimBucket"}


def test_the_console_reads_every_dead_letter_queue_and_sends_to_where_they_came_from(
    template: Template,
) -> None:
    granted = {each for each in grants(template, "ConsoleRole") if each[0].startswith("sqs:")}
    dead = {name for name in queues(template) if name.endswith("Dlq")}
    reads = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"}
    may_read = {(action, queue) for action in reads for queue in dead}
    # A signal to poll holds nothing, and the sweep makes a new one each minute.
    sources = queues(template).keys() - dead - {"PosPollsQueue"}
    may_send = {("sqs:SendMessage", queue) for queue in sources}
    assert granted == may_read | may_send


def test_the_console_puts_what_people_may_ask_for_and_every_rule_hears_it(
    template: Template,
) -> None:
    role = of_type(template, "AWS::IAM::Role")["ConsoleRole"]
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    (puts,) = [each for each in statements if each["Action"] == "events:PutEvents"]
    assert puts["Resource"] == {"Fn::GetAtt": ["Bus", "Arn"]}
    asked = puts["Condition"]["ForAllValues:StringEquals"]
    assert asked["events:source"] == "tillbridge.console"
    assert "tillbridge.console" in PEOPLE
    heard = {
        kind
        for rule in rules(template).values()
        if "tillbridge.console" in rule.get("EventPattern", {}).get("source", [])
        for kind in rule["EventPattern"]["detail-type"]
    }
    assert set(asked["events:detail-type"]) == heard


def test_the_sweep_may_put_events_of_its_own_source_alone(template: Template) -> None:
    """The local AWS does not compare sources, so only the text is tested."""
    role = of_type(template, "AWS::IAM::Role")["SweepRole"]
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    (puts,) = [each for each in statements if each["Action"] == "events:PutEvents"]
    assert puts["Resource"] == {"Fn::GetAtt": ["Bus", "Arn"]}
    assert puts["Condition"] == {"ForAllValues:StringEquals": {"events:source": SWEEP}}
