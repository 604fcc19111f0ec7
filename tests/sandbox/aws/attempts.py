"""Calls of AWS that a function tries: one of each kind, as the function itself, of the local AWS that enforces roles.

An attempt is service, operation and arguments; tables are written as if the stack's names began with "tillbridge",
and `{name}` stands for an output of the stack."""

import json
from typing import Any

from tests.sandbox.aws.conftest import World

INTAKE, SWEEP, PUSH, RECONCILE, IMPORT = "intake", "sweep", "push", "reconcile", "import"
ORDERS = "orders"
WEBHOOKS = "webhooks"
CONSOLE = "console"
KEY = {"pk": {"S": "rights"}, "sk": {"S": "rights"}}

type Attempt = tuple[str, str, dict[str, Any]]


def put(table: str) -> Attempt:
    return "dynamodb", "put_item", {"TableName": f"tillbridge-{table}", "Item": KEY}


def mark(table: str) -> Attempt:
    change = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "1"}}}
    return "dynamodb", "update_item", {"TableName": f"tillbridge-{table}", "Key": KEY, **change}


def put_many(table: str) -> Attempt:
    items = {f"tillbridge-{table}": [{"PutRequest": {"Item": KEY}}]}
    return "dynamodb", "batch_write_item", {"RequestItems": items}


def query(table: str) -> Attempt:
    values = {":pk": {"S": "rights"}}
    asked = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": values}
    return "dynamodb", "query", {"TableName": f"tillbridge-{table}", **asked}


def get(table: str) -> Attempt:
    return "dynamodb", "get_item", {"TableName": f"tillbridge-{table}", "Key": KEY}


def read(table: str) -> Attempt:
    return "dynamodb", "batch_get_item", {"RequestItems": {f"tillbridge-{table}": {"Keys": [KEY]}}}


def delete(table: str) -> Attempt:
    return "dynamodb", "delete_item", {"TableName": f"tillbridge-{table}", "Key": KEY}


def delete_many(table: str) -> Attempt:
    items = {f"tillbridge-{table}": [{"DeleteRequest": {"Key": KEY}}]}
    return "dynamodb", "batch_write_item", {"RequestItems": items}


def by(index: str, table: str) -> Attempt:
    attributes = {"by-job": "job_key", "by-name": "pk", "by-state": "in_state", "by-version": "pk"}
    values = {":is": {"S": "rights"}}
    asked = {
        "KeyConditionExpression": f"{attributes[index]} = :is",
        "ExpressionAttributeValues": values,
    }
    return "dynamodb", "query", {"TableName": f"tillbridge-{table}", "IndexName": index, **asked}


def scan(table: str) -> Attempt:
    return "dynamodb", "scan", {"TableName": f"tillbridge-{table}"}


_STATEMENTS = {
    "insert": "INSERT INTO {} VALUE {{'pk': 'rights', 'sk': 'rights'}}",
    "update": "UPDATE {} SET n = 1 WHERE pk = 'rights' AND sk = 'rights'",
    "delete": "DELETE FROM {} WHERE pk = 'rights' AND sk = 'rights'",
    "select": "SELECT * FROM {} WHERE pk = 'rights' AND sk = 'rights'",
}


def state(verb: str, table: str) -> Attempt:
    text = _STATEMENTS[verb].format(f'"tillbridge-{table}"')
    return "dynamodb", "batch_execute_statement", {"Statements": [{"Statement": text}]}


def transact(table: str) -> Attempt:
    put = {"Put": {"TableName": f"tillbridge-{table}", "Item": KEY}}
    return "dynamodb", "transact_write_items", {"TransactItems": [put]}


def send(queue: str) -> Attempt:
    arguments: dict[str, Any] = {"QueueUrl": queue, "MessageBody": "rights"}
    if any(
        fifo in queue
        for fifo in ("store_work", "orders_queue", "reconcile", "imports", "pos_polls")
    ):
        arguments |= {"MessageGroupId": "rights", "MessageDeduplicationId": "rights"}
    return "sqs", "send_message", arguments


def send_many(queue: str) -> Attempt:
    name, operation, arguments = send(queue)
    entry = {key: value for key, value in arguments.items() if key != "QueueUrl"}
    entries = [{"Id": "rights", **entry}]
    return name, f"{operation}_batch", {"QueueUrl": queue, "Entries": entries}


def secret(name: str) -> Attempt:
    return "secretsmanager", "get_secret_value", {"SecretId": name}


def drop(name: str) -> Attempt:
    return "secretsmanager", "delete_secret", {"SecretId": name, "RecoveryWindowInDays": 30}


def restore(name: str) -> Attempt:
    return "secretsmanager", "restore_secret", {"SecretId": name}


def claim(bucket: str) -> Attempt:
    return "s3", "get_object", {"Bucket": bucket, "Key": "rights"}


def make_claim(key: str) -> Attempt:
    return "s3", "put_object", {"Bucket": "{claim_bucket_name}", "Key": key, "Body": "rights"}


PUT_EVENT = {"Source": "tillbridge.self", "DetailType": "push.requested", "Detail": "{}"}
PUT_EVENTS: Attempt = ("events", "put_events", {"Entries": [PUT_EVENT]})
TOLD = {"Source": "tillbridge.orders", "DetailType": "web_order.booked", "Detail": "{}"}
TELLS: Attempt = ("events", "put_events", {"Entries": [TOLD | {"EventBusName": "tillbridge"}]})


def put_as(source: str, type_: str = "canary.due") -> Attempt:
    entry = {
        "Source": source,
        "DetailType": type_,
        "Detail": "{}",
        "EventBusName": "tillbridge",
    }
    return "events", "put_events", {"Entries": [entry]}


MISSING: Attempt = ("s3", "get_object", {"Bucket": "{claim_bucket_name}", "Key": "missing"})


def says(world: World, function: str, attempt: Attempt) -> str:
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


def words(case: object) -> str | None:
    match case:
        case str(function):
            return function
        case (str(), str(operation), dict(arguments)):
            return f"{operation} {next(iter(arguments.values()))}"[:50]
        case _:
            return None
