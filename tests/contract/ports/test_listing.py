"""What stands in which list: products by state and cause, of their store and side alone."""

import pytest

from tests.builders import STORE
from tests.contract.ports.listed import OTHER, Lists, a_row, failed_rows, shop, some_rows
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.lanes import Lane
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.ports.listing import Causes

__all__ = ["shop"]


def test_failed_products_are_in_the_order_of_their_causes(shop: Lists) -> None:
    failed = {"state": RowState.FAILED}
    shop.rows.put(
        STORE,
        [
            a_row(1, "Zinc tub", **failed, code="name_taken"),
            a_row(2, "Ash tray", **failed, code="sku_taken"),
            a_row(3, "Ash bench", **failed, code="name_taken"),
            a_row(4, "Ash lamp", state=RowState.LINKED),
        ],
    )

    assert shop.walk(Question("", RowState.FAILED)) == [["p-003", "p-001", "p-002"]]


def test_a_list_may_be_of_one_cause(shop: Lists) -> None:
    shop.rows.put(STORE, [*failed_rows(), a_row(7, state=RowState.BROKEN, code="name_taken")])
    taken = Question("", RowState.FAILED, "name_taken")

    assert shop.walk(taken, limit=2) == [["p-000", "p-002"], ["p-005"]]
    assert shop.walk_back(taken, limit=2) == [["p-005"], ["p-000", "p-002"]]
    assert list(shop.lists.ids(STORE, "pos", taken)) == ["p-000", "p-002", "p-005"]
    assert shop.walk(Question("", RowState.FAILED, "odd")) == [[]]
    searched = shop.lists.page(STORE, "pos", Question("lamp 00", RowState.FAILED, "name"))
    assert [row.id for row in searched.rows] == ["p-001", "p-003"]
    cursor = shop.lists.page(STORE, "pos", taken, limit=1).after
    with pytest.raises(BadCursor):
        shop.lists.page(STORE, "pos", Question("", RowState.FAILED, "name"), after=cursor)


def test_products_of_a_state_are_told_by_their_causes(shop: Lists) -> None:
    shop.rows.put(STORE, failed_rows())

    assert shop.lists.causes(STORE, "pos", RowState.FAILED, 6) == Causes(
        {"": ("p-004",), "name": ("p-001", "p-003"), "name_taken": ("p-000", "p-002", "p-005")}
    )
    some = shop.lists.causes(STORE, "pos", RowState.FAILED, 4)
    assert some == Causes(
        {"": ("p-004",), "name": ("p-001", "p-003"), "name_taken": ("p-000",)}, more=True
    )
    assert shop.lists.causes(STORE, "web", RowState.FAILED, 4) == Causes({})


def test_rows_of_both_sides_are_found_at_once(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1), ViewRow("web", "812", "Oak chair")])

    found = shop.lists.named(STORE, [("pos", "p-001"), ("web", "812"), ("web", "gone")])

    assert {key: row.name for key, row in found.items()} == {
        ("pos", "p-001"): "Lamp 001",
        ("web", "812"): "Oak chair",
    }


def test_a_product_that_changes_its_state_changes_lists(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1)])
    shop.rows.put(STORE, [a_row(1, state=RowState.LINKED, other="812")])

    assert shop.walk(Question("", RowState.NOT_LINKED)) == [[]]
    assert shop.walk(Question("", RowState.LINKED)) == [["p-001"]]


def test_deleted_products_are_in_no_list_and_no_search(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1), a_row(2)])
    shop.rows.put(STORE, [a_row(1, deleted=True)])

    assert shop.walk(Question()) == [["p-002"]]
    assert shop.found("lamp") == ["p-002"]
    assert list(shop.lists.ids(STORE, "pos", Question())) == ["p-002"]


def test_a_product_without_a_name_is_listed_all_the_same(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1), ViewRow("pos", "p-2", "")])

    assert shop.walk(Question()) == [["p-001", "p-2"]]


def test_sides_and_stores_are_apart(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1), ViewRow("web", "812", "Lamp online")])
    shop.rows.put(OTHER, [a_row(3)])

    assert shop.found("lamp") == ["p-001"]
    assert shop.found("lamp", side="web") == ["812"]
    assert shop.walk(Question()) == [["p-001"]]


def test_what_waits_in_a_lane_comes_by_page_and_though_nobody_has_read_it(shop: Lists) -> None:
    shop.rows.put(STORE, some_rows(6))
    shop.wait([f"p-{n:03d}" for n in range(7)])

    found, after = [], ""
    while True:
        page = shop.lists.waiting(STORE, Lane.CONTENT, after=after, limit=3)
        found += [(row.id, row.name) for row in page.rows]
        after = page.after
        if not after:
            break
    expected = [(f"p-{n:03d}", f"Lamp {n:03d}") for n in range(6)]
    assert sorted(found) == [*expected, ("p-006", "")]
    assert shop.lists.waiting(STORE, Lane.BULK).rows == ()
