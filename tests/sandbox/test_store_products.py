"""`demo --import --store-products`: whatever departments a file has, the store is filled."""

from pathlib import Path

import pytest

from cli.demo.store_products import store_catalogue
from cli.demo.store_seeding import seed_store
from sandbox.bigcommerce.server.server import StoreServer

HEADER = "id,name,price,department,mpn,condition,bin_picking_number,type\n"


def _filled(tmp_path: Path, departments: list[str]) -> tuple[list[dict[str, object]], list[str]]:
    file = tmp_path / "products.csv"
    rows = (f"p{n},Lamp {n},5,{d},M{n},used,B{n},Digital\n" for n, d in enumerate(departments))
    file.write_text(HEADER + "".join(rows))
    catalogue = store_catalogue(file)
    with StoreServer() as server:
        seed_store(server, catalogue, lambda *_: None)
        assert catalogue.skipped == []
        return server.control.snapshot()["products"], catalogue.notes


def test_more_departments_than_a_call_takes(tmp_path: Path) -> None:
    products, _ = _filled(tmp_path, [f"Department {n}" for n in range(101)])
    assert len({str(each["categories"]) for each in products}) == 101


def test_a_department_that_no_category_can_be_called(tmp_path: Path) -> None:
    products, notes = _filled(tmp_path, ["D" * 51, "D" * 50])
    assert [bool(each["categories"]) for each in products] == [False, True]
    assert any("has 51 characters" in note for note in notes)


def test_departments_that_differ_in_case_are_one_category(tmp_path: Path) -> None:
    one, other = _filled(tmp_path, ["Lamps", "LAMPS"])[0]
    assert one["categories"] == other["categories"] != []


@pytest.mark.parametrize(
    ("field", "value"),
    [("mpn", "M0"), ("condition", "Used"), ("bin_picking_number", "B0"), ("type", "digital")],
)
def test_what_the_file_says_beside_names_and_prices_is_in_the_store(
    tmp_path: Path, field: str, value: str
) -> None:
    ((product,), _) = _filled(tmp_path, ["Lamps"])
    assert product[field] == value
