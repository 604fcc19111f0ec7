"""A missing price is never taken for 0."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.pos.files import read_product_files
from sandbox.pos.loaded import UnknownShape
from tests.sandbox.pos.exports import load, reasons


def test_a_file_without_a_price_is_no_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,stock\na,Lamp,4\n")
    with pytest.raises(UnknownShape, match="no column for the price"):
        read_product_files([path])


def test_a_blank_price_is_the_products_or_the_row_is_left_out() -> None:
    header = "id,name,option1_name,option1_value,price\n"
    loaded = load(header, "a,Tee,Size,S,9", "a,,,M,", "b,Cap,Size,S,", "b,,,M,8", "c,Mug,,,")
    assert [(p.id, p.price, [v.price for v in p.variants]) for p in loaded.products] == [
        ("a", Decimal(9), [Decimal(9), None]), ("b", Decimal(8), [Decimal(8)]),
    ]  # fmt: skip
    words = "price is blank, and a missing price is not taken for 0"
    assert reasons(loaded) == [(4, words), (6, words)]


def test_the_products_price_is_that_of_its_first_row_even_if_that_row_is_left_out() -> None:
    header = "id,name,option1_name,option1_value,price,stock\n"
    loaded = load(header, "a,Tee,Size,S,9,some", "a,,,M,,4", "b,Cap,Size,S,x,", "b,,,M,,4")
    assert [(product.id, product.price) for product in loaded.products] == [("a", Decimal(9))]
    assert [row for row, _ in reasons(loaded)] == [2, 4, 5]
