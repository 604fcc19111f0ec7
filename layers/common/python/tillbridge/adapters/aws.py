"""The AWS clients, each built once per process and on first use. They are thread-safe."""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient

CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 5},
    connect_timeout=2,
    read_timeout=5,
    max_pool_connections=32,  # three calls in flight, each of which may write eight rows at once
)
"""Throttling and lost connections are tried again here, five times; then they surface.
Five attempts of 5 s each still end well within a slice's visibility timeout."""


@cache
def dynamodb() -> "DynamoDBClient":
    """The client of the tables."""
    return boto3.client("dynamodb", config=CONFIG)


@cache
def sqs() -> "SQSClient":
    """The client of the queues."""
    return boto3.client("sqs", config=CONFIG)


@cache
def secretsmanager() -> "SecretsManagerClient":
    """The client of the credentials."""
    return boto3.client("secretsmanager", config=CONFIG)


@cache
def s3() -> "S3Client":
    """The client of the claim checks."""
    return boto3.client("s3", config=CONFIG)
