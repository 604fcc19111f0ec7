"""Claim checks: product lists that are too long for an event and lie in S3
(docs/pos-vendors.md)."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Collection, Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from tillbridge.adapters.borders.json_texts import decoded, is_broken
from tillbridge.domain.errors import RetryLater, UnreadableEvent
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.versions import HIGHEST_NUMBER

MOST_BYTES = 16 * 1024 * 1024
MOST_PRODUCTS = 250_000
"""Far above any catalogue, and still within the memory and the time of intake."""

MOST_UNPACKED = 64 * 1024 * 1024
MOST_BLANK_LINES = 1_000
"""What looks small and takes long to unpack: 250,000 lines with ids of usual length are 15 MB."""

_LONGEST_LINE = 4_096
_NOT_GIVEN = (
    "AccessDenied",
    "InvalidArgument",
    "InvalidObjectState",
    "InvalidRequest",
    "InvalidURI",
    "KMS.",
    "KeyTooLongError",
)
"""How S3's codes for one object that it will not give begin. Access to a missing object is denied, too, where the
bucket is not ours and its owner does not let intake list it."""

_MISSING = ("NoSuchBucket", "NoSuchKey")

_UNREADABLE = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError)


def read_claim(
    s3: Any, buckets: Collection[str], dataref: str, sha256: str, count: int
) -> list[tuple[PosProductId, int]]:
    """Return the products of a claim check: JSON lines of {product_id, version}, gzipped or not.

    Raise UnreadableEvent for a bucket that is not allow-listed, a wrong hash, a missing or
    unreadable object; RetryLater when S3 does not answer."""
    bucket, _, key = dataref.removeprefix("s3://").partition("/")
    if bucket not in buckets:
        raise UnreadableEvent(
            f"The product list is in the bucket '{bucket}', which Tillbridge may not read. "
            "Upload it to the bucket that was agreed on, and send the event again."
        )
    if count > MOST_PRODUCTS:
        raise UnreadableEvent(
            f"The event announces a product list of {count} lines. The most is {MOST_PRODUCTS}: "
            "send several lists."
        )
    raw = _get(s3, bucket, key)
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise UnreadableEvent(
            "The product list is not the announced one: its SHA-256 differs. "
            "Upload the list and send the event again."
        )
    products: list[tuple[PosProductId, int]] = []
    try:
        for line in _lines(raw):
            products.append(_reference(decoded(line)))
            if len(products) > count:
                break
    except _UNREADABLE as problem:
        raise UnreadableEvent(f"The product list cannot be read: {problem}") from problem
    if len(products) != count:
        found = "more" if len(products) > count else str(len(products))
        raise UnreadableEvent(
            f"The product list has {found} lines, and the event announced {count}. "
            "Send the event again."
        )
    return products


def _reference(each: Any) -> tuple[PosProductId, int]:
    product, version = each["product_id"], each["version"]
    if not isinstance(product, str) or not 0 < len(product) <= LONGEST_ID:
        raise ValueError(f"a product_id is a text of 1 to {LONGEST_ID} characters")
    if is_broken(product):
        raise ValueError("a product_id has a broken character")
    if type(version) is not int or not 0 <= version <= HIGHEST_NUMBER:
        raise ValueError("a version is a whole number from 0")
    return PosProductId(product), version


def _lines(raw: bytes) -> Iterator[bytes]:
    # Decompressed line by line: a small object may hold more than fits into memory.
    stream = io.BytesIO(raw)
    text = gzip.GzipFile(fileobj=stream) if raw[:2] == b"\x1f\x8b" else stream
    left, blanks_left = MOST_UNPACKED, MOST_BLANK_LINES
    while line := text.readline(_LONGEST_LINE):
        left -= len(line)
        blanks_left -= not line.strip()
        if left < 0 or blanks_left < 0:
            raise ValueError(
                f"it has over {MOST_UNPACKED >> 20} MB unpacked"
                if left < 0
                else f"it has over {MOST_BLANK_LINES} blank lines"
            )
        if line.strip():
            yield line


def _get(s3: Any, bucket: str, key: str) -> bytes:
    try:
        answer = s3.get_object(Bucket=bucket, Key=key)
        raw: bytes = answer["Body"].read(MOST_BYTES + 1)
    except (ClientError, BotoCoreError) as problem:
        if _code(problem) in _MISSING:
            raise UnreadableEvent(
                f"There is no product list at s3://{bucket}/{key}: it was never uploaded there, or is over a month "
                "old. Upload it and send the event again."
            ) from problem
        if _code(problem).startswith(_NOT_GIVEN) or isinstance(problem, ParamValidationError):
            raise UnreadableEvent(
                f"Tillbridge may not read the product list at s3://{bucket}/{key}, or there is none. Let it read the "
                "bucket (docs/deploying.md), or upload the list, and send the event again."
            ) from problem
        raise RetryLater(
            "S3 does not answer. You need not do anything: Tillbridge tries again."
        ) from problem
    if len(raw) > MOST_BYTES:
        raise UnreadableEvent(f"The product list at s3://{bucket}/{key} is larger than 16 MB.")
    return raw


def _code(problem: ClientError | BotoCoreError) -> str:
    return problem.response["Error"]["Code"] if isinstance(problem, ClientError) else ""
