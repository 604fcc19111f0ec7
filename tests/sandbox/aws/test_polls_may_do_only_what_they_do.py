"""The roles of a stack that polls a vendor's POS, enforced by the local AWS: of the function `poll`, and what others may
do with its mirror and its queue."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.aws.deploy import deploy
from sandbox.aws.server import start_aws
from tests.sandbox.aws.conftest import World
from tests.sandbox.aws.test_functions_may_do_only_what_they_do import (
    IMPORT,
    INTAKE,
    KEY,
    ORDERS,
    PUSH,
    PUT_EVENTS,
    RECONCILE,
    SWEEP,
    TELLS,
    WEBHOOKS,
    Attempt,
    _delete,
    _delete_many,
    _get,
    _list,
    _mark,
    _put,
    _put_as,
    _query,
    _read,
    _says,
    _scan,
    _secret,
    _state,
    _transact,
    _words,
)

POLL = "poll"
MIRROR = "pos-mirror"
pytestmark = pytest.mark.timeout(300)


def _signal() -> Attempt:
    fifo = {"MessageGroupId": "rights", "MessageDeduplicationId": "rights"}
    return (
        "sqs",
        "send_message",
        {"QueueUrl": "{pos_polls_queue_url}", "MessageBody": "rights", **fifo},
    )


def _work() -> Attempt:
    fifo = {"MessageGroupId": "rights", "MessageDeduplicationId": "rights"}
    return (
        "sqs",
        "send_message",
        {"QueueUrl": "{store_work_queue_url}", "MessageBody": "rights", **fifo},
    )


def _keeps(name: str) -> Attempt:
    return "secretsmanager", "put_secret_value", {"SecretId": name, "SecretString": "rights"}


def _claim(operation: str, key: str) -> Attempt:
    body = {"Body": "rights"} if operation == "put_object" else {}
    return "s3", operation, {"Bucket": "{claim_bucket_name}", "Key": key, **body}


def _by(index: str) -> Attempt:
    asked = {
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": KEY["pk"]},
    }
    return "dynamodb", "query", {"TableName": f"tillbridge-{MIRROR}", "IndexName": index, **asked}


ALLOWED = [
    (POLL, _get(MIRROR)),
    (POLL, _read(MIRROR)),
    (POLL, _query(MIRROR)),
    (POLL, _by("by-version")),
    (POLL, _put(MIRROR)),
    (POLL, _list(MIRROR)),
    (POLL, _delete_many(MIRROR)),
    (POLL, _state("insert", MIRROR)),
    (POLL, _state("update", MIRROR)),
    (POLL, _get("pending")),
    (POLL, _delete("pending")),
    (POLL, _read("links")),
    (POLL, _query("links")),
    (POLL, _read("stores")),
    (POLL, _query("stores")),
    (POLL, _put("stores")),
    (POLL, _mark("stores")),
    (POLL, _mark("counters")),
    (POLL, _signal()),
    (POLL, _work()),
    (POLL, _secret("tillbridge/tillbridge/pos/demo")),
    (POLL, _keeps("tillbridge/tillbridge/pos/demo")),
    (POLL, _claim("put_object", "polls/rights")),
    (POLL, _put_as("pos.lightspeed-x", "stock.changed")),
    *(
        (reader, attempt)
        for reader in (PUSH, RECONCILE, IMPORT)
        for attempt in (_get(MIRROR), _read(MIRROR), _by("by-version"), _by("by-name"))
    ),
    (IMPORT, _signal()),
    (IMPORT, _mark("pending")),
    (SWEEP, _signal()),
    (SWEEP, _query(MIRROR)),
    (SWEEP, _delete_many(MIRROR)),
]

DENIED = [
    (POLL, _scan(MIRROR)),
    (POLL, _put("links")),
    (POLL, _state("update", "links")),
    (POLL, _put("pending")),
    (POLL, _mark("pending")),
    (POLL, _delete("stores")),
    (POLL, _scan("stores")),
    (POLL, _list("read-model")),
    (POLL, _query("history")),
    (POLL, _query("orders")),
    (POLL, _secret("tillbridge/tillbridge/store/demo")),
    (POLL, _secret("tillbridge/staging/pos/demo")),
    (POLL, _keeps("tillbridge/tillbridge/store/demo")),
    (POLL, _claim("put_object", "rights")),
    (POLL, _claim("get_object", "polls/rights")),
    (POLL, PUT_EVENTS),
    (POLL, TELLS),
    (POLL, _put_as("pos.cloud", "stock.changed")),
    *(
        (reader, attempt)
        for reader in (PUSH, RECONCILE, IMPORT)
        for attempt in (
            _put(MIRROR),
            _list(MIRROR),
            _state("update", MIRROR),
            _transact(MIRROR),
            _query(MIRROR),
            _keeps("tillbridge/tillbridge/pos/demo"),
            _put_as("pos.lightspeed-x", "stock.changed"),
        )
    ),
    *((other, _get(MIRROR)) for other in (INTAKE, ORDERS, WEBHOOKS, SWEEP)),
    (PUSH, _signal()),
    (INTAKE, _signal()),
    (RECONCILE, _signal()),
    (SWEEP, _put(MIRROR)),
]


@pytest.fixture(scope="module")
def polling(recording_build: Path) -> Iterator[World]:
    """Return a stack that polls, with secrets of ours and of another stack."""
    with start_aws() as aws:
        world = World(aws, deploy(aws, recording_build, {"VendorPos": "yes"}), recording_build)
        secrets = world.client("secretsmanager")
        for stack in ("tillbridge", "staging"):
            for of in ("store", "pos"):
                secrets.create_secret(Name=f"tillbridge/{stack}/{of}/demo", SecretString="{}")
        yield world


@pytest.mark.parametrize(("function", "attempt"), ALLOWED, ids=_words)
def test_a_function_may_do_what_it_needs(polling: World, function: str, attempt: Attempt) -> None:
    assert _says(polling, function, attempt) == "allowed"


@pytest.mark.parametrize(("function", "attempt"), DENIED, ids=_words)
def test_a_function_may_do_nothing_else(polling: World, function: str, attempt: Attempt) -> None:
    assert _says(polling, function, attempt) in {"AccessDenied", "AccessDeniedException"}
