"""The roles of the template, enforced by the local AWS: as each function, one call of each kind."""

import json
from typing import Any

import pytest

from tests.sandbox.aws.conftest import World

INTAKE, SWEEP, PUSH, RECONCILE, IMPORT = "intake", "sweep", "push", "reconcile", "import"
ORDERS = "orders"
WEBHOOKS = "webhooks"
CONSOLE = "console"
KEY = {"pk": {"S": "rights"}, "sk": {"S": "rights"}}

type Attempt = tuple[str, str, dict[str, Any]]


def _put(table: str) -> Attempt:
    return "dynamodb", "put_item", {"TableName": f"tillbridge-{table}", "Item": KEY}


def _mark(table: str) -> Attempt:
    change = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "1"}}}
    return "dynamodb", "update_item", {"TableName": f"tillbridge-{table}", "Key": KEY, **change}


def _list(table: str) -> Attempt:
    items = {f"tillbridge-{table}": [{"PutRequest": {"Item": KEY}}]}
    return "dynamodb", "batch_write_item", {"RequestItems": items}


def _query(table: str) -> Attempt:
    values = {":pk": {"S": "rights"}}
    asked = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": values}
    return "dynamodb", "query", {"TableName": f"tillbridge-{table}", **asked}


def _get(table: str) -> Attempt:
    return "dynamodb", "get_item", {"TableName": f"tillbridge-{table}", "Key": KEY}


def _read(table: str) -> Attempt:
    return "dynamodb", "batch_get_item", {"RequestItems": {f"tillbridge-{table}": {"Keys": [KEY]}}}


def _delete(table: str) -> Attempt:
    return "dynamodb", "delete_item", {"TableName": f"tillbridge-{table}", "Key": KEY}


def _delete_many(table: str) -> Attempt:
    items = {f"tillbridge-{table}": [{"DeleteRequest": {"Key": KEY}}]}
    return "dynamodb", "batch_write_item", {"RequestItems": items}


def _by(index: str, table: str) -> Attempt:
    attributes = {"by-job": "job_key", "by-name": "pk", "by-state": "in_state"}
    values = {":is": {"S": "rights"}}
    asked = {
        "KeyConditionExpression": f"{attributes[index]} = :is",
        "ExpressionAttributeValues": values,
    }
    return "dynamodb", "query", {"TableName": f"tillbridge-{table}", "IndexName": index, **asked}


def _scan(table: str) -> Attempt:
    return "dynamodb", "scan", {"TableName": f"tillbridge-{table}"}


_STATEMENTS = {
    "insert": "INSERT INTO {} VALUE {{'pk': 'rights', 'sk': 'rights'}}",
    "update": "UPDATE {} SET n = 1 WHERE pk = 'rights' AND sk = 'rights'",
    "delete": "DELETE FROM {} WHERE pk = 'rights' AND sk = 'rights'",
    "select": "SELECT * FROM {} WHERE pk = 'rights' AND sk = 'rights'",
}


def _state(verb: str, table: str) -> Attempt:
    text = _STATEMENTS[verb].format(f'"tillbridge-{table}"')
    return "dynamodb", "batch_execute_statement", {"Statements": [{"Statement": text}]}


def _transact(table: str) -> Attempt:
    put = {"Put": {"TableName": f"tillbridge-{table}", "Item": KEY}}
    return "dynamodb", "transact_write_items", {"TransactItems": [put]}


def _send(queue: str) -> Attempt:
    arguments: dict[str, Any] = {"QueueUrl": queue, "MessageBody": "rights"}
    if any(fifo in queue for fifo in ("store_work", "orders_queue", "reconcile", "imports")):
        arguments |= {"MessageGroupId": "rights", "MessageDeduplicationId": "rights"}
    return "sqs", "send_message", arguments


def _send_many(queue: str) -> Attempt:
    name, operation, arguments = _send(queue)
    entry = {key: value for key, value in arguments.items() if key != "QueueUrl"}
    entries = [{"Id": "rights", **entry}]
    return name, f"{operation}_batch", {"QueueUrl": queue, "Entries": entries}


def _secret(name: str) -> Attempt:
    return "secretsmanager", "get_secret_value", {"SecretId": name}


def _drop(name: str) -> Attempt:
    return "secretsmanager", "delete_secret", {"SecretId": name, "RecoveryWindowInDays": 30}


def _claim(bucket: str) -> Attempt:
    return "s3", "get_object", {"Bucket": bucket, "Key": "rights"}


def _make_claim(key: str) -> Attempt:
    return "s3", "put_object", {"Bucket": "{claim_bucket_name}", "Key": key, "Body": "rights"}


PUT_EVENT = {"Source": "tillbridge.self", "DetailType": "push.requested", "Detail": "{}"}
PUT_EVENTS: Attempt = ("events", "put_events", {"Entries": [PUT_EVENT]})
TOLD = {"Source": "tillbridge.orders", "DetailType": "web_order.booked", "Detail": "{}"}
TELLS: Attempt = ("events", "put_events", {"Entries": [TOLD | {"EventBusName": "tillbridge"}]})


def _put_as(source: str, type_: str = "canary.due") -> Attempt:
    entry = {
        "Source": source,
        "DetailType": type_,
        "Detail": "{}",
        "EventBusName": "tillbridge",
    }
    return "events", "put_events", {"Entries": [entry]}


ALLOWED = [
    (INTAKE, _mark("pending")),
    (INTAKE, _state("insert", "pending")),
    (INTAKE, _state("update", "pending")),
    (INTAKE, _read("stores")),
    (INTAKE, _mark("stores")),
    (INTAKE, _send("{pos_events_dlq_url}")),
    (INTAKE, _send("{claim_parts_queue_url}")),
    (INTAKE, _send_many("{claim_parts_queue_url}")),
    (INTAKE, _send("{wakes_queue_url}")),
    (INTAKE, _send("{store_work_queue_url}")),
    (INTAKE, _send("{orders_queue_url}")),
    (INTAKE, _claim("{claim_bucket_name}")),
    (ORDERS, _mark("pending")),
    (ORDERS, _state("insert", "pending")),
    (ORDERS, _state("update", "pending")),
    (ORDERS, _state("delete", "pending")),
    (ORDERS, _query("pending")),
    (ORDERS, _read("pending")),
    (ORDERS, _read("stores")),
    (ORDERS, _read("orders")),
    (ORDERS, _query("orders")),
    (ORDERS, _put("orders")),
    (ORDERS, _transact("orders")),
    (ORDERS, _send("{orders_queue_url}")),
    (ORDERS, _send("{store_work_queue_url}")),
    (ORDERS, _send("{wakes_queue_url}")),
    (ORDERS, _secret("tillbridge/tillbridge/pos/demo")),
    (ORDERS, TELLS),
    (ORDERS, _list("history")),
    (ORDERS, _query("history")),
    (WEBHOOKS, _mark("pending")),
    (WEBHOOKS, _read("stores")),
    (WEBHOOKS, _send("{store_work_queue_url}")),
    (WEBHOOKS, _secret("tillbridge/tillbridge/hook-key")),
    (WEBHOOKS, _secret("tillbridge/tillbridge/hooks/demo")),
    (SWEEP, _put_as("tillbridge.sweep")),
    (SWEEP, _scan("pending")),
    (SWEEP, _scan("stores")),
    (SWEEP, _get("stores")),
    (SWEEP, _mark("stores")),
    (SWEEP, _put("stores")),
    (SWEEP, _delete("stores")),
    (SWEEP, _send("{store_work_queue_url}")),
    (SWEEP, _send_many("{store_work_queue_url}")),
    (SWEEP, _send_many("{orders_queue_url}")),
    (PUSH, _send("{orders_queue_url}")),
    (PUSH, _put("links")),
    (PUSH, _transact("links")),
    (PUSH, _delete("pending")),
    (PUSH, _state("insert", "pending")),
    (PUSH, _state("update", "pending")),
    (PUSH, _state("delete", "pending")),
    (PUSH, _state("update", "links")),
    (PUSH, _query("pending")),
    (PUSH, _read("read-model")),
    (PUSH, _list("read-model")),
    (PUSH, _put("stores")),
    (PUSH, _get("stores")),
    (PUSH, _read("stores")),
    (PUSH, _mark("stores")),
    (PUSH, _delete("stores")),
    (PUSH, _send("{wakes_queue_url}")),
    (PUSH, _secret("tillbridge/tillbridge/store/demo")),
    (RECONCILE, _put("stores")),
    (RECONCILE, _transact("stores")),
    (PUSH, _read("orders")),
    (PUSH, _query("orders")),
    (PUSH, _transact("orders")),
    (PUSH, TELLS),
    (RECONCILE, _get("stores")),
    (RECONCILE, _read("stores")),
    (RECONCILE, _mark("stores")),
    (RECONCILE, _mark("pending")),
    (RECONCILE, _state("insert", "pending")),
    (RECONCILE, _state("update", "pending")),
    (RECONCILE, _put("links")),
    (RECONCILE, _state("update", "links")),
    (RECONCILE, _read("read-model")),
    (RECONCILE, _list("read-model")),
    (RECONCILE, _query("orders")),
    (RECONCILE, _query("history")),
    (RECONCILE, _list("history")),
    (RECONCILE, _delete_many("read-model")),
    (RECONCILE, _send("{reconcile_queue_url}")),
    (RECONCILE, _send("{store_work_queue_url}")),
    (RECONCILE, _secret("tillbridge/tillbridge/store/demo")),
    (PUSH, _transact("history")),
    (IMPORT, _read("stores")),
    (IMPORT, _put("stores")),
    (IMPORT, _mark("stores")),
    (IMPORT, _transact("links")),
    (IMPORT, _state("update", "links")),
    (IMPORT, _mark("counters")),
    (IMPORT, _mark("pending")),
    (IMPORT, _read("read-model")),
    (IMPORT, _list("read-model")),
    (IMPORT, _list("history")),
    (IMPORT, _send("{imports_queue_url}")),
    (IMPORT, _send("{requests_dlq_url}")),
    (IMPORT, _send("{store_work_queue_url}")),
    (IMPORT, _secret("tillbridge/tillbridge/store/demo")),
    (CONSOLE, _read("links")),
    (CONSOLE, _read("pending")),
    (CONSOLE, _query("pending")),
    (CONSOLE, _by("by-job", "pending")),
    (CONSOLE, _read("read-model")),
    (CONSOLE, _query("read-model")),
    (CONSOLE, _by("by-name", "read-model")),
    (CONSOLE, _by("by-state", "read-model")),
    (CONSOLE, _read("history")),
    (CONSOLE, _by("by-job", "history")),
    (CONSOLE, _list("history")),
    (CONSOLE, _read("stores")),
    (CONSOLE, _query("stores")),
    (CONSOLE, _put("stores")),
    (CONSOLE, _mark("stores")),
    (CONSOLE, _list("stores")),
    (CONSOLE, _put_as("tillbridge.console", "push.requested")),
    (CONSOLE, _put_as("tillbridge.console", "reconcile.requested")),
    (CONSOLE, _put_as("tillbridge.console", "plan.requested")),
    (CONSOLE, _make_claim("asked/rights")),
    (CONSOLE, _query("orders")),
    (CONSOLE, _read("orders")),
    (CONSOLE, _transact("stores")),
    (CONSOLE, _delete("stores")),
    (CONSOLE, _drop("tillbridge/tillbridge/store/going")),
    (CONSOLE, _drop("tillbridge/tillbridge/hooks/going")),
    (CONSOLE, _drop("tillbridge/tillbridge/pos/going")),
    (CONSOLE, _drop("tillbridge/tillbridge/pos-hooks/going")),
    (CONSOLE, _send("{pos_events_queue_url}")),
    (CONSOLE, _send("{store_work_queue_url}")),
    (CONSOLE, _send("{imports_queue_url}")),
    (CONSOLE, _secret("tillbridge/tillbridge/console/session")),
]

DENIED = [
    (INTAKE, _state("delete", "pending")),
    (INTAKE, _state("update", "links")),
    (ORDERS, _read("links")),
    (ORDERS, _put("stores")),
    (ORDERS, _scan("orders")),
    (ORDERS, _put("counters")),
    (ORDERS, _send("{pos_events_queue_url}")),
    (ORDERS, _secret("tillbridge/tillbridge/store/demo")),
    (ORDERS, PUT_EVENTS),
    (INTAKE, TELLS),
    (RECONCILE, _send("{orders_queue_url}")),
    (PUSH, _state("select", "pending")),
    (PUSH, _state("insert", "links")),
    (PUSH, _state("delete", "links")),
    (PUSH, _state("update", "stores")),
    (RECONCILE, _state("delete", "pending")),
    (RECONCILE, _state("delete", "links")),
    (IMPORT, _query("history")),
    (IMPORT, _delete("history")),
    (RECONCILE, _delete("history")),
    (IMPORT, _state("insert", "pending")),
    (IMPORT, _state("delete", "pending")),
    (IMPORT, _state("insert", "links")),
    (WEBHOOKS, _secret("tillbridge/tillbridge/store/demo")),
    (WEBHOOKS, _secret("tillbridge/tillbridge/pos/demo")),
    (WEBHOOKS, _secret("tillbridge/staging/hooks/demo")),
    (WEBHOOKS, _put("pending")),
    (WEBHOOKS, _delete("pending")),
    (WEBHOOKS, _state("insert", "pending")),
    (WEBHOOKS, _query("pending")),
    (WEBHOOKS, _scan("pending")),
    (WEBHOOKS, _mark("stores")),
    (WEBHOOKS, _get("links")),
    (WEBHOOKS, _put("read-model")),
    (WEBHOOKS, _put("counters")),
    (WEBHOOKS, _query("orders")),
    (WEBHOOKS, _send("{pos_events_queue_url}")),
    (WEBHOOKS, _send("{wakes_queue_url}")),
    (WEBHOOKS, _send("{reconcile_queue_url}")),
    (WEBHOOKS, _claim("{claim_bucket_name}")),
    (WEBHOOKS, PUT_EVENTS),
    (SWEEP, _mark("pending")),
    (SWEEP, _put("pending")),
    (SWEEP, _delete("pending")),
    (SWEEP, _get("links")),
    (SWEEP, _put("read-model")),
    (SWEEP, _put("counters")),
    (SWEEP, _send("{wakes_queue_url}")),
    (SWEEP, _send_many("{wakes_queue_url}")),
    (SWEEP, _send("{reconcile_queue_url}")),
    (SWEEP, _secret("tillbridge/tillbridge/store/demo")),
    (SWEEP, PUT_EVENTS),
    (PUSH, _put_as("tillbridge.sweep")),
    (INTAKE, _query("pending")),
    (INTAKE, _scan("pending")),
    (INTAKE, _get("links")),
    (INTAKE, _put("read-model")),
    (INTAKE, _put("counters")),
    (INTAKE, _query("orders")),
    (INTAKE, _put("orders")),
    (INTAKE, _put("pending")),
    (INTAKE, _delete("pending")),
    (INTAKE, _put("stores")),
    (INTAKE, _scan("stores")),
    (INTAKE, _transact("links")),
    (INTAKE, _secret("tillbridge/tillbridge/store/demo")),
    (INTAKE, _send("{pos_events_queue_url}")),
    (INTAKE, PUT_EVENTS),
    (PUSH, _scan("links")),
    (PUSH, _put("counters")),
    (PUSH, _scan("orders")),
    (PUSH, _send("{pos_events_queue_url}")),
    (PUSH, _send("{pos_events_dlq_url}")),
    (PUSH, _secret("tillbridge/staging/store/demo")),
    (PUSH, _claim("{claim_bucket_name}")),
    (PUSH, PUT_EVENTS),
    (RECONCILE, _delete("links")),
    (RECONCILE, _delete("pending")),
    (RECONCILE, _delete("stores")),
    (RECONCILE, _put("counters")),
    (RECONCILE, _put("orders")),
    (RECONCILE, _send("{wakes_queue_url}")),
    (RECONCILE, _send("{pos_events_queue_url}")),
    (RECONCILE, _secret("tillbridge/staging/store/demo")),
    (RECONCILE, PUT_EVENTS),
    (IMPORT, _scan("links")),
    (IMPORT, _mark("links")),
    (IMPORT, _delete("pending")),
    (IMPORT, _send("{wakes_queue_url}")),
    (IMPORT, _send("{pos_events_queue_url}")),
    (IMPORT, _secret("tillbridge/staging/store/demo")),
    (IMPORT, PUT_EVENTS),
    (RECONCILE, _delete("read-model")),
    (CONSOLE, _put("links")),
    (CONSOLE, _query("links")),
    (CONSOLE, _state("update", "links")),
    (CONSOLE, _mark("pending")),
    (CONSOLE, _list("pending")),
    (CONSOLE, _delete_many("pending")),
    (CONSOLE, _list("read-model")),
    (CONSOLE, _scan("stores")),
    (CONSOLE, _scan("read-model")),
    (CONSOLE, _mark("orders")),
    (CONSOLE, _put("orders")),
    (CONSOLE, _scan("orders")),
    (CONSOLE, _mark("counters")),
    (CONSOLE, _send("{pos_events_dlq_url}")),
    (CONSOLE, _send("{undelivered_dlq_url}")),
    (CONSOLE, _secret("tillbridge/tillbridge/store/demo")),
    (CONSOLE, _secret("tillbridge/tillbridge/pos/demo")),
    (CONSOLE, _secret("tillbridge/tillbridge/hook-key")),
    (CONSOLE, _delete("history")),
    (CONSOLE, _drop("tillbridge/tillbridge/hook-key")),
    (CONSOLE, _drop("tillbridge/tillbridge/console/session")),
    (CONSOLE, _drop("tillbridge/staging/store/demo")),
    (PUSH, _drop("tillbridge/tillbridge/store/demo")),
    (CONSOLE, _make_claim("rights")),
    (CONSOLE, _claim("{claim_bucket_name}")),
    (CONSOLE, PUT_EVENTS),
    (CONSOLE, TELLS),
    (CONSOLE, _put_as("tillbridge.console", "product.saved")),
    (CONSOLE, _put_as("tillbridge.sweep")),
]


MISSING: Attempt = ("s3", "get_object", {"Bucket": "{claim_bucket_name}", "Key": "missing"})


@pytest.fixture(scope="module")
def stocked(world: World) -> World:
    """Return the world with secrets of ours, some of which go, and of another stack, and one claim check."""
    secrets = world.client("secretsmanager")
    for of in ("store", "pos", "hooks", "pos-hooks"):
        secrets.create_secret(Name=f"tillbridge/tillbridge/{of}/going", SecretString="{}")
    for stack in ("tillbridge", "staging"):
        for of in ("store", "pos", "hooks"):
            secrets.create_secret(Name=f"tillbridge/{stack}/{of}/demo", SecretString="{}")
    world.client("s3").put_object(Bucket=world.outputs.claim_bucket_name, Key="rights", Body=b"{}")
    return world


def _says(world: World, function: str, attempt: Attempt) -> str:
    names = {name: getattr(world.outputs, name) for name in world.outputs.__dataclass_fields__}
    service, operation, written = attempt
    # Tables are written above as if the stack's own names began with "tillbridge".
    own = world.outputs.links_table.removesuffix("links")
    arguments = json.loads(json.dumps(written).replace('"tillbridge-', f'"{own}'))
    filled = {
        key: value.format(**names) if isinstance(value, str) and value.startswith("{") else value
        for key, value in arguments.items()
    }
    answer = world.client("lambda").invoke(
        FunctionName=getattr(world.outputs, f"{function}_function_name"),
        Payload=json.dumps({"attempt": [service, operation, filled]}),
    )
    return str(json.loads(answer["Payload"].read()))


def _words(case: object) -> str | None:
    match case:
        case str(function):
            return function
        case (str(), str(operation), dict(arguments)):
            return f"{operation} {next(iter(arguments.values()))}"[:50]
        case _:
            return None


@pytest.mark.parametrize(("function", "attempt"), ALLOWED, ids=_words)
def test_a_function_may_do_what_it_needs(stocked: World, function: str, attempt: Attempt) -> None:
    assert _says(stocked, function, attempt) == "allowed"


@pytest.mark.parametrize(("function", "attempt"), DENIED, ids=_words)
def test_a_function_may_do_nothing_else(stocked: World, function: str, attempt: Attempt) -> None:
    assert _says(stocked, function, attempt) in {"AccessDenied", "AccessDeniedException"}


def test_intake_alone_learns_that_a_claim_check_is_missing(stocked: World) -> None:
    assert _says(stocked, INTAKE, MISSING) == "NoSuchKey"
    assert _says(stocked, WEBHOOKS, MISSING) == "AccessDenied"
