"""Lists read page by page to their end."""

import json
from typing import Any
from urllib.parse import parse_qs, urlparse

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.bigcommerce.pages import every
from tillbridge.adapters.bigcommerce.transport import Transport


def a_page(*ids: int, total: int | None) -> Step:
    """Return one page of records; without `total` its answer states none."""
    meta: dict[str, Any] = {} if total is None else {"pagination": {"total": total}}
    body = {"data": [{"id": number} for number in ids], "meta": meta}
    return answer(200, json.dumps(body).encode())


def ids_read(*steps: Step) -> tuple[list[int], list[str]]:
    """Return the ids that a list yields, and the numbers of the pages that were requested."""
    canned, clock = Canned(list(steps)), FakeClock()
    transport = Transport(
        "https://api.example/stores/h1",
        lambda _: "sesame",
        clock,
        clock.now_ms() + 60_000,
        canned.http_session(),
    )
    found = every(transport, "/v3/catalog/products/{id}/images", _id, ids={"id": 7})
    pages = [parse_qs(urlparse(str(request.url)).query)["page"][0] for request in canned.asked]
    return found, pages


def _id(record: Any) -> int:
    number: int = record["id"]
    return number


def test_a_short_page_does_not_end_a_list_whose_total_is_stated() -> None:
    steps = [a_page(1, 2, total=5), a_page(3, total=5), a_page(4, 5, total=5)]
    assert ids_read(*steps) == ([1, 2, 3, 4, 5], ["1", "2", "3"])


def test_a_short_page_does_not_end_a_list_without_a_total() -> None:
    steps = [a_page(1, 2, total=None), a_page(3, total=None), a_page(total=None)]
    assert ids_read(*steps) == ([1, 2, 3], ["1", "2", "3"])


def test_a_list_shorter_than_its_stated_total_ends_with_an_empty_page() -> None:
    assert ids_read(a_page(1, total=9), a_page(total=9)) == ([1], ["1", "2"])


def test_a_list_ends_with_its_stated_total() -> None:
    assert ids_read(a_page(1, 2, total=2)) == ([1, 2], ["1"])


def test_the_same_page_for_ever_ends_a_list() -> None:
    found, pages = ids_read(*[a_page(1, 2, total=None)] * 5)
    assert (found, pages) == ([1, 2], ["1", "2"])
