"""What the rest of this repository takes for granted about the local AWS, proven by using it."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from sandbox.aws.deploy import deploy
from sandbox.aws.server import start_aws
from sandbox.pos.bus import BusPublisher
from sandbox.pos.publisher import Entry
from tests.sandbox.aws.conftest import World

POS = "pos.reference"


def _event(detail_type: str, marked: str, source: str = POS) -> Entry:
    return {"source": source, "detail-type": detail_type, "detail": {"marked": marked}}


def _publish(world: World, *events: Entry) -> None:
    BusPublisher(world.client("events"), world.outputs.bus_name).publish(list(events))


def _eventually[T](look: Callable[[], T | None], seconds: float = 15) -> T:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)  # until functions in other processes have run
    pytest.fail(f"nothing came within {seconds} seconds")


def _calls_with(world: World, text: str) -> list[dict[str, str]]:
    return [call for call in world.recorded() if text in call["bodies"]]


def _call_with(world: World, text: str) -> dict[str, str]:
    return _eventually(lambda: _calls_with(world, text))[0]


def test_a_pos_event_reaches_intake_through_bus_rule_and_queue(world: World) -> None:
    _publish(world, _event("product.saved", "through-the-bus"))
    call = _call_with(world, "through-the-bus")
    (body,) = json.loads(call["bodies"])
    assert json.loads(body)["detail-type"] == "product.saved"
    assert json.loads(body)["source"] == POS


def test_an_event_of_no_trigger_reaches_nobody(world: World) -> None:
    _publish(
        world,
        _event("product.admired", "unheard"),
        _event("product.saved", "unheard", source="weather.report"),
        _event("push.requested", "heard-last", source="tillbridge.cli"),
    )
    _call_with(world, "heard-last")
    assert _calls_with(world, "unheard") == []


def test_functions_run_the_built_layer_and_not_this_checkout(world: World) -> None:
    _publish(world, _event("sale.completed", "which-code"))
    call = _call_with(world, "which-code")
    assert "layer_0" in call["tillbridge"]
    assert "layer_0" in call["pydantic"]


def test_functions_inherit_nothing_of_the_callers_environment(world: World) -> None:
    world.client("sqs").send_message(QueueUrl=world.outputs.wakes_queue_url, MessageBody="env")
    environment = json.loads(_call_with(world, "env")["environment"])
    assert environment.pop("BUS_NAME") == world.outputs.bus_name
    assert set(environment.values()) == {None}


def test_signals_of_one_store_come_one_at_a_time_and_in_order(world: World) -> None:
    sqs = world.client("sqs")
    for number in range(5):
        sqs.send_message(
            QueueUrl=world.outputs.store_work_queue_url,
            MessageGroupId="store-a",
            MessageDeduplicationId=f"order-{number}",
            MessageBody=f"order-{number}",
        )

    def all_five() -> list[dict[str, str]] | None:
        calls = _calls_with(world, "order-")
        return calls if len(calls) == 5 else None

    calls = sorted(_eventually(all_five), key=lambda call: float(call["at"]))
    assert [json.loads(c["bodies"]) for c in calls] == [[f"order-{n}"] for n in range(5)]
    assert {c["groups"] for c in calls} == {'["store-a"]'}


def test_a_signal_with_the_same_deduplication_id_is_taken_once_per_store(world: World) -> None:
    sqs = world.client("sqs")
    for store, text in (("x", "first"), ("x", "second"), ("y", "other-store")):
        sqs.send_message(
            QueueUrl=world.outputs.store_work_queue_url,
            MessageGroupId=store,
            MessageDeduplicationId="same",
            MessageBody=f"dedup-{text}",
        )
    _call_with(world, "dedup-other-store")
    assert len(_calls_with(world, "dedup-first")) == 1
    assert _calls_with(world, "dedup-second") == []


def test_a_wake_comes_after_its_own_delay(world: World) -> None:
    sent = time.time()
    world.client("sqs").send_message(
        QueueUrl=world.outputs.wakes_queue_url, MessageBody="delayed-wake", DelaySeconds=2
    )
    assert float(_call_with(world, "delayed-wake")["at"]) - sent >= 2


def test_a_failed_record_stays_and_its_neighbour_goes(world: World) -> None:
    sqs, url = world.client("sqs"), world.outputs.pos_events_queue_url
    sqs.send_message_batch(
        QueueUrl=url,
        Entries=[{"Id": "1", "MessageBody": "to-fail"}, {"Id": "2", "MessageBody": "to-pass"}],
    )
    _call_with(world, "to-fail")
    _call_with(world, "to-pass")

    def one_in_flight() -> bool:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return [found[name] for name in names] == ["0", "1"]

    assert _eventually(one_in_flight)


def test_rows_of_a_range_are_filtered_paged_and_read_from_any_key(world: World) -> None:
    dynamodb, table = world.client("dynamodb"), world.outputs.pending_table
    for number in range(5):
        row = {"pk": {"S": "ranges"}, "sk": {"S": f"e{number}"}, "n": {"N": str(number)}}
        dynamodb.put_item(TableName=table, Item=row)
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "ranges"}, "sk": {"S": "f0"}})
    found = dynamodb.query(
        TableName=table,
        ConsistentRead=True,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :lane)",
        FilterExpression="attribute_not_exists(n) OR n <= :most",
        ExpressionAttributeValues={
            ":pk": {"S": "ranges"},
            ":lane": {"S": "e"},
            ":most": {"N": "2"},
        },
        ExclusiveStartKey={"pk": {"S": "ranges"}, "sk": {"S": "e00"}},
        Limit=3,
    )
    assert [item["sk"]["S"] for item in found["Items"]] == ["e1", "e2"]
    assert found["ScannedCount"] == 3
    assert found["LastEvaluatedKey"]["sk"] == {"S": "e3"}


def test_a_transaction_with_a_failed_condition_writes_nothing_and_says_which(world: World) -> None:
    dynamodb, table = world.client("dynamodb"), world.outputs.links_table

    def put(sk: str, condition: str) -> dict[str, object]:
        item = {"pk": {"S": "t"}, "sk": {"S": sk}}
        return {"Put": {"TableName": table, "Item": item, "ConditionExpression": condition}}

    dynamodb.transact_write_items(TransactItems=[put("there", "attribute_not_exists(pk)")])
    with pytest.raises(ClientError) as refused:
        dynamodb.transact_write_items(
            TransactItems=[
                put("new", "attribute_not_exists(pk)"),
                put("there", "attribute_not_exists(pk)"),
            ]
        )
    reasons = refused.value.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == ["None", "ConditionalCheckFailed"]
    new = dynamodb.get_item(TableName=table, Key={"pk": {"S": "t"}, "sk": {"S": "new"}})
    assert "Item" not in new


def test_time_to_live_and_recovery_are_on_as_the_template_says(world: World) -> None:
    dynamodb = world.client("dynamodb")
    lives = dynamodb.describe_time_to_live(TableName=world.outputs.stores_table)
    assert lives["TimeToLiveDescription"]["AttributeName"] == "expires_at"
    for table in (world.outputs.links_table, world.outputs.counters_table):
        backups = dynamodb.describe_continuous_backups(TableName=table)
        recovery = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"


def test_the_sweep_is_a_function_that_a_schedule_calls(world: World) -> None:
    events = world.client("events")
    rules = events.list_rules(EventBusName="default")["Rules"]
    (rule,) = [each for each in rules if "Sweep" in each["Name"]]
    assert rule["ScheduleExpression"] == "rate(5 minutes)"
    (target,) = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
    assert target["Arn"].endswith(f":function:{world.outputs.sweep_function_name}")


def test_deploying_takes_seconds_and_functions_take_added_variables(recording_build: Path) -> None:
    with start_aws() as aws:
        began = time.monotonic()
        outputs = deploy(aws, recording_build, function_env={"ADDED_BY_A_TEST": "yes"})
        assert time.monotonic() - began < 20, "measured: 2 to 5 seconds"
        lambdas = aws.session().client("lambda", endpoint_url=aws.endpoint_url)
        found = lambdas.get_function_configuration(FunctionName=outputs.push_function_name)
        assert found["Environment"]["Variables"]["ADDED_BY_A_TEST"] == "yes"
        assert found["Environment"]["Variables"]["BUS_NAME"] == outputs.bus_name
