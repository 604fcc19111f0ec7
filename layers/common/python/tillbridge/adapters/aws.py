"""The AWS clients. Each is thread-safe, and is built once per process, on first use."""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient

CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 5},
    connect_timeout=2,
    read_timeout=5,
    max_pool_connections=32,  # three calls in flight, each may write eight rows in parallel
)
"""Throttled calls and lost connections get five attempts in all before they raise. Five attempts
of 5 s each end well within a slice's visibility timeout."""


TABLES_CONFIG = CONFIG.merge(Config(parameter_validation=False))
"""Without botocore's own check of every value a batch of 25 writes takes half the processor time, 2.4 ms of
4.8. Types are checked before (mypy), DynamoDB checks again, and the tests' own clients check as botocore
does."""


@cache
def dynamodb() -> "DynamoDBClient":
    """Return the client of the tables."""
    return boto3.client("dynamodb", config=TABLES_CONFIG)


@cache
def sqs() -> "SQSClient":
    """Return the client of the queues."""
    return boto3.client("sqs", config=CONFIG)


PEOPLES_CONFIG = CONFIG.merge(
    Config(retries={"mode": "standard", "total_max_attempts": 2}, connect_timeout=1, read_timeout=3)
)
"""A person waits, and a look of nine queues says of each that it does not answer: after eight seconds."""


@cache
def peoples_sqs() -> "SQSClient":
    """Return the client of the queues that people read."""
    return boto3.client("sqs", config=PEOPLES_CONFIG)


@cache
def secretsmanager() -> "SecretsManagerClient":
    """Return the client of the access tokens."""
    return boto3.client("secretsmanager", config=CONFIG)


EVENTS_CONFIG = CONFIG.merge(
    Config(retries={"mode": "standard", "total_max_attempts": 2}, connect_timeout=1, read_timeout=2)
)
"""Nothing depends on an event, and stock waits behind it: a bus that does not answer costs six seconds."""


@cache
def events() -> "EventBridgeClient":
    """Return the client of the bus."""
    return boto3.client("events", config=EVENTS_CONFIG)


@cache
def s3() -> "S3Client":
    """Return the client of the claim checks."""
    return boto3.client("s3", config=CONFIG)
