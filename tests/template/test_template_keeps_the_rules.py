"""What real AWS would refuse and what would lose events is refused here, before a deployment."""

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from tests.template.rules import alarms, events, functions, key, permissions, queues, tables
from tests.template.rules.reading import Template

type Rule = Callable[[Template], list[str]]
type Break = tuple[Rule, tuple[Any, ...], Any]

REMOVED = object()
MODULES = (queues, events, functions, permissions, tables, key, alarms)
# A rule is a public function of its module that returns a list of what is wrong.
RULES: list[Rule] = [
    rule
    for module in MODULES
    for _, rule in inspect.getmembers(module, inspect.isfunction)
    if rule.__module__ == module.__name__
    and not rule.__name__.startswith("_")
    and rule.__annotations__["return"] == list[str]
]


def _target(rule: str) -> tuple[Any, ...]:
    return ("Resources", rule, "Properties", "Targets", 0)


def _of(resource: str, *path: Any) -> tuple[Any, ...]:
    return ("Resources", resource, "Properties", *path)


_STATEMENT = ("PolicyDocument", "Statement", 0)
_SECOND = ("PolicyDocument", "Statement", 1)
_INTAKE_EVENT = _of("IntakeFunction", "Events", "PosEvents", "Properties")
_PUSH_EVENT = _of("PushFunction", "Events", "StoreWork", "Properties")
_WORK = {"Fn::GetAtt": ["StoreWorkQueue", "Arn"]}
_WORK_DLQ = {"Fn::GetAtt": ["StoreWorkDlq", "Arn"]}

_FIRST_LANE = _of("OldestStockAlarm", "Metrics", 1, "MetricStat", "Metric")

BREAKS: list[Break] = [
    (queues.visibility_outlives_the_work, _of("PushFunction", "Timeout"), 121),
    (queues.visibility_outlives_the_work, _of("ImportFunction", "Timeout"), 121),
    (queues.visibility_outlives_the_work, _of("WakesQueue", "VisibilityTimeout"), REMOVED),
    (queues.visibility_outlives_the_work, (*_PUSH_EVENT, "ScalingConfig"), REMOVED),
    (queues.visibility_outlives_the_work, (*_PUSH_EVENT, "BatchSize"), 2),
    (
        queues.dead_letter_queues_take_from_their_source_alone,
        _of("WakesDlq", "RedriveAllowPolicy"),
        REMOVED,
    ),
    (
        queues.dead_letter_queues_take_from_their_source_alone,
        _of("UndeliveredDlq", "RedriveAllowPolicy", "redrivePermission"),
        "allowAll",
    ),
    (queues.batch_sizes_are_allowed, (*_PUSH_EVENT, "BatchSize"), 11),
    (queues.batch_sizes_are_allowed, (*_INTAKE_EVENT, "BatchSize"), 100),
    (queues.batch_sizes_are_allowed, (*_PUSH_EVENT, "MaximumBatchingWindowInSeconds"), 1),
    (queues.sources_report_each_failure, (*_INTAKE_EVENT, "FunctionResponseTypes"), REMOVED),
    (queues.sources_have_a_dead_letter_queue, _of("WakesQueue", "RedrivePolicy"), REMOVED),
    (
        queues.sources_have_a_dead_letter_queue,
        _of("WakesQueue", "RedrivePolicy", "deadLetterTargetArn"),
        _WORK_DLQ,
    ),
    (queues.sources_have_a_dead_letter_queue, _of("WakesDlq", "MessageRetentionPeriod"), 345600),
    (
        queues.sources_have_a_dead_letter_queue,
        _of("WakesQueue", "RedrivePolicy", "maxReceiveCount"),
        1,
    ),
    (queues.queues_refuse_plain_http, _of("QueuesByTls", "Queues", 3), REMOVED),
    (queues.queues_refuse_plain_http, _of("QueuesByTls", "Queues", 3), {"Ref": "RequestsQueue"}),
    (queues.queues_refuse_plain_http, _of("PosEventsQueuePolicy", *_STATEMENT), REMOVED),
    (
        queues.queues_refuse_plain_http,
        _of("QueuesByTls", *_STATEMENT, "Condition", "Bool"),
        {"aws:SecureTransport": "true"},
    ),
    (tables.buckets_refuse_plain_http, ("Resources", "ClaimBucketPolicy"), REMOVED),
    (
        tables.buckets_refuse_plain_http,
        _of("ClaimBucketPolicy", *_STATEMENT, "Resource"),
        [{"Fn::GetAtt": ["ClaimBucket", "Arn"]}],
    ),
    (
        functions.every_function_is_traced_where_tracing_is_on,
        _of("TracesAreWritten", "Roles", 4),
        REMOVED,
    ),
    (
        functions.every_function_is_traced_where_tracing_is_on,
        ("Globals", "Function", "Tracing"),
        "Active",
    ),
    (
        queues.throttled_receives_last_an_hour,
        _of("OrdersQueue", "RedrivePolicy", "maxReceiveCount"),
        27,
    ),
    (
        functions.a_small_account_is_shared_by_the_fewest,
        (*_INTAKE_EVENT, "ScalingConfig", "MaximumConcurrency"),
        {"Fn::If": ["IsSmallAccount", 3, 50]},
    ),
    (queues.fifo_queues_are_named_so, _of("StoreWorkQueue", "QueueName"), {"Fn::Sub": "work"}),
    (queues.fifo_throughput_is_per_group, _of("StoreWorkQueue", "DeduplicationScope"), REMOVED),
    (
        queues.only_fifo_queues_have_fifo_settings,
        _of("WakesQueue", "ContentBasedDeduplication"),
        True,
    ),
    (queues.queues_are_encrypted, _of("WakesDlq", "SqsManagedSseEnabled"), REMOVED),
    (events.fifo_targets_name_their_group, (*_target("PosEventsRule"), "Arn"), _WORK),
    (
        events.fifo_targets_name_their_group,
        (*_target("PosEventsRule"), "SqsParameters"),
        {"MessageGroupId": "a"},
    ),
    (
        queues.messages_die_before_they_expire,
        _of("ImportsQueue", "RedrivePolicy", "maxReceiveCount"),
        1_000,
    ),
    (
        events.targets_have_a_dead_letter_queue,
        (*_target("SweepRule"), "DeadLetterConfig"),
        REMOVED,
    ),
    (
        events.targets_have_a_dead_letter_queue,
        (*_target("SweepRule"), "DeadLetterConfig", "Arn"),
        _WORK_DLQ,
    ),
    (
        events.functions_that_rules_call_keep_what_they_fail_on,
        _of("ReconcileFunction", "DeadLetterQueue"),
        REMOVED,
    ),
    (
        events.functions_that_rules_call_keep_what_they_fail_on,
        _of("SweepFunction", "DeadLetterQueue", "TargetArn"),
        _WORK_DLQ,
    ),
    (
        events.rules_may_send_to_their_queues,
        _of("PosEventsQueuePolicy", *_SECOND, "Condition", "ArnEquals", "aws:SourceArn"),
        [{"Fn::GetAtt": ["PosEventsRule", "Arn"]}],
    ),
    (events.rules_may_send_to_their_queues, ("Resources", "UndeliveredDlqPolicy"), REMOVED),
    (events.rules_may_invoke_their_functions, ("Resources", "SweepPermission"), REMOVED),
    (
        events.patterns_use_known_operators,
        _of("PosEventsRule", "EventPattern", "source"),
        [{"starts-with": "pos."}],
    ),
    (events.patterned_rules_watch_our_bus, _of("PosEventsRule", "EventBusName"), REMOVED),
    (functions.functions_have_a_log_group, _of("PushFunction", "LoggingConfig"), REMOVED),
    (functions.functions_have_a_log_group, _of("PushLogs", "RetentionInDays"), REMOVED),
    (functions.functions_have_a_log_group, _of("PushLogs", "LogGroupName"), {"Fn::Sub": "x"}),
    (
        functions.nothing_reserves_concurrency,
        _of("PushFunction", "ReservedConcurrentExecutions"),
        1,
    ),
    (
        functions.maximum_concurrency_is_two_or_more,
        ("Parameters", "PushConcurrency", "Default"),
        1,
    ),
    (
        functions.no_burst_takes_what_push_needs,
        _of("IntakeFunction", "Events", "PosEvents", "Properties", "ScalingConfig"),
        REMOVED,
    ),
    (
        functions.no_burst_takes_what_push_needs,
        ("Parameters", "PushConcurrency", "MaxValue"),
        1_000,
    ),
    (
        alarms.alarms_watch_figures_that_are_written,
        _of("DriftAlarm", "Dimensions", 0, "Name"),
        "store",
    ),
    (alarms.alarms_watch_figures_that_are_written, _of("FaultsAlarm", "Dimensions"), REMOVED),
    (alarms.alarms_watch_figures_that_are_written, _of("DriftAlarm", "MetricName"), "drifted"),
    (
        alarms.alarms_watch_figures_that_are_written,
        _of("DriftAlarm", "Dimensions", 0, "Value"),
        "push",
    ),
    (
        alarms.alarms_watch_figures_that_are_written,
        (*_FIRST_LANE, "Dimensions", 1, "Value"),
        "pictures",
    ),
    (alarms.alarms_watch_figures_that_are_written, (*_FIRST_LANE, "Dimensions", 1), REMOVED),
    (alarms.alarms_watch_whoever_writes_a_figure, _of("EventsUntoldAlarm", "Metrics", 2), REMOVED),
    (alarms.every_measured_lane_has_an_alarm, ("Resources", "OldestContentAlarm"), REMOVED),
    (alarms.every_queue_has_an_alarm, ("Resources", "WakesDlqAlarm"), REMOVED),
    (alarms.every_queue_has_an_alarm, ("Resources", "ReconcileWaitsAlarm"), REMOVED),
    (alarms.every_function_has_its_errors_watched, _of("ThrottlesAlarm", "Metrics", 2), REMOVED),
    (alarms.alarms_fall_silent_within_an_hour, _of("DriftAlarm", "Period"), 86_400),
    (alarms.alarms_fall_silent_within_an_hour, _of("WakesAgeAlarm", "EvaluationPeriods"), 61),
    (
        alarms.only_what_always_comes_is_missed,
        _of("StockLagAlarm", "TreatMissingData"),
        "breaching",
    ),
    (
        alarms.only_what_always_comes_is_missed,
        _of("OldestPendingAlarm", "TreatMissingData"),
        "notBreaching",
    ),
    (functions.code_is_one_folder_without_libraries, ("Globals", "Function", "Layers"), []),
    (
        functions.the_layer_is_built_for_its_functions,
        _of("CommonLayer", "ContentUri"),
        "layers/common/",
    ),
    (
        functions.the_layer_is_built_for_its_functions,
        ("Resources", "CommonLayer", "Metadata", "BuildMethod"),
        REMOVED,
    ),
    (
        functions.the_layer_is_built_for_its_functions,
        ("Resources", "CommonLayer", "Metadata", "BuildArchitecture"),
        "x86_64",
    ),
    (
        permissions.no_wildcards,
        _of("PushRole", "Policies", 0, *_STATEMENT, "Resource"),
        "*",
    ),
    (
        permissions.no_wildcards,
        _of("PushRole", "Policies", 0, *_STATEMENT, "Action"),
        "dynamodb:*",
    ),
    (permissions.functions_have_a_role_of_their_own, _of("PushFunction", "Role"), REMOVED),
    (
        permissions.functions_have_a_role_of_their_own,
        _of("PushFunction", "Role"),
        {"Fn::GetAtt": ["IntakeRole", "Arn"]},
    ),
    (
        permissions.nobody_puts_events_that_are_heard,
        _of("IntakeRole", "Policies", 0, *_STATEMENT, "Action"),
        "events:PutEvents",
    ),
    (
        permissions.nobody_puts_events_that_are_heard,
        _of("PeopleEventsRule", "EventPattern", "source"),
        ["tillbridge.orders"],
    ),
    (tables.keys_are_pk_and_sk, _of("LinksTable", "KeySchema", 1, "AttributeName"), "id"),
    (
        tables.attributes_are_those_of_keys,
        _of("LinksTable", "AttributeDefinitions", 1, "AttributeName"),
        "due",
    ),
    (
        tables.index_names_are_allowed,
        _of("PendingTable", "LocalSecondaryIndexes"),
        [{"IndexName": "by", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}],
    ),
    (
        tables.local_indexes_share_the_partition,
        _of("PendingTable", "LocalSecondaryIndexes"),
        [{"IndexName": "by-due", "KeySchema": [{"AttributeName": "sk", "KeyType": "HASH"}]}],
    ),
    (tables.tables_survive_mistakes, _of("StoresTable", "DeletionProtectionEnabled"), False),
    (tables.tables_survive_mistakes, ("Resources", "StoresTable", "DeletionPolicy"), REMOVED),
    (
        tables.claims_outlive_every_message,
        _of("ClaimBucket", "LifecycleConfiguration", "Rules", 0, "ExpirationInDays"),
        13,
    ),
    (key.whatever_keeps_data_takes_the_key, _of("WakesDlq", "KmsMasterKeyId"), REMOVED),
    (key.whatever_keeps_data_takes_the_key, _of("HookKey", "KmsKeyId"), REMOVED),
    (key.whatever_keeps_data_takes_the_key, ("Resources", "Bus", "Type"), "AWS::SNS::Topic"),
    (
        key.tables_buckets_and_environments_take_the_key,
        _of("LinksTable", "SSESpecification", "Fn::If", 1, "KMSMasterKeyId"),
        REMOVED,
    ),
    (
        key.tables_buckets_and_environments_take_the_key,
        ("Globals", "Function", "KmsKeyArn"),
        REMOVED,
    ),
    (
        key.roles_may_use_the_key_where_they_must_and_nowhere_else,
        _of("KeyOfSecrets", "Roles", 2),
        {"Ref": "IntakeRole"},
    ),
    (
        key.roles_may_use_the_key_where_they_must_and_nowhere_else,
        ("Resources", "KeyOfClaims"),
        REMOVED,
    ),
    (
        key.rights_on_keys_hold_through_a_service_alone,
        _of("KeyOfClaims", *_STATEMENT, "Condition"),
        REMOVED,
    ),
    (
        key.rights_on_keys_hold_through_a_service_alone,
        _of("KeyOfClaims", *_STATEMENT, "Resource"),
        {"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*"},
    ),
    (
        tables.claims_outlive_every_message,
        _of("ClaimBucket", "PublicAccessBlockConfiguration", "BlockPublicAcls"),
        False,
    ),
]


def _broken(template: Template, path: tuple[Any, ...], value: Any) -> Template:
    at: Any = template
    for step in path[:-1]:
        at = at.setdefault(step, {}) if isinstance(at, dict) else at[step]
    if value is REMOVED:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return template


def _words(rule: Rule) -> str:
    return rule.__name__.replace("_", " ")


@pytest.mark.parametrize("rule", RULES, ids=_words)
def test_the_shipped_template_keeps_the_rule(rule: Rule, template: Template) -> None:
    assert rule(template) == []


@pytest.mark.parametrize(
    ("rule", "path", "value"),
    BREAKS,
    ids=[f"{_words(b[0])} / {'.'.join(map(str, b[1][-3:]))}" for b in BREAKS],
)
def test_the_rule_refuses_a_template_that_breaks_it(
    rule: Rule, path: tuple[Any, ...], value: Any, template: Template
) -> None:
    assert rule(_broken(template, path, value)) != []


def test_every_rule_has_a_template_that_breaks_it() -> None:
    assert {rule.__name__ for rule in RULES} == {rule.__name__ for rule, _, _ in BREAKS}


def test_every_module_has_rules() -> None:
    def rules_of(module: ModuleType) -> list[Rule]:
        return [rule for rule in RULES if rule.__module__ == module.__name__]

    assert all(rules_of(module) for module in MODULES)
