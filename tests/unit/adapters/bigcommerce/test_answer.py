"""What is read from every answer: waits, quota, records."""

import pytest
from requests.structures import CaseInsensitiveDict

from tillbridge.adapters.bigcommerce.answer import (
    Answer,
    UnreadableAnswerError,
    answer_of,
    reading_of,
    requested_wait,
)
from tillbridge.adapters.http import Incoming
from tillbridge.domain.quota import Reading

QUOTA = {
    "x-rate-limit-requests-quota": "150",
    "x-rate-limit-requests-left": "149",
    "x-rate-limit-time-reset-ms": "29500",
    "x-rate-limit-time-window-ms": "30000",
}


def test_quota_headers_are_read_whatever_their_case() -> None:
    assert reading_of(CaseInsensitiveDict(QUOTA)) == Reading(150, 149, 29_500, 30_000)


@pytest.mark.parametrize("missing", list(QUOTA)[:3])
def test_quota_headers_that_are_missing_or_odd_say_nothing(missing: str) -> None:
    rest = {name: value for name, value in QUOTA.items() if name != missing}
    assert reading_of(CaseInsensitiveDict(rest)) is None
    assert reading_of(CaseInsensitiveDict(QUOTA | {missing: "soon"})) is None


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"X-Rate-Limit-Time-Reset-Ms": "2500"}, 2.5),
        ({"X-Retry-After": "7"}, 7),
        ({"X-Rate-Limit-Time-Reset-Ms": "2500", "X-Retry-After": "7"}, 7),
        ({"X-Rate-Limit-Time-Reset-Ms": "9500", "X-Retry-After": "7"}, 9.5),
        ({"X-Rate-Limit-Time-Reset-Ms": "0"}, 0),
        ({"X-Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_the_longer_of_the_two_waits_counts(headers: dict[str, str], wait: float | None) -> None:
    assert requested_wait(CaseInsensitiveDict(headers)) == wait


@pytest.mark.parametrize("body", [b"", b"  \n", b"<html></html>", b"\xff\xfe"])
def test_a_body_that_is_no_json_is_none(body: bytes) -> None:
    assert answer_of(Incoming(200, {}, body)).body is None


def test_some_207s_put_the_one_record_into_a_list() -> None:
    assert Answer(207, {}, {"data": [{"id": 1}]}).one == {"id": 1}
    assert Answer(200, {}, {"data": {"id": 1}}).one == {"id": 1}


@pytest.mark.parametrize("body", [None, [], {}, {"data": None}, {"data": []}, {"data": [{}, {}]}])
def test_a_success_without_its_record_is_unreadable(body: object) -> None:
    with pytest.raises(UnreadableAnswerError):
        _ = Answer(200, {}, body).one


def test_the_total_is_taken_where_it_is_told() -> None:
    assert Answer(200, {}, {"meta": {"pagination": {"total": "12"}}}).total == 12
    assert Answer(200, {}, {"meta": {}}).total is None
    assert Answer(200, {}, None).total is None
