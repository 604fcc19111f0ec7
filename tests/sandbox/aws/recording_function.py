"""A function that records how it was called; it stands in for intake and push.

To a call `{"attempt": [service, operation, arguments]}` it returns the error code of AWS, or
"allowed"."""

import json
import os
import time
import uuid
from functools import cache
from typing import Any

import boto3
import pydantic
from botocore.exceptions import ClientError

import tillbridge

_COPIED = ("PYTHONPATH", "VIRTUAL_ENV", "USER", "AWS_PROFILE", "ADDED_BY_A_TEST", "BUS_NAME")


def handler(event: dict[str, Any], context: Any) -> object:
    if "attempt" in event:
        return _attempt(*event["attempt"])
    if "routeKey" in event:
        return {"statusCode": 200, "body": json.dumps(event)}
    records = event.get("Records", [])
    source = records[0]["eventSourceARN"].rsplit(":", 1)[-1] if records else event["detail-type"]
    recorded = {
        "at": repr(time.time()),
        "bodies": json.dumps([record["body"] for record in records]),
        "groups": json.dumps([r["attributes"].get("MessageGroupId") for r in records]),
        "tillbridge": str(tillbridge.__file__),
        "pydantic": str(pydantic.__file__),
        "environment": json.dumps({name: os.environ.get(name) for name in _COPIED}),
    }
    # Every function may mark a row.
    boto3.client("dynamodb").update_item(
        TableName=os.environ["PENDING_TABLE"],
        Key={"pk": {"S": source}, "sk": {"S": str(uuid.uuid4())}},
        UpdateExpression="SET " + ", ".join(f"#{key} = :{key}" for key in recorded),
        ExpressionAttributeNames={f"#{key}": key for key in recorded},
        ExpressionAttributeValues={f":{key}": {"S": value} for key, value in recorded.items()},
    )
    failed = [r["messageId"] for r in records if "fail" in r["body"]]
    return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}


def _attempt(service: str, operation: str, arguments: dict[str, Any]) -> str:
    try:
        getattr(_client(service), operation)(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "allowed"


@cache
def _client(service: str) -> Any:
    return boto3.client(service)  # type: ignore[call-overload]  # any service
