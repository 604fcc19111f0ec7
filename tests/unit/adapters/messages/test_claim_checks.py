"""Claim checks are read whole or refused with a reason, whatever lies in the bucket."""

import gzip
import hashlib
import io
import json
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ParamValidationError

from tests.builders import OWN_ACCOUNT
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.domain.errors import RetryLater, UnreadableEvent

ADDRESS = "s3://ours/imports/list.gz"


class _Objects:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def get_object(self, **_: str) -> dict[str, Any]:
        return {"Body": io.BytesIO(self._body)}


def _read(body: bytes, count: int, sha256: str | None = None) -> list[tuple[str, int]]:
    digest = sha256 or hashlib.sha256(body).hexdigest()
    return [(str(p), v) for p, v in read_claim(_Objects(body), {"ours"}, ADDRESS, digest, count)]


def _lines(count: int) -> bytes:
    return b"".join(
        json.dumps({"product_id": f"p-{n}", "version": n}).encode() + b"\n" for n in range(count)
    )


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_a_list_is_read_packed_or_not(pack: Any) -> None:
    assert _read(pack(_lines(3)), 3) == [("p-0", 0), ("p-1", 1), ("p-2", 2)]


@pytest.mark.parametrize("count", [2, 4])
def test_a_list_of_another_length_than_announced_is_refused(count: int) -> None:
    with pytest.raises(UnreadableEvent, match=r"has (more|3) lines"):
        _read(_lines(3), count)


def test_a_changed_list_is_refused() -> None:
    with pytest.raises(UnreadableEvent, match="SHA-256 differs"):
        _read(_lines(3), 3, "0" * 64)


@pytest.mark.parametrize(
    "body",
    [
        b"\x1f\x8bnot gzip",
        gzip.compress(_lines(3), mtime=0)[:-9],
        gzip.compress(_lines(3), mtime=0)[:10] + b"\xff" * 8,
        b"[]\n",
        b"[" * 4_000,
        b"[" * 4_000 + b"]" * 90,
        b'{"product_id": "\\ud800", "version": 1}\n',
        b'{"product_id": "p\\u0000", "version": 1}\n',
        b"{",
        b'{"product_id": "p-1"}\n',
        b'{"product_id": 1, "version": 1}\n',
        b'{"product_id": "", "version": 1}\n',
        b'{"product_id": "p-1", "version": -1}\n',
        b'{"product_id": "p-1", "version": 1e999}\n',
        b'{"product_id": "p-1", "version": 1' + b"0" * 40 + b"}\n",
    ],
)
def test_a_list_that_makes_no_sense_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(UnreadableEvent, match="cannot be read"):
        _read(body, 3)


def test_a_small_object_that_unpacks_into_a_flood_is_refused_without_unpacking_it() -> None:
    with pytest.raises(UnreadableEvent, match="has more lines"):
        _read(gzip.compress(_lines(200_000)), 10)


def test_a_list_longer_than_any_catalogue_is_not_fetched() -> None:
    with pytest.raises(UnreadableEvent, match="The most is"):
        read_claim(None, {"ours"}, ADDRESS, "0" * 64, 250_001)


def test_a_lists_key_is_all_that_follows_its_bucket() -> None:
    asked: list[dict[str, str]] = []

    class Asked(_Objects):
        def get_object(self, **named: str) -> dict[str, Any]:
            asked.append(named)
            return super().get_object(**named)

    body = _lines(1)
    digest = hashlib.sha256(body).hexdigest()
    read_claim(Asked(body), {"ours"}, "s3://ours//a b/list?1#2", digest, 1)
    assert asked == [{"Bucket": "ours", "Key": "/a b/list?1#2"}]


@pytest.mark.parametrize("dataref", ["s3://[ours/list.gz", "s3:///list.gz", "s3://ours/", "ours"])
def test_an_address_that_is_none_is_refused_in_words(dataref: str) -> None:
    claim = {"dataref": dataref, "dataref_sha256": "0" * 64, "product_count": 1}
    metadata = {
        "event_id": "e" * 16,
        "schema_version": "1.0",
        "store_id": "demo",
        "occurred_at": "2026-11-21T12:00:00Z",
    }
    event = {
        "detail-type": "product.imported",
        "source": "pos.reference",
        "account": OWN_ACCOUNT,
        "detail": {"metadata": metadata, "data": claim},
    }
    with pytest.raises(UnreadableEvent, match="dataref"):
        read_message(json.dumps(event), partial(read_claim, None, {"ours"}), OWN_ACCOUNT)


class _Fails:
    def __init__(self, trouble: Exception) -> None:
        self._trouble = trouble

    def get_object(self, **_: str) -> dict[str, Any]:
        raise self._trouble


def _of_s3(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": ""}}, "GetObject")


@pytest.mark.parametrize(
    "trouble",
    [
        *map(_of_s3, ["AccessDenied", "InvalidObjectState", "KeyTooLongError"]),
        *map(_of_s3, ["NoSuchBucket", "NoSuchKey"]),
        ParamValidationError(report="Invalid length for parameter Key"),
    ],
    ids=str,
)
def test_a_list_that_s3_does_not_give_is_refused_and_no_other_message_with_it(
    trouble: Exception,
) -> None:
    with pytest.raises(UnreadableEvent, match=r"s3://ours/imports/list\.gz"):
        read_claim(_Fails(trouble), {"ours"}, ADDRESS, "0" * 64, 1)


@pytest.mark.parametrize(
    "trouble",
    [
        *map(_of_s3, ["SlowDown", "InternalError", "ExpiredToken"]),
        EndpointConnectionError(endpoint_url="https://s3"),
    ],
    ids=str,
)
def test_a_list_is_read_later_when_s3_does_not_answer(trouble: Exception) -> None:
    with pytest.raises(RetryLater):
        read_claim(_Fails(trouble), {"ours"}, ADDRESS, "0" * 64, 1)


def test_blank_lines_of_a_list_are_counted() -> None:
    assert _read(b"\n" * 1_000 + _lines(3), 3)
    with pytest.raises(UnreadableEvent, match="blank lines"):
        _read(gzip.compress(b"\n" * 20_000_000), 3)


def test_a_list_that_unpacks_into_more_than_any_catalogue_is_refused() -> None:
    line = json.dumps({"product_id": "p-1", "version": 1}).encode() + b" " * 4_000 + b"\n"
    with pytest.raises(UnreadableEvent, match="64 MB unpacked"):
        _read(gzip.compress(line * 20_000, 1), 20_000)


@pytest.mark.parametrize("code", ["InvalidArgument", "InvalidURI", "KMS.DisabledException"])
def test_what_s3_says_of_one_object_is_that_lists_own(code: str) -> None:
    with pytest.raises(UnreadableEvent):
        read_claim(_Fails(_of_s3(code)), {"ours"}, ADDRESS, "0" * 64, 1)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("NoSuchKey", r"^There is no product list at"),
        ("NoSuchBucket", r"^There is no product list at"),
        ("AccessDenied", r"may not read the product list at .*, or there is none"),
    ],
)
def test_a_list_that_is_missing_is_told_from_one_that_may_not_be_read(
    code: str, words: str
) -> None:
    with pytest.raises(UnreadableEvent, match=words):
        read_claim(_Fails(_of_s3(code)), {"ours"}, ADDRESS, "0" * 64, 1)
