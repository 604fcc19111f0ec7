"""Rows that are found by the same have the same search terms, whatever else of them differs."""

from dataclasses import fields, replace
from typing import Any

import pytest

from tillbridge.domain.search_terms import found_by, terms_of
from tillbridge.domain.view_rows import RowState, ViewRow

ROW = ViewRow("pos", "p-1", "Lamp", sku="L-1", product_number="77", barcodes=("12",))
OTHERS: dict[type, Any] = {
    str: "other",
    int: 7,
    bool: True,
    tuple: ("other",),
    RowState: RowState.FAILED,
}


@pytest.mark.parametrize("name", [field.name for field in fields(ViewRow) if field.compare])
def test_a_row_whose_terms_change_is_found_by_something_else(name: str) -> None:
    other = replace(ROW, **{name: OTHERS[type(getattr(ROW, name))]})
    assert other != ROW
    assert (found_by(other) == found_by(ROW)) == (terms_of(other) == terms_of(ROW))
