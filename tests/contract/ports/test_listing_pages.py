"""Pages of a list follow each other in its order, to and fro, whatever is written meanwhile."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.builders import STORE
from tests.contract.ports.listed import Lists, a_row, shop, some_rows
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState

__all__ = ["shop"]


def test_pages_follow_each_other_in_the_order_of_names_whatever_their_case(shop: Lists) -> None:
    names = [
        "oak chair",
        "Ash bench",
        "OAK STOOL",
        "beech table",
        "Élan lamp",
        "ash tray",
        "Oak chair",
    ]
    shop.rows.put(STORE, [a_row(number, name) for number, name in enumerate(names)])

    assert shop.walk(Question()) == [
        ["p-001", "p-005", "p-003"],
        ["p-004", "p-000", "p-006"],
        ["p-002"],
    ]


def test_pages_from_z_to_a_are_the_same_products_the_other_way_round(shop: Lists) -> None:
    shop.rows.put(STORE, some_rows(7))

    forwards = [each for page in shop.walk(Question()) for each in page]
    backwards = [each for page in shop.walk(Question(), backwards=True) for each in page]
    assert backwards == forwards[::-1]


@pytest.mark.parametrize("question", [Question(), Question("lamp"), Question("", RowState.FAILED)])
@pytest.mark.parametrize("count", [1, 3, 7, 9])
def test_going_back_shows_the_same_pages(shop: Lists, question: Question, count: int) -> None:
    rows = [replace(row, state=RowState.FAILED, code="x") for row in some_rows(count)]
    shop.rows.put(STORE, rows)

    forwards = shop.walk(question)
    assert shop.walk_back(question) == forwards[::-1]
    assert sum(map(len, forwards)) == count


def test_a_full_last_page_has_none_behind_it_and_the_first_none_before_it(shop: Lists) -> None:
    shop.rows.put(STORE, some_rows(6))

    first = shop.lists.page(STORE, "pos", Question(), limit=3)
    last = shop.lists.page(STORE, "pos", Question(), limit=3, after=first.after)
    assert (first.before, last.after) == ("", "")


def test_while_rows_are_renamed_no_other_is_missed_or_comes_twice(shop: Lists) -> None:
    chance = random.Random(7)
    rows = some_rows(40)
    shop.rows.put(STORE, rows)
    moving = {row.id for row in rows[::4]}
    for question in (Question(), Question("lamp")):
        found: list[str] = []
        for page in _pages(shop, question):
            found += [each for each in page if each not in moving]
            renamed = [
                replace(row, name=f"Lamp {chance.randrange(99):03d}b")
                for row in rows
                if row.id in moving
            ]
            shop.rows.put(STORE, renamed)
        assert sorted(found) == [row.id for row in rows if row.id not in moving]


def _pages(shop: Lists, question: Question) -> Iterator[list[str]]:
    after = ""
    while True:
        page = shop.lists.page(STORE, "pos", question, after=after, limit=4)
        yield [row.id for row in page.rows]
        after = page.after
        if not after:
            return
