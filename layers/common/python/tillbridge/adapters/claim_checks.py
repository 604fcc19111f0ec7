"""Claim checks: product lists too long for an event, kept in S3 (pos-contract, size limits)."""

import gzip
import hashlib
import json
from collections.abc import Collection
from typing import Any
from urllib.parse import urlparse

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.domain.errors import RetryLater, UnreadableEvent
from tillbridge.domain.ids import PosProductId

MOST_BYTES = 64 * 1024 * 1024


def read_claim(
    s3: Any, buckets: Collection[str], dataref: str, sha256: str, count: int
) -> list[tuple[PosProductId, int]]:
    """The products of a claim check, gzipped JSON lines of {product_id, version}.

    Raises UnreadableEvent for a bucket that is not allow-listed, a wrong hash, a missing or
    unreadable object; RetryLater when S3 does not answer."""
    where = urlparse(dataref)
    if where.netloc not in buckets:
        raise UnreadableEvent(
            f"The product list lies in the bucket '{where.netloc}', which is not one of ours. "
            "Upload it to the bucket agreed on and send the event again."
        )
    raw = _get(s3, where.netloc, where.path.lstrip("/"))
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise UnreadableEvent("The product list is not the one announced: its SHA-256 differs.")
    try:
        text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        products = [(PosProductId(str(each["product_id"])), int(each["version"])) for each in lines]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise UnreadableEvent(f"The product list cannot be read: {problem}") from problem
    if len(products) != count:
        raise UnreadableEvent(
            f"The product list has {len(products)} lines; the event announced {count}."
        )
    return products


def _get(s3: Any, bucket: str, key: str) -> bytes:
    try:
        answer = s3.get_object(Bucket=bucket, Key=key)
        raw: bytes = answer["Body"].read(MOST_BYTES + 1)
    except ClientError as problem:
        if problem.response["Error"]["Code"] in ("NoSuchKey", "404", "NoSuchBucket"):
            raise UnreadableEvent(f"There is no product list at s3://{bucket}/{key}.") from problem
        raise RetryLater("S3 does not answer; the event is tried again.") from problem
    except BotoCoreError as problem:
        raise RetryLater("S3 does not answer; the event is tried again.") from problem
    if len(raw) > MOST_BYTES:
        raise UnreadableEvent(f"The product list at s3://{bucket}/{key} is larger than 64 MB.")
    return raw
