"""A cursor is not trusted: one that says nothing is refused, one that was forged leads nowhere else."""

import base64
import json
from contextlib import suppress
from dataclasses import replace
from itertools import product

import pytest

from tests.builders import STORE
from tests.contract.ports.listed import OTHER, Lists, shop, some_rows
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.lanes import Lane
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState

__all__ = ["shop"]


GARBAGE = ("x", "%", "e30", "bnVsbA", "WzEsMiwzXQ", "\u00e9", "A" * 9_000, "====", "ÿ")


@pytest.mark.parametrize("cursor", GARBAGE)
def test_a_cursor_that_says_nothing_is_refused(shop: Lists, cursor: str) -> None:
    for question in (Question(), Question("lamp"), Question("", RowState.LINKED)):
        for named in ("after", "before"):
            with pytest.raises(BadCursor):
                shop.lists.page(STORE, "pos", question, **{named: cursor})  # type: ignore[arg-type]  # either
    with pytest.raises(BadCursor):
        shop.lists.waiting(STORE, Lane.CONTENT, after=cursor)


def _forged(cursor: str, order: str, row: str) -> str:
    """Return the cursor of a list, made to name another place in it."""
    named, _, _ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    packed = json.dumps([named, order, row]).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


NOWHERE = ("", "\ud800", "x" * 1_025, "\U0001faa2" * 257, "zz", "a", "\0")


@pytest.mark.parametrize("shop", ["dynamodb"], indirect=True)
@pytest.mark.parametrize("order", NOWHERE, ids=range(len(NOWHERE)))
def test_a_cursor_that_names_any_place_leads_there_or_is_refused(shop: Lists, order: str) -> None:
    shop.rows.put(STORE, some_rows(3))
    shop.wait([f"p-{n:03d}" for n in range(3)])
    caused = [replace(each, code="odd", state=RowState.FAILED) for each in some_rows(9)[3:]]
    shop.rows.put(STORE, caused)
    questions = (
        Question(),
        Question("lamp"),
        Question("", RowState.NOT_LINKED),
        Question("", RowState.FAILED, "odd"),
    )
    for row, question in product(NOWHERE, questions):
        cursor = _forged(shop.lists.page(STORE, "pos", question, limit=1).after, order, row)
        for named in ("after", "before"):
            with suppress(BadCursor):
                shop.lists.page(STORE, "pos", question, **{named: cursor})  # type: ignore[arg-type]  # either
    for row in NOWHERE:
        cursor = _forged(shop.lists.waiting(STORE, Lane.CONTENT, limit=1).after, order, row)
        with suppress(BadCursor):
            shop.lists.waiting(STORE, Lane.CONTENT, after=cursor)


def test_a_cursor_of_another_list_is_refused(shop: Lists) -> None:
    shop.rows.put(STORE, some_rows(3))
    cursor = shop.lists.page(STORE, "pos", Question(), limit=1).after
    assert cursor

    for store, side, question in (
        (OTHER, "pos", Question()),
        (STORE, "web", Question()),
        (STORE, "pos", Question("lamp")),
        (STORE, "pos", Question("", RowState.LINKED)),
    ):
        with pytest.raises(BadCursor):
            shop.lists.page(store, side, question, after=cursor)
