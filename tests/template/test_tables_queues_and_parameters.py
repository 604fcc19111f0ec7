"""Tables, queues, what functions are told, and parameters, where others rely on them."""

import dataclasses
import re

import pytest

from benches import idle_cost
from sandbox.aws.outputs import StackOutputs, snake
from tests.template.rules.reading import Template, functions, queues
from tests.template.rules.tables import tables
from tillbridge.domain.dead_letters import KEPT_DAYS
from tillbridge.environment import ConsoleEnvironment, Environment

INDEXES = {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}


def test_without_a_vendor_pos_nothing_of_polls_is_made(template: Template) -> None:
    assert template["Parameters"]["VendorPos"]["Default"] == "no"
    polls = {
        name: each.get("Condition")
        for name, each in template["Resources"].items()
        if any(word in name for word in ("Poll", "Mirror", "PosTrouble", "LevelsDropped"))
    }
    assert {"PollFunction", "PosMirrorTable", "PosPollsQueue", "PosTroubleAlarm"} <= polls.keys()
    assert set(polls.values()) == {
        "HasVendorPos",
        "HasVendorPosAndKmsKey",
        "HasVendorPosAndConsole",
    }


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
    "ConsoleFunction": {"POS_POLLS_QUEUE_URL"},
}
"""Only what a function needs: an environment has 4 kB, whatever the stack is called."""


def test_an_idle_store_costs_no_more_than_was_agreed(template: Template) -> None:
    assert idle_cost.of_a_store(template) <= idle_cost.MOST_OF_A_STORE


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


_GOOD = {
    "PosCloudAccount": "123456789012",
    "PosClaimKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "KmsKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "PosClaimBucket": "pos-claims.example",
    "AlarmTopicArn": "arn:aws:sns:eu-west-1:123456789012:night",
}


def test_the_console_knows_how_long_dead_letters_are_kept_and_where_all_queues_are(
    template: Template,
) -> None:
    for name, queue in queues(template).items():
        assert queue["QueueName"]["Fn::Sub"].startswith("${Own.Value}-")
        if name.endswith("Dlq"):
            assert queue["MessageRetentionPeriod"] == KEPT_DAYS * 24 * 3_600
