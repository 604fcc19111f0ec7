"""Whatever a few rows of X-Series look like: reading page by page tells every row that says who it is."""

import json
from collections.abc import Sequence
from typing import Any

import requests
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tests.unit.adapters.lightspeed_x.rows import ADDRESS, BEFORE_TAX, a_level, a_row
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.source import LightspeedSource
from tillbridge.adapters.lightspeed_x.wire import HIGHEST_VERSION
from tillbridge.domain.polling import Cursor

ODD: st.SearchStrategy[object] = st.sampled_from([None, "new", -1, 1, 2**53, 2**63, 1.5, {}, [1]])
PAGE = 6
"""Rows that the vendor gives at a time, whatever is asked."""


@st.composite
def rows(draw: st.DrawFn) -> list[tuple[int, object]]:
    """Draw the true versions of rows, ascending, with what stands in the place of some."""
    versions = sorted(draw(st.sets(st.integers(1, 10_000), max_size=30)))
    drawn: list[tuple[int, object]] = [(each, each) for each in versions]
    # Never two in a row: more than a few odd rows are a matter of the whole API.
    for place in range(draw(st.integers(1, 4)), len(drawn), draw(st.integers(4, 9))):
        drawn[place] = (drawn[place][0], draw(ODD))
    return drawn


def vendor(kept: Sequence[tuple[int, dict[str, Any]]], *, framed: bool) -> LightspeedSource:
    """Return a source whose vendor lists these rows by their true version."""

    def respond(request: requests.PreparedRequest) -> requests.Response:
        asked = json.loads(request.body) if request.body else {}
        query = dict(
            part.split("=") for part in request.path_url.partition("?")[2].split("&") if part
        )
        after = int(asked.get("after", query.get("after", 0)))
        some = [(true, row) for true, row in kept if true > after][:PAGE]
        data = [row for _, row in some]
        top = some[-1][0] if some else None
        body = (
            {"data": data, "version": {"min": top and some[0][0], "max": top}} if framed else data
        )
        said = answer(200, json.dumps(body).encode())
        assert not isinstance(said, Exception)
        return said(request)

    clock = FakeClock()
    http = Canned([respond] * 200).http_session()
    calls = LightspeedCalls(ADDRESS, lambda _: "t", clock, clock.now_ms() + 60_000, http)
    return LightspeedSource(calls, BEFORE_TAX)


def is_version(value: object) -> bool:
    return type(value) is int and 0 <= value <= HIGHEST_VERSION


@given(rows())
def test_every_product_that_says_who_it_is_is_told(drawn: list[tuple[int, object]]) -> None:
    kept = [(true, a_row(true) | {"version": told}) for true, told in drawn]
    source, after, told = vendor(kept, framed=True), Cursor(0), set()
    while (page := source.items(after)).rows:
        assert page.next > after
        told |= {part.member for part in page.parts}
        after = page.next
    assert told == {row["id"] for _, row in kept if is_version(row["version"])}


@given(rows())
def test_every_level_that_says_what_it_counts_is_told(drawn: list[tuple[int, object]]) -> None:
    # A page of stock does not say where it ends: an odd last row is told with the next one that changes.
    drawn = [*drawn, (20_000, 20_000)]
    kept = [(true, a_level(true) | {"version": told}) for true, told in drawn]
    source, after, told = vendor(kept, framed=False), Cursor(0), set()
    while (page := source.levels(after)).rows:
        assert page.next > after
        told |= {part.member for part in page.parts}
        after = page.next
    readable = {row["product_id"] for _, row in kept if is_version(row["version"])}
    assert told == readable
