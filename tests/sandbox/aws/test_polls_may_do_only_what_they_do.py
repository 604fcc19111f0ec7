"""The roles of a stack that polls a vendor's POS, enforced by the local AWS: of the function `poll`, and what others may
do with its mirror and its queue."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.aws.deploy import deploy
from sandbox.aws.server import start_aws
from tests.sandbox.aws.attempts import (
    IMPORT,
    INTAKE,
    ORDERS,
    PUSH,
    PUT_EVENTS,
    RECONCILE,
    SWEEP,
    TELLS,
    WEBHOOKS,
    Attempt,
    by,
    delete,
    delete_many,
    get,
    mark,
    put,
    put_as,
    put_many,
    query,
    read,
    says,
    scan,
    secret,
    send,
    state,
    transact,
    words,
)
from tests.sandbox.aws.conftest import World

POLL = "poll"
MIRROR = "pos-mirror"
pytestmark = pytest.mark.timeout(300)


def _keeps(name: str) -> Attempt:
    return "secretsmanager", "put_secret_value", {"SecretId": name, "SecretString": "rights"}


def _claim(operation: str, key: str) -> Attempt:
    body = {"Body": "rights"} if operation == "put_object" else {}
    return "s3", operation, {"Bucket": "{claim_bucket_name}", "Key": key, **body}


ALLOWED = [
    (POLL, get(MIRROR)),
    (POLL, read(MIRROR)),
    (POLL, query(MIRROR)),
    (POLL, by("by-version", MIRROR)),
    (POLL, put(MIRROR)),
    (POLL, put_many(MIRROR)),
    (POLL, delete_many(MIRROR)),
    (POLL, state("insert", MIRROR)),
    (POLL, state("update", MIRROR)),
    (POLL, get("pending")),
    (POLL, delete("pending")),
    (POLL, read("stores")),
    (POLL, query("stores")),
    (POLL, put("stores")),
    (POLL, mark("stores")),
    (POLL, mark("counters")),
    (POLL, send("{pos_polls_queue_url}")),
    (POLL, send("{store_work_queue_url}")),
    (POLL, secret("tillbridge/tillbridge/pos/demo")),
    (POLL, _keeps("tillbridge/tillbridge/pos/demo")),
    (POLL, _claim("put_object", "polls/rights")),
    (POLL, put_as("pos.lightspeed-x", "stock.changed")),
    *(
        (reader, attempt)
        for reader in (PUSH, RECONCILE, IMPORT)
        for attempt in (get(MIRROR), read(MIRROR), by("by-version", MIRROR), by("by-name", MIRROR))
    ),
    (IMPORT, send("{pos_polls_queue_url}")),
    (IMPORT, mark("pending")),
    (SWEEP, send("{pos_polls_queue_url}")),
    (SWEEP, query(MIRROR)),
    (SWEEP, delete_many(MIRROR)),
]

DENIED = [
    (POLL, scan(MIRROR)),
    (POLL, read("links")),
    (POLL, query("links")),
    (POLL, put("links")),
    (POLL, state("update", "links")),
    (POLL, put("pending")),
    (POLL, mark("pending")),
    (POLL, delete("stores")),
    (POLL, scan("stores")),
    (POLL, put_many("read-model")),
    (POLL, query("history")),
    (POLL, query("orders")),
    (POLL, secret("tillbridge/tillbridge/store/demo")),
    (POLL, secret("tillbridge/staging/pos/demo")),
    (POLL, _keeps("tillbridge/tillbridge/store/demo")),
    (POLL, _claim("put_object", "rights")),
    (POLL, _claim("get_object", "polls/rights")),
    (POLL, PUT_EVENTS),
    (POLL, TELLS),
    (POLL, put_as("pos.cloud", "stock.changed")),
    *(
        (reader, attempt)
        for reader in (PUSH, RECONCILE, IMPORT)
        for attempt in (
            put(MIRROR),
            put_many(MIRROR),
            state("update", MIRROR),
            transact(MIRROR),
            query(MIRROR),
            _keeps("tillbridge/tillbridge/pos/demo"),
            put_as("pos.lightspeed-x", "stock.changed"),
        )
    ),
    *((other, get(MIRROR)) for other in (INTAKE, ORDERS, WEBHOOKS, SWEEP)),
    (PUSH, send("{pos_polls_queue_url}")),
    (INTAKE, send("{pos_polls_queue_url}")),
    (RECONCILE, send("{pos_polls_queue_url}")),
    (SWEEP, put(MIRROR)),
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


@pytest.mark.parametrize(("function", "attempt"), ALLOWED, ids=words)
def test_a_function_may_do_what_it_needs(polling: World, function: str, attempt: Attempt) -> None:
    assert says(polling, function, attempt) == "allowed"


@pytest.mark.parametrize(("function", "attempt"), DENIED, ids=words)
def test_a_function_may_do_nothing_else(polling: World, function: str, attempt: Attempt) -> None:
    assert says(polling, function, attempt) in {"AccessDenied", "AccessDeniedException"}
