"""The POS's feed: pages, tombstones, and which versions may yet be overtaken."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.pos_cloud.feed import PosCloudFeed
from tillbridge.domain.errors import PosDown


def a_feed(*steps: Step) -> tuple[PosCloudFeed, Canned]:
    canned, clock = Canned(list(steps)), FakeClock()
    feed = PosCloudFeed(
        "https://pos.example/",
        lambda _: "sesame",
        clock,
        clock.now_ms() + 60_000,
        canned.http_session(),
    )
    return feed, canned


def a_page(*data: dict[str, Any], next_version: int = 0, more: bool = False) -> Step:
    body = {"data": data, "next_version": next_version, "has_more": more}
    return answer(200, json.dumps(body).encode())


def a_record(version: int, seconds_ago: int | None = 3_600, **fields: Any) -> dict[str, Any]:
    record = {"id": f"p-{version}", "version": version, "price": "1.00", **fields}
    if seconds_ago is not None:
        when = FakeClock().now_ms() / 1_000 - seconds_ago
        record["updated_at"] = datetime.fromtimestamp(when, UTC).isoformat()
    return record


def test_a_page_is_asked_for_by_version_with_tombstones() -> None:
    feed, canned = a_feed(a_page(a_record(8), next_version=8, more=True))
    page = feed.changes(7)
    assert (page.next_version, page.more, page.products[0].id) == (8, True, "p-8")
    (request,) = canned.asked
    query = parse_qs(urlparse(str(request.url)).query)
    assert query == {"since_version": ["7"], "limit": ["500"], "include_deleted": ["true"]}


def test_a_tombstone_is_a_deleted_product() -> None:
    gone = a_record(9, deleted_at="2026-11-20T10:00:00Z")
    feed, _ = a_feed(a_page(gone, next_version=9))
    assert feed.changes(0).products[0].deleted


@pytest.mark.parametrize(
    ("ages", "settled"),
    [
        ((3_600, 3_600), 2),
        ((3_600, 60), 1),
        ((60, 3_600), 0),
        ((None, None), 2),
        ((301, 299), 1),
    ],
)
def test_versions_of_the_last_five_minutes_are_not_settled(
    ages: tuple[int | None, ...], settled: int
) -> None:
    records = [a_record(number, age) for number, age in enumerate(ages, start=1)]
    feed, _ = a_feed(a_page(*records, next_version=2))
    assert feed.changes(0).settled == settled


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"data": [], "next_version": "x"}'])
def test_what_is_no_page_is_an_outage_of_the_pos(body: bytes) -> None:
    feed, _ = a_feed(answer(200, body))
    with pytest.raises(PosDown):
        feed.changes(0)


def test_a_refusal_says_to_look_at_the_address() -> None:
    feed, _ = a_feed(answer(404))
    with pytest.raises(PosDown, match="Check the POS"):
        feed.changes(0)
