"""The views by page: full pages whatever the filter, readable at 80 columns."""

import io
from collections.abc import Iterable
from typing import Any

import pytest
from rich.console import Console

from cli.cannot_run import CannotRun
from cli.screen import view_table
from cli.screen.console import errors
from cli.screen.view_table import print_page
from cli.sides.view_choices import Side, Status
from cli.sides.views import A_READ, Page, page, row_of
from tests.builders import STORE, a_connection
from tests.fakes.console import FakeListing
from tests.fakes.links import FakeLinks
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.stores import FakeStores
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.money_words import money
from tillbridge.domain.pending import of_our_own
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.usecases.console.list_products import Shown


class Shelf:
    """A deployment in memory with one store; `rows` are listed, nothing is linked in truth."""

    def __init__(self, rows: Iterable[ViewRow]) -> None:
        self.read_model = FakeReadModel()
        self.read_model.put(STORE, rows)
        self.listing = FakeListing(self.read_model)
        self.links, self.pending, self.stores = (
            FakeLinks(),
            FakePending(),
            FakeStores([a_connection()]),
        )

    def waits(self, lane: Lane, *ids: str) -> None:
        now = 1_000
        self.listing.waits[lane] = ids
        self.pending.mark(
            of_our_own(STORE, lane, PosProductId(each), now, "import") for each in ids
        )


def some_rows(count: int) -> list[ViewRow]:
    return [
        ViewRow("pos", f"p-{n:04}", f"Lamp {n:04}", state=RowState.LINKED) for n in range(count)
    ]


def shown(shelf: Shelf, **asked: Any) -> Page:
    target: Any = shelf
    return page(target, STORE, asked.pop("side", Side.POS), **asked)


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    shelf = Shelf(some_rows(2 * A_READ + 1))
    names, after = [], ""
    while True:
        found = shown(shelf, limit=70, after=after)
        names += [row["name"] for row in found.rows]
        after = found.after
        if not after:
            break
    assert names == [row["name"] for row in shown(shelf).rows]
    assert len(names) == 2 * A_READ + 1


def test_a_page_is_full_though_some_of_the_rows_that_are_read_wait() -> None:
    shelf = Shelf(some_rows(30))
    shelf.waits(Lane.CONTENT, *(f"p-{n:04}" for n in range(8)))
    found = shown(shelf, status=Status.LINKED, limit=7)
    assert [row["id"] for row in found.rows] == [f"p-{n:04}" for n in range(8, 15)]


def test_what_waits_comes_lane_by_lane_and_once() -> None:
    shelf = Shelf(some_rows(5))
    shelf.waits(Lane.STOCK, "p-0001")
    shelf.waits(Lane.CONTENT, "p-0001", "p-0002", "p-0003")
    ids, after = [], ""
    while True:
        found = shown(shelf, status=Status.PENDING, limit=1, after=after)
        ids += [row["id"] for row in found.rows]
        assert all(row["status"] == "pending" for row in found.rows)
        after = found.after
        if not after:
            break
    assert ids == ["p-0001", "p-0002", "p-0003"]


def test_what_waits_is_pending_in_the_web_view_too() -> None:
    shelf = Shelf(
        [
            ViewRow("pos", "p-1", "Lamp", state=RowState.LINKED, other="812"),
            ViewRow("web", "812", "Lamp", state=RowState.LINKED, other="p-1"),
            ViewRow("web", "813", "Rope"),
        ]
    )
    shelf.waits(Lane.ASKED, "p-1")
    rows = shown(shelf, side=Side.WEB).rows
    assert [(row["id"], row["status"]) for row in rows] == [
        ("812", "pending"),
        ("813", "not-linked"),
    ]
    assert [row["id"] for row in shown(shelf, side=Side.WEB, status=Status.PENDING).rows] == ["812"]


def test_a_status_that_nothing_has_ends_in_an_empty_page() -> None:
    assert shown(Shelf(some_rows(10)), status=Status.FAILED, limit=5) == Page([], compared=False)


@pytest.mark.parametrize("status", [None, Status.PENDING, Status.FAILED])
def test_a_place_that_is_in_no_list_is_refused(status: Status | None) -> None:
    for place in ("p-0003", "stock.nonsense", "nonsense."):
        with pytest.raises(CannotRun, match="--after takes what the page before said"):
            shown(Shelf(some_rows(5)), status=status, after=place)


def test_a_failed_product_says_why_and_which_one_it_would_be() -> None:
    failed = ViewRow(
        "pos",
        "p-1",
        "Oak chair",
        state=RowState.FAILED,
        code="name_taken",
        words="BigCommerce has the name.",
        notes=("A note.",),
        holder="812",
    )
    row = row_of(Shown(failed))
    assert (row["status"], row["code"]) == ("failed", "name_taken")
    link = "`tillbridge link p-1` links it to #812."
    assert row["words"] == ["BigCommerce has the name.", link, "A note."]
    assert (row["bigcommerce_id"], row["pos_id"]) == (None, "p-1")


def test_a_linked_product_names_both_its_ids_in_both_views() -> None:
    pos = row_of(Shown(ViewRow("pos", "p-1", "Lamp", state=RowState.LINKED, other="812")))
    web = row_of(Shown(ViewRow("web", "812", "Lamp", state=RowState.LINKED, other="p-1")))
    assert [(r["bigcommerce_id"], r["pos_id"]) for r in (pos, web)] == [(812, "p-1")] * 2


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Return what is printed on a terminal of 80 columns."""
    out = io.StringIO()
    monkeypatch.setattr(view_table, "console", Console(file=out, width=80))
    return out


def test_at_80_columns_a_product_is_one_line_and_its_words_stand_below(
    printed: io.StringIO,
) -> None:
    row = row_of(Shown(ViewRow("pos", "p-1012", "Wool Throw", "THROW-PLUM", "WT-9", "74.00", "4")))
    told = row.copy()
    told["status"], told["words"] = "failed", ["BigCommerce takes a name only once."] * 6
    print_page(Page([row, told], "p-1012"), Side.POS)
    lines = printed.getvalue().splitlines()
    assert sum("THROW-PLUM" in line and "74.00" in line for line in lines) == 2
    assert len(lines) < 20
    assert lines[-1] == "There are more. Add --after p-1012 to the same command to see them."


def test_a_very_long_name_does_not_fill_the_screen(printed: io.StringIO) -> None:
    row = row_of(Shown(ViewRow("pos", "p-1", "Platter " * 40)))
    print_page(Page([row]), Side.POS)
    assert len(printed.getvalue().splitlines()) < 8


def test_a_web_product_that_an_import_left_out_says_why() -> None:
    left = ViewRow(
        "web", "812", "Oak chair", state=RowState.LEFT_OUT, code="refused", words="No price."
    )
    row = row_of(Shown(left))
    assert (row["status"], row["code"], row["words"]) == ("left-out", "refused", ["No price."])
    assert row["pos_id"] is None


@pytest.mark.parametrize(
    ("answered", "told"),
    [("14.5", "14.50"), ("28", "28.00"), ("0.0125", "0.0125"), ("7.40", "7.40"), ("", "")],
)
def test_a_price_shows_its_cents(answered: str, told: str) -> None:
    assert money(answered) == told


def test_a_list_that_no_comparison_has_filled_says_what_reads_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(errors, "print", lambda words, **_: told.append(words))
    shelf = Shelf(some_rows(2))
    print_page(shown(shelf), Side.POS)
    shelf.stores.compared[STORE] = 1_000
    print_page(shown(shelf), Side.POS)
    assert len(told) == 1
    assert "`tillbridge reconcile --full` reads the rest" in told[0]
