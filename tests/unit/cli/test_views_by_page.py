"""The views by page: full pages whatever the filter, readable at 80 columns."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from rich.console import Console

from cli.screen import view_table
from cli.screen.view_table import print_page
from cli.sides.view_choices import Side, Status
from cli.sides.views import A_READ, Page, page, row_of
from tests.builders import a_connection, a_link
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.money_words import money
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.imports import Outcome

SHOP = StoreId("shop")


class Shelf:
    """A target whose read model has `count` products, every fiftieth of them a lamp, and no
    links."""

    def __init__(self, count: int) -> None:
        self._rows = [
            ViewRow("pos", f"p-{n:04}", f"Lamp {n}" if n % 50 == 0 else f"Rope {n}")
            for n in range(count)
        ]

    read_model = links = pending = stores = property(lambda self: self)

    def find(self, store: str) -> Connection:
        return a_connection(store)

    def rows(self, _store: str, _side: str, *, after: str, limit: int) -> tuple[list[ViewRow], str]:
        found = [row for row in self._rows if row.id > after]
        return found[:limit], found[limit - 1].id if len(found) > limit else ""

    def get(self, _store: str, _ids: Sequence[str]) -> Mapping[str, Any]:
        return {}

    def of(self, *_: object) -> Iterator[Any]:
        return iter(())


def test_a_page_is_full_though_few_of_the_rows_read_fit() -> None:
    shelf: Any = Shelf(5 * A_READ)
    found = page(shelf, SHOP, Side.POS, text="lamp", limit=7)
    assert [row["name"] for row in found.rows] == [f"Lamp {n}" for n in range(0, 350, 50)]
    assert found.after == "p-0300"


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    shelf: Any = Shelf(3 * A_READ + 1)
    names, after = [], ""
    while True:
        found = page(shelf, SHOP, Side.POS, limit=70, after=after)
        names += [row["name"] for row in found.rows]
        after = found.after
        if not after:
            break
    assert names == [row["name"] for row in page(shelf, SHOP, Side.POS).rows]
    assert len(names) == 3 * A_READ + 1


def test_a_status_that_nothing_has_ends_in_an_empty_page() -> None:
    shelf: Any = Shelf(10)
    assert page(shelf, SHOP, Side.POS, status=Status.FAILED, limit=5) == Page([])


def test_a_product_deleted_in_the_pos_is_listed_no_more() -> None:
    shelf: Any = Shelf(0)
    shelf._rows = [ViewRow("pos", "p-1", "Lamp", deleted=True), ViewRow("pos", "p-2", "Rope")]
    assert [row["id"] for row in page(shelf, SHOP, Side.POS).rows] == ["p-2"]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Return what is printed on a terminal of 80 columns."""
    out = io.StringIO()
    monkeypatch.setattr(view_table, "console", Console(file=out, width=80))
    return out


def test_at_80_columns_a_product_is_one_line_and_its_words_stand_below(
    printed: io.StringIO,
) -> None:
    row = row_of(
        ViewRow("pos", "p-1012", "Wool Throw", "THROW-PLUM", "WT-9", "74.00", "4"),
        None,
        pending=False,
    )
    told = {**row, "status": "failed", "words": "BigCommerce takes a name only once. " * 6}
    print_page(Page([row, told], "p-1012"), Side.POS)
    lines = printed.getvalue().splitlines()
    assert sum("THROW-PLUM" in line and "74.00" in line for line in lines) == 2
    assert len(lines) < 20
    assert lines[-1] == "There are more. Add --after p-1012 to the same command to see them."


def test_a_very_long_name_does_not_fill_the_screen(printed: io.StringIO) -> None:
    row = row_of(ViewRow("pos", "p-1", "Platter " * 40), None, pending=False)
    print_page(Page([row]), Side.POS)
    assert len(printed.getvalue().splitlines()) < 8


def test_a_web_product_that_an_import_left_out_says_why_until_it_is_linked() -> None:
    copied = ViewRow("web", "812", "Oak chair")
    why = Outcome(StoreProductId(812), "refused", "The POS refused 'Oak chair': no price.")
    row = row_of(copied, None, why, pending=False)
    assert (row["status"], row["code"], row["words"]) == ("not-linked", why.kind, why.words)
    linked = row_of(copied, a_link(), why, pending=False)
    assert (linked["status"], linked["code"], linked["words"]) == ("linked", "", "")


@pytest.mark.parametrize(
    ("answered", "shown"),
    [("14.5", "14.50"), ("28", "28.00"), ("0.0125", "0.0125"), ("7.40", "7.40"), ("", "")],
)
def test_a_price_shows_its_cents(answered: str, shown: str) -> None:
    assert money(answered) == shown
