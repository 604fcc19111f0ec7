"""A version that expired is served as another, without a word: how that is noticed, and what is none of it."""

import json
from typing import Any

import pytest

from tests.unit.adapters.canned_http import answer
from tests.unit.adapters.lightspeed_x.rows import a_level, a_row, page, source_on, stock
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.polling import Cursor

START = Cursor(0)


def expired(words: str) -> Any:
    return pytest.raises(NeedsAttention, match=words)


def test_a_page_of_which_no_product_has_a_sku_is_none_of_our_version() -> None:
    rows = [a_row(n, sku=None) for n in range(1, 4)]
    with expired("version 2026-07 of its API does .no record of /products has sku.") as said:
        source_on(page(*rows)).items(START)
    assert said.value.code == AttentionCode.POS_API_EXPIRED
    assert "goes on by itself" in str(said.value)


def test_a_few_odd_products_say_nothing_of_the_whole_api() -> None:
    found = source_on(page(a_row(1, sku=None), a_row(2, sku=None))).items(START)
    assert [part.fields.unreadable for part in found.parts] == ["sku is missing"] * 2
    many = [a_row(n, sku=None) for n in range(1, 9)]
    mixed = source_on(page(*many, a_row(9))).items(START)
    assert sum(not part.fields.unreadable for part in mixed.parts) == 1


def test_tombstones_need_no_keys() -> None:
    gone = [
        {"id": f"p-{n}", "version": n, "deleted_at": "2026-11-21T10:00:00Z"} for n in range(1, 6)
    ]
    assert all(part.deleted for part in source_on(page(*gone)).items(START).parts)


def test_once_a_day_one_product_without_a_sku_is_enough() -> None:
    with expired("no record of /products has sku"):
        source_on(page(a_row(1, sku=None))).names()


def test_stock_under_the_name_of_version_2_is_no_stock_of_ours() -> None:
    old = [a_level(n) | {"inventory_level": 4} for n in range(1, 4)]
    for row in old:
        del row["current_inventory_level"]
    with expired("no record of /inventory has current_inventory_level"):
        source_on(stock(*old)).levels(START)
    framed = json.dumps({"data": old, "version": {"min": 1, "max": 3}}).encode()
    with expired("its list of stock has a frame"):
        source_on(answer(200, framed)).levels(START)


def test_products_without_a_frame_are_none_of_our_version() -> None:
    with expired("its list has no frame"):
        source_on(stock(a_row(1))).items(START)


def test_a_list_with_the_newest_first_would_leave_rows_out() -> None:
    with expired("/inventory lists the newest first"):
        source_on(stock(*[a_level(n) for n in (4, 3, 2, 1)])).levels(START)
    with expired("/products lists the newest first"):
        source_on(page(*[a_row(n) for n in (3, 2, 1)])).items(START)


def test_stock_of_which_no_version_can_be_read_would_hold_the_cursor_for_ever() -> None:
    with expired("no version of /inventory can be read"):
        source_on(stock(*[a_level(n, version="new") for n in (1, 2, 3)])).levels(START)
