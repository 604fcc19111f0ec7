"""What ports.listing promises: every product is found, pages follow each other, a cursor is not trusted."""

import base64
import json
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.arrivals import arrivals
from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeListing
from tests.fakes.read_model import FakeReadModel
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.events import Event, changes
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.ports.listing import Causes, Listing
from tillbridge.ports.read_model import Views

OTHER = StoreId("inland")


@dataclass
class Lists:
    """Lists, what writes their rows, and what makes products wait in the lane `content`."""

    lists: Listing
    rows: Views
    wait: Callable[[list[str]], None]

    def walk(
        self, question: Question, *, limit: int = 3, backwards: bool = False
    ) -> list[list[str]]:
        """Return the ids of every page, from the first to the last."""
        pages, after = [], ""
        while True:
            page = self.lists.page(
                STORE, "pos", question, after=after, limit=limit, backwards=backwards
            )
            pages.append([row.id for row in page.rows])
            after = page.after
            if not after:
                return pages

    def walk_back(self, question: Question, *, limit: int = 3) -> list[list[str]]:
        """Return the ids of every page, from the last to the first."""
        after, before = "", ""
        while True:
            page = self.lists.page(STORE, "pos", question, after=after, limit=limit)
            if not page.after:
                break
            after = page.after
        pages = [[row.id for row in page.rows]]
        before = page.before
        while before:
            page = self.lists.page(STORE, "pos", question, before=before, limit=limit)
            pages.append([row.id for row in page.rows])
            before = page.before
        return pages

    def found(self, text: str, state: RowState | None = None, side: str = "pos") -> list[str]:
        """Return the ids that a search finds, all of them."""
        found, after = [], ""
        while True:
            page = self.lists.page(STORE, side, Question(text, state), after=after)
            found += [row.id for row in page.rows]
            after = page.after
            if not after:
                return found


@pytest.fixture(params=["fake", "dynamodb"])
def shop(request: pytest.FixtureRequest) -> Lists:
    if request.param == "fake":
        rows = FakeReadModel()
        lists = FakeListing(rows)
        return Lists(lists, rows, lambda ids: lists.waits.update({Lane.CONTENT: ids}))
    client, make = (request.getfixturevalue(each) for each in ("dynamodb", "make_table"))
    table, pending_table = make("ReadModelTable"), make("PendingTable")
    pending = DynamoPending(client, pending_table)

    def wait(ids: list[str]) -> None:
        named = tuple((PosProductId(each), 1) for each in ids)
        event = Event("e", STORE, "product.saved", 1, named)
        pending.mark(changes(event, arrivals(FakeClock())))

    return Lists(DynamoListing(client, table, pending_table), DynamoReadModel(client, table), wait)


def a_row(number: int, name: str = "", **more: Any) -> ViewRow:
    return replace(ViewRow("pos", f"p-{number:03d}", name or f"Lamp {number:03d}"), **more)


def some_rows(count: int) -> list[ViewRow]:
    return [a_row(number) for number in range(count)]


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


def failed_rows() -> list[ViewRow]:
    """Return failed products of two causes, of which one is the beginning of the other, and of none."""
    codes = ("name_taken", "name", "name_taken", "name", "", "name_taken")
    return [
        a_row(number, state=RowState.FAILED, code=code, skus=(f"SKU-{number}",))
        for number, code in enumerate(codes)
    ]


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


def test_a_search_finds_by_word_sku_number_barcode_and_id(shop: Lists) -> None:
    chair = a_row(
        1,
        "Oak Chair, &amp; cushion",
        sku="CH-1",
        skus=("CH-1", "CH-1-RED"),
        product_number="0077",
        barcodes=("4006381333931",),
    )
    shop.rows.put(STORE, [chair, a_row(2, "Rope")])

    for text in (
        "oak",
        "OAK CH",
        "chair,",
        "& cush",
        "cushion",
        "ch-1-r",
        "0077",
        "40063",
        "P-001",
    ):
        assert shop.found(text) == ["p-001"], text
    for text in ("hair", "oak  ch", "1-red", "77", "zzz"):
        assert shop.found(text) == [], text


def test_a_search_shows_a_product_once_though_many_of_its_terms_fit(shop: Lists) -> None:
    shop.rows.put(
        STORE, [a_row(n, f"Lamp lamp lamp {n}", skus=(f"LAMP-{n}", f"LAMPS-{n}")) for n in range(9)]
    )

    found = shop.found("lamp")
    assert sorted(found) == [f"p-{n:03d}" for n in range(9)]


def test_a_renamed_product_is_found_by_its_new_name_alone(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1, "Oak chair")])
    shop.rows.put(STORE, [a_row(1, "Ash chair")])

    assert shop.found("oak") == []
    assert shop.found("ash") == shop.found("chair") == ["p-001"]


def test_a_removed_product_is_found_no_more(shop: Lists) -> None:
    shop.rows.put(STORE, [ViewRow("web", "812", "Oak chair"), ViewRow("web", "813", "Oak desk")])
    shop.rows.remove(STORE, "web", ["812"])

    assert shop.found("oak", side="web") == ["813"]


def test_a_search_may_be_of_one_state(shop: Lists) -> None:
    shop.rows.put(STORE, [a_row(1), a_row(2, state=RowState.LINKED), a_row(3)])

    assert shop.found("lamp", RowState.LINKED) == ["p-002"]


def test_a_long_text_finds_only_what_goes_on_like_it(shop: Lists) -> None:
    long = "Lamp of " + "very " * 20
    shop.rows.put(STORE, [a_row(1, f"{long}old oak"), a_row(2, f"{long}new oak")])

    assert shop.found(f"{long}old") == ["p-001"]


def test_every_id_that_fits_comes_once(shop: Lists) -> None:
    shop.rows.put(STORE, some_rows(130))

    everyone = [f"p-{n:03d}" for n in range(130)]
    assert sorted(shop.lists.ids(STORE, "pos", Question())) == everyone
    assert sorted(shop.lists.ids(STORE, "pos", Question("lamp"))) == everyone
    assert list(shop.lists.ids(STORE, "pos", Question("", RowState.LINKED))) == []


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


_WORDS = st.text("aäbß #&\u0301-.Z", min_size=1, max_size=9)


@given(
    name=st.lists(_WORDS, min_size=1, max_size=8).map(" ".join),
    codes=st.lists(_WORDS, max_size=3, unique=True),
    barcode=_WORDS,
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_product_is_found_by_all_it_is_known_by(
    shop: Lists, name: str, codes: list[str], barcode: str
) -> None:
    row = ViewRow("pos", "p-1", name, skus=tuple(codes), barcodes=(barcode,))
    shop.rows.put(STORE, [row, a_row(2, "Rope")])
    words = name.split()
    begins = [" ".join(words[place:]) for place in range(min(len(words), 8))]
    asked = [text for text in (*codes, barcode, row.id) if text.strip()]
    if "  " not in name:
        asked += begins
    for text in asked:
        assert "p-1" in shop.found(text), text
