"""Names and rights on which others rely: a change here is a change for all of them."""

import dataclasses
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from benches import idle_cost
from sandbox.aws.outputs import StackOutputs, snake
from tests.template.rules.functions import most_at_once
from tests.template.rules.permissions import grants
from tests.template.rules.reading import Template, functions, of_type, queues, rules
from tests.template.rules.tables import tables
from tillbridge.domain.dead_letters import KEPT_DAYS
from tillbridge.domain.lag_histogram import LagPath
from tillbridge.domain.lanes import CANARY_DUE
from tillbridge.domain.link_requests import LINK_TRIGGERS
from tillbridge.domain.senders import PEOPLE, SWEEP
from tillbridge.domain.web_orders.order_events import SOURCE
from tillbridge.environment import ConsoleEnvironment, Environment
from tillbridge.usecases.delete_leftovers import A_SLICE_MS
from tillbridge.usecases.sweep import LONGEST_MS

INDEXES = {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}

# The nine triggers, as the push article names them.
NINE = {
    "product.saved",
    "product.imported",
    "sale.completed",
    "refund.completed",
    "exchange.completed",
    "inventory_count.completed",
    "stock_order.completed",
    "stock_transfer.completed",
    "stock_adjustment.completed",
}


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


def test_without_a_vendor_pos_nothing_of_polls_is_made(template: Template) -> None:
    assert template["Parameters"]["VendorPos"]["Default"] == "no"
    polls = {
        name: each.get("Condition")
        for name, each in template["Resources"].items()
        if any(word in name for word in ("Poll", "Mirror", "PosTrouble", "LevelsDropped"))
    }
    assert {"PollFunction", "PosMirrorTable", "PosPollsQueue", "PosTroubleAlarm"} <= polls.keys()
    assert set(polls.values()) == {"HasVendorPos", "HasVendorPosAndKmsKey"}


def test_there_are_eight_tables_and_no_index_that_a_sale_writes(template: Template) -> None:
    assert {
        t["TableName"]["Fn::Sub"].removeprefix("${Own.Value}-") for t in tables(template).values()
    } == {
        "links",
        "pending",
        "stores",
        "read-model",
        "counters",
        "orders",
        "history",
        "pos-mirror",
    }
    # An index doubles each write, and a local one keeps a busy partition from being split. These hold keys
    # alone: those of the views change with a name or a state, those of jobs are there when a person asked.
    indexed = {name: set(t) & INDEXES for name, t in tables(template).items() if set(t) & INDEXES}
    # One writer an account writes the mirror, and reads at once what it wrote.
    assert indexed.pop("PosMirrorTable") == {"LocalSecondaryIndexes"}
    assert indexed == {
        key: {"GlobalSecondaryIndexes"}
        for key in ["PendingTable", "ReadModelTable", "HistoryTable"]
    }
    for name in indexed:
        for index in tables(template)[name]["GlobalSecondaryIndexes"]:
            assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    for name in ("PendingTable", "HistoryTable"):
        (index,) = tables(template)[name]["GlobalSecondaryIndexes"]
        assert index["IndexName"] == "by-job"
        assert index["KeySchema"][0] == {"AttributeName": "job_key", "KeyType": "HASH"}


def test_dynamodb_forgets_what_says_when_and_nothing_of_links_or_counters(
    template: Template,
) -> None:
    forgetting = {
        name: table["TimeToLiveSpecification"]
        for name, table in tables(template).items()
        if "TimeToLiveSpecification" in table
    }
    by_expires_at = {"AttributeName": "expires_at", "Enabled": True}
    assert forgetting == dict.fromkeys(
        ["PendingTable", "StoresTable", "OrdersTable", "HistoryTable"], by_expires_at
    )


def test_the_outputs_are_what_the_local_world_reads(template: Template) -> None:
    assert {snake(name) for name in template["Outputs"]} == {
        field.name for field in dataclasses.fields(StackOutputs)
    }


def test_one_drain_at_a_time_takes_one_signal_at_a_time(template: Template) -> None:
    event = functions(template)["PushFunction"]["Events"]["StoreWork"]["Properties"]
    assert event["BatchSize"] == 1
    assert "MaximumConcurrency" in event["ScalingConfig"]


def test_only_push_reads_credentials_links_and_writes_the_read_model(template: Template) -> None:
    actions_of_intake = {action for action, _ in grants(template, "IntakeRole")}
    assert not any(action.startswith("secretsmanager:") for action in actions_of_intake)
    touched = {resource for _, resource in grants(template, "IntakeRole")}
    assert touched.isdisjoint({"LinksTable", "ReadModelTable", "CountersTable"})


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


def test_two_sweeps_never_meet_and_one_ends_in_its_time(template: Template) -> None:
    timeout_s = functions(template)["SweepFunction"]["Timeout"]
    assert LONGEST_MS / 1_000 + 60 <= timeout_s < 300
    assert timeout_s >= (LONGEST_MS + A_SLICE_MS) / 1_000 + 30, "what it deletes comes last"


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


def test_one_store_is_told_of_at_a_time(template: Template) -> None:
    event = functions(template)["OrdersFunction"]["Events"]["Orders"]["Properties"]
    assert event["BatchSize"] == 1
    assert event["Queue"] == {"Fn::GetAtt": ["OrdersQueue", "Arn"]}


def test_orders_reads_the_secrets_of_the_pos_and_no_other(template: Template) -> None:
    granted = grants(template, "OrdersRole")
    readable = {r for a, r in granted if a.startswith("secretsmanager:")}
    assert [r.rpartition(":secret:")[2] for r in readable] == [f"{SECRETS}/pos/*"]


def test_every_function_gets_the_settings_and_powertools_own_and_nothing_else(
    template: Template,
) -> None:
    wanted = {field.name.upper() for field in dataclasses.fields(Environment)}
    powertools = {"POWERTOOLS_LOG_LEVEL", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_SERVICE_NAME"}
    shared = template["Globals"]["Function"]["Environment"]["Variables"].keys()
    for name, function in functions(template).items():
        own = function["Environment"]["Variables"].keys()
        # Where hooks come in names an API, which names its function: that one may not name it.
        hooks = {"HOOKS_ADDRESS"} if name in ("PushFunction", "PollFunction") else set()
        console = {field.name.upper() for field in dataclasses.fields(ConsoleEnvironment)}
        of_people = console if name == "ConsoleFunction" else set()
        polls = OF_POLLS.get(name, set())
        assert shared | own == wanted | powertools | hooks | of_people | polls, name


OF_POLLS = {
    "SweepFunction": {"POS_MIRROR_TABLE", "POS_POLLS_QUEUE_URL"},
    "PushFunction": {"POS_MIRROR_TABLE"},
    "WebhooksFunction": {"POS_POLLS_QUEUE_URL"},
    "PollFunction": {"POS_MIRROR_TABLE", "POS_POLLS_QUEUE_URL"},
    "ReconcileFunction": {"POS_MIRROR_TABLE"},
    "ImportFunction": {"POS_MIRROR_TABLE", "POS_POLLS_QUEUE_URL"},
}
"""Only what a function needs: an environment has 4 kB, whatever the stack is called."""


SECRETS = "tillbridge/${AWS::StackName}"


@pytest.mark.parametrize("role", ["PushRole", "ImportRole", "ReconcileRole"])
def test_a_function_reads_the_secrets_of_its_own_stack_and_no_others(
    role: str, template: Template
) -> None:
    readable = {r for a, r in grants(template, role) if a.startswith("secretsmanager:")}
    assert [r.rpartition(":secret:")[2] for r in readable] == [f"{SECRETS}/*"]


def test_functions_and_command_line_are_told_where_the_secrets_of_the_stack_are(
    template: Template,
) -> None:
    told = template["Globals"]["Function"]["Environment"]["Variables"]["SECRET_PREFIX"]
    assert told == template["Outputs"]["SecretPrefix"]["Value"] == {"Fn::Sub": SECRETS}


@pytest.mark.parametrize("stack", ["prod", "pro", "prod-2", "tillbridge", "staging"])
@pytest.mark.parametrize("of", ["store/prod", "pos/prod", "prod/store/x"])
def test_no_role_reads_a_secret_of_another_stack(stack: str, of: str, template: Template) -> None:
    """IAM's star stands for any characters, slashes too."""
    readable = [
        resource.replace("${AWS::StackName}", "prod")
        for role in of_type(template, "AWS::IAM::Role")
        if role not in {"WebhooksRole", "OrdersRole", "PollRole", "ConsoleRole"}
        for action, resource in grants(template, role)
        if action.startswith(("secretsmanager:", "*"))
    ]
    assert readable
    for pattern in readable:
        before = pattern.partition(":secret:")[0]
        assert fnmatchcase(f"{before}:secret:tillbridge/{stack}/{of}", pattern) == (stack == "prod")


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


def test_a_stores_runs_stand_in_one_line(template: Template) -> None:
    event = functions(template)["ReconcileFunction"]["Events"]["Lines"]["Properties"]
    assert event["BatchSize"] == 1
    assert event["Queue"] == {"Fn::GetAtt": ["ReconcileQueue", "Arn"]}


def test_reconcile_signals_drains_and_goes_on_and_deletes_no_link_and_no_row(
    template: Template,
) -> None:
    granted = grants(template, "ReconcileRole")
    sends = {r for a, r in granted if a == "sqs:SendMessage"}
    assert sends == {
        "ReconcileQueue",
        "StoreWorkQueue",
        "PosEventsDlq",
        "UndeliveredDlq",
    }
    deletes = {"dynamodb:DeleteItem", "dynamodb:PartiQLDelete"}
    assert {r for a, r in granted if a in deletes} == set()


def test_an_idle_store_costs_no_more_than_was_agreed(template: Template) -> None:
    assert idle_cost.of_a_store(template) <= idle_cost.MOST_OF_A_STORE


def test_webhooks_opens_no_secret_but_those_of_hooks(template: Template) -> None:
    """It answers the open internet: a hole in it must not give a store's token away."""
    granted = grants(template, "WebhooksRole")
    readable = {r for a, r in granted if a.startswith("secretsmanager:")}
    names = {resource.rpartition(":secret:")[2] for resource in readable}
    own = {f"{SECRETS}/hook-key-??????", f"{SECRETS}/hooks/*", f"{SECRETS}/pos-hooks/*"}
    assert names == own
    assert {a for a, _ in granted if a.startswith("secretsmanager:")} == {
        "secretsmanager:GetSecretValue"
    }
    name = of_type(template, "AWS::SecretsManager::Secret")["HookKey"]["Name"]
    assert name == {"Fn::Sub": f"{SECRETS}/hook-key"}


def test_webhooks_signals_and_sends_nothing_else(template: Template) -> None:
    granted = grants(template, "WebhooksRole")
    sends_to = {r for a, r in granted if a == "sqs:SendMessage"}
    assert sends_to == {"StoreWorkQueue", "PosPollsQueue"}
    services = {action.partition(":")[0] for action, _ in granted}
    assert services == {"logs", "sqs", "dynamodb", "secretsmanager", "kms", "xray"}


def test_hooks_and_people_have_doors_of_their_own_with_a_throttle_each(template: Template) -> None:
    doors = of_type(template, "AWS::Serverless::HttpApi")
    assert {name: tuple(door["DefaultRouteSettings"].values()) for name, door in doors.items()} == {
        "HooksApi": (500, 1_000),
        "ConsoleApi": (25, 50),
    }
    for door in doors.values():
        assert set(door["DefaultRouteSettings"]) == {"ThrottlingRateLimit", "ThrottlingBurstLimit"}
    # A route without the id of its API would get another from SAM, without a throttle.
    assert _routes(template) == {
        ("WebhooksFunction", "HooksApi", "POST /hooks/bigcommerce/{store}/{key}", None),
        ("WebhooksFunction", "HooksApi", "POST /hooks/pos/{kind}/{key}", None),
        ("ConsoleFunction", "ConsoleApi", "ANY /api/{proxy+}", "People"),
        ("ConsoleFunction", "ConsoleApi", "ANY $default", None),
    }


def _routes(template: Template) -> set[tuple[str, str, str, str | None]]:
    """Return function, API, route and authorizer of each route."""
    return {
        (
            name,
            route["ApiId"]["Ref"],
            f"{route['Method']} {route['Path']}",
            route.get("Auth", {}).get("Authorizer"),
        )
        for name, function in functions(template).items()
        for event in function.get("Events", {}).values()
        if event["Type"] == "HttpApi"
        for route in [event["Properties"]]
    }


def test_tokens_of_the_api_are_of_the_one_issuer_and_for_this_console(template: Template) -> None:
    api = of_type(template, "AWS::Serverless::HttpApi")["ConsoleApi"]
    jwt = api["Auth"]["Authorizers"]["People"]["JwtConfiguration"]
    assert jwt == {"issuer": {"Ref": "ConsoleIssuer"}, "audience": [{"Ref": "ConsoleClientId"}]}


def test_without_an_issuer_there_is_no_console_at_all(template: Template) -> None:
    parameter = template["Parameters"]["ConsoleIssuer"]
    assert parameter["Default"] == ""
    named = {name for name in template["Resources"] if name.startswith(("Console", "SessionKey"))}
    assert len(named) == 6
    for name in named:
        assert template["Resources"][name]["Condition"] == "HasConsole", name


@pytest.mark.parametrize(
    ("issuer", "fits"),
    [
        ("", True),
        ("https://people.example/realms/shop", True),
        ("http://127.0.0.1:4704", True),
        ("http://172.17.0.1:4704", True),
        ("http://people.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("https://a@people.example", False),
        ("https://people.example?x", False),
    ],
)
def test_an_issuer_is_https_but_on_this_machine(
    issuer: str, fits: bool, template: Template
) -> None:
    pattern = template["Parameters"]["ConsoleIssuer"]["AllowedPattern"]
    assert (re.search(pattern, issuer) is not None) == fits


@pytest.mark.parametrize(
    ("url", "fits"),
    [("", True), ("https://a.example", True), ("https://a.example/", False), ("a.example", False)],
)
def test_the_consoles_address_has_no_path(url: str, fits: bool, template: Template) -> None:
    pattern = template["Parameters"]["ConsoleUrl"]["AllowedPattern"]
    assert (re.search(pattern, url) is not None) == fits


def test_the_console_opens_no_secret_but_that_of_its_sessions(template: Template) -> None:
    granted = grants(template, "ConsoleRole")
    allowed = {(a, r.rpartition(":secret:")[2]) for a, r in granted if a.startswith("secretsm")}
    by_action = {action: {name for a, name in allowed if a == action} for action, _ in allowed}
    tokens = {f"{SECRETS}/store/*", f"{SECRETS}/pos/*"}
    assert by_action == {
        "secretsmanager:CreateSecret": tokens,
        "secretsmanager:PutSecretValue": tokens,
        "secretsmanager:RestoreSecret": tokens,
        "secretsmanager:DeleteSecret": tokens | {f"{SECRETS}/hooks/*", f"{SECRETS}/pos-hooks/*"},
        "secretsmanager:GetSecretValue": {f"{SECRETS}/console/session-??????"},
    }
    name = of_type(template, "AWS::SecretsManager::Secret")["SessionKey"]["Name"]
    assert name == {"Fn::Sub": f"{SECRETS}/console/session"}


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
    # A signal to poll holds nothing, and the sweep makes a new one each minute: its dead letters are purged.
    shown = queues(template).keys() - {"PosPollsQueue", "PosPollsDlq"}
    dead = {name for name in shown if name.endswith("Dlq")}
    reads = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"}
    may_read = {(action, queue) for action in reads for queue in dead}
    may_send = {("sqs:SendMessage", queue) for queue in shown - dead}
    assert granted == may_read | may_send


def test_the_console_knows_how_long_dead_letters_are_kept_and_where_all_queues_are(
    template: Template,
) -> None:
    for name, queue in queues(template).items():
        assert queue["QueueName"]["Fn::Sub"].startswith("${Own.Value}-")
        if name.endswith("Dlq"):
            assert queue["MessageRetentionPeriod"] == KEPT_DAYS * 24 * 3_600


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


def test_an_alarm_tells_of_pages_that_cannot_be_shown(template: Template) -> None:
    alarm = of_type(template, "AWS::CloudWatch::Alarm")["ConsoleFailedAlarm"]
    assert alarm["MetricName"] == "5xx"
    assert alarm["Dimensions"] == [{"Name": "ApiId", "Value": {"Ref": "ConsoleApi"}}]


def test_webhooks_ends_while_bigcommerce_still_waits(template: Template) -> None:
    function = functions(template)["WebhooksFunction"]
    assert (function["Timeout"], function["MemorySize"]) == (5, 256)


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


def test_the_sweep_may_put_events_of_its_own_source_alone(template: Template) -> None:
    """The local AWS does not compare sources, so only the text is tested."""
    role = of_type(template, "AWS::IAM::Role")["SweepRole"]
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    (puts,) = [each for each in statements if each["Action"] == "events:PutEvents"]
    assert puts["Resource"] == {"Fn::GetAtt": ["Bus", "Arn"]}
    assert puts["Condition"] == {"ForAllValues:StringEquals": {"events:source": SWEEP}}


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


@pytest.mark.parametrize(
    "name", ["PosCloudAccount", "PosClaimKeyArn", "KmsKeyArn", "PosClaimBucket", "AlarmTopicArn"]
)
def test_what_is_no_account_key_bucket_or_topic_is_refused_before_anything_is_made(
    name: str, template: Template
) -> None:
    pattern = re.compile(template["Parameters"][name]["AllowedPattern"])
    assert pattern.fullmatch("")
    assert pattern.fullmatch(_GOOD[name])
    assert not any(pattern.fullmatch(bad) for bad in ("*", "arn:aws:iam::1:root", "Bad Name"))


@pytest.mark.parametrize(
    ("push", "small", "most"), [(200, False, 440), (700, False, 940), (200, True, 18)]
)
def test_the_queues_together_run_as_many_functions_as_the_page_says(
    push: int, small: bool, most: int, template: Template, repository: Path
) -> None:
    assert most_at_once(template, push, small=small) == most
    said = " ".join((repository / "docs/deploying.md").read_text().split())
    assert str(most) in said.partition("## How much runs at once")[2].partition("## ")[0]


_GOOD = {
    "PosCloudAccount": "123456789012",
    "PosClaimKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "KmsKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "PosClaimBucket": "pos-claims.example",
    "AlarmTopicArn": "arn:aws:sns:eu-west-1:123456789012:night",
}
