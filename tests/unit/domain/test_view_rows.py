"""A product has a row in the views, however long anything of it is."""

from dataclasses import asdict

import pytest

from tests.builders import a_jumper, a_product
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.row_composing import pos_row, web_row
from tillbridge.domain.versions import version_of
from tillbridge.domain.view_rows import ViewRow
from tillbridge.domain.web_product import WebProduct

HUGE = "🪢" * 500_000
ITEM_BYTES = 400 * 1_024


def size(row: ViewRow) -> int:
    """Return the bytes of all texts of a row, its name twice: a table keeps a key of it too."""
    values = asdict(row)
    return sum(len(str(value).encode()) for value in (*values.values(), values["name"]))


@pytest.mark.parametrize(
    "huge", [{"name": HUGE}, {"sku": HUGE}, {"product_number": HUGE}, {"images": (HUGE,)}]
)
def test_a_pos_product_of_any_length_fits_a_table(huge: dict[str, str]) -> None:
    assert size(pos_row(a_product(**huge), Settings())) < ITEM_BYTES


def test_the_skus_of_many_variants_fit_a_table() -> None:
    many = a_jumper(*(f"{n}-{'x' * 60}" for n in range(9_000)))
    row = pos_row(many, Settings())
    assert size(row) < ITEM_BYTES
    assert row.skus == many.skus[: len(row.skus)]
    assert len(row.skus) > 600


def test_a_web_product_of_any_length_fits_a_table() -> None:
    web = WebProduct(StoreProductId(8), HUGE, sku=HUGE, thumbnail=HUGE)
    assert size(web_row(web)) < ITEM_BYTES


def test_a_row_shows_what_is_of_ordinary_length() -> None:
    row = pos_row(a_product(name="N" * 250, images=("https://pos/a.jpg",)), Settings())
    assert (row.name, row.image) == ("N" * 250, "https://pos/a.jpg")


def test_the_stock_of_a_row_is_what_is_left_to_sell() -> None:
    small, _ = a_jumper().variants
    assert pos_row(a_jumper(), Settings(), {small.id: 2}).stock == "2"


def test_a_version_that_changes_nothing_listed_changes_no_row() -> None:
    once, again = a_product(version=7), a_product(version=version_of(2, 9))
    assert pos_row(once, Settings()) == pos_row(again, Settings())
