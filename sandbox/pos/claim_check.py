"""Claim checks: a list of products too long for one event, stored as an object in S3."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

MOST_INLINE = 200


class ObjectStore(Protocol):
    """A store that keeps objects for at least 14 days, the longest an event waits in a queue."""

    def put(self, key: str, body: bytes) -> str:
        """Store the body and return its s3:// address."""


class MemoryObjects:
    """Objects in memory, for tests."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put(self, key: str, body: bytes) -> str:
        """Store the body and return its address below s3://memory/."""
        address = f"s3://memory/{key}"
        self.objects[address] = body
        return address


class S3Objects:
    """Objects in one bucket of S3."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, body: bytes) -> str:
        """Upload the body and return its s3:// address."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=body)
        return f"s3://{self._bucket}/{key}"


def claim_check(objects: ObjectStore, key: str, products: list[dict[str, Any]]) -> dict[str, Any]:
    """Store `products` as gzipped NDJSON and return the event's fields that refer to them."""
    lines = "".join(json.dumps(product, separators=(",", ":")) + "\n" for product in products)
    body = gzip.compress(lines.encode(), mtime=0)
    return {
        "dataref": objects.put(key, body),
        "dataref_sha256": hashlib.sha256(body).hexdigest(),
        "dataref_content_type": "application/x-ndjson",
        "product_count": len(products),
    }
