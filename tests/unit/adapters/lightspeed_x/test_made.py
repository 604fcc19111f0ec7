"""What we made is found by its own SKU and name, and nothing else is taken for it."""

from tests.unit.adapters.lightspeed_x.rows import a_row, calls_on, page
from tillbridge.adapters.lightspeed_x.made import with_name, with_sku


def test_a_row_that_was_not_asked_for_is_not_ours() -> None:
    calls, _, _ = calls_on(page(a_row(1, sku="OTHER"), a_row(2, sku="p0000019")))
    found = with_sku(calls, "P0000019")
    assert found is not None
    assert found.sku == "p0000019"


def test_a_look_up_that_is_ignored_finds_nothing() -> None:
    calls, _, _ = calls_on(page(a_row(1, sku="OTHER"), a_row(2, sku="ANOTHER")))
    assert with_sku(calls, "P0000019") is None
    calls, _, _ = calls_on(page(a_row(1, name="Table")))
    assert with_name(calls, "Lamp") is None
