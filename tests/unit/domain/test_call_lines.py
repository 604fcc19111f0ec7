"""Slices, as their lines tell of them."""

from collections import Counter
from dataclasses import replace

from tillbridge.domain.call_made import CallMade
from tillbridge.domain.history.call_line import CallLine, ToldCall, call_key, slices_of
from tillbridge.domain.slices import SliceRecord

READ, WRITE = (ToldCall(CallMade(name)) for name in ("GET /v2/orders", "PUT /catalog/products"))
FIRST = CallLine(1_000, "a", 900, 3_000, (READ, WRITE))
LAST = CallLine(3_100, "a", 900, 3_400, (WRITE,), SliceRecord(900, 3_400, updated=7, failed=1))


def test_a_slice_has_the_calls_of_all_its_lines_and_the_counts_of_its_last() -> None:
    calls = Counter({"GET /v2/orders": 1, "PUT /catalog/products": 2})

    assert slices_of([FIRST, LAST]) == [SliceRecord(900, 3_400, calls, updated=7, failed=1)]
    assert slices_of([LAST, FIRST]) == slices_of([FIRST, LAST])
    assert LAST.done == SliceRecord(900, 3_400, updated=7, failed=1)


def test_of_a_slice_that_was_killed_the_calls_are_known_that_it_wrote_down() -> None:
    calls = Counter({"GET /v2/orders": 1, "PUT /catalog/products": 1})

    assert slices_of([FIRST]) == [SliceRecord(900, 3_000, calls)]


def test_slices_come_in_the_order_of_their_ends() -> None:
    other = replace(LAST, token="b", at_ms=3_200, ended_ms=3_300)

    assert [each.ended_ms for each in slices_of([FIRST, LAST, other])] == [3_300, 3_400]


def test_a_call_is_named_by_its_line_and_place() -> None:
    assert call_key(1_000, "a", 2) == f"{FIRST.key}/2" == "0000000001000#a/2"
    assert FIRST.key < LAST.key


def test_a_path_has_the_ids_that_are_known() -> None:
    name = "DELETE /catalog/products/{product_id}/images/{image_id}"

    assert CallMade(name, ids=(5, 7)).path == "/catalog/products/5/images/7"
    assert CallMade(name, ids=(5,)).path == "/catalog/products/5/images/{image_id}"
