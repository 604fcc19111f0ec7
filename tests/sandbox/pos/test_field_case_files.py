"""Files as people really sent them, each with its right end; read in place where they are."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.pos.files import read_product_files
from sandbox.pos.inputs import ProductInput
from sandbox.pos.loaded import Loaded


@pytest.fixture
def cases(repository: Path) -> Path:
    folder = repository.parent / "shared" / "data" / "field-cases"
    if not folder.exists():
        pytest.skip("the shared data is not here")
    return folder


def read(cases: Path, name: str) -> Loaded:
    loaded = read_product_files([cases / name])
    assert loaded.skipped_rows == []
    return loaded


def prices(products: list[ProductInput]) -> dict[str | None, Decimal]:
    return {product.id: product.price for product in products}


def test_woocommerces_export_has_its_prices_and_variants(cases: Path) -> None:
    loaded = read(cases, "01-woocommerce-export.csv")
    mug, tee = loaded.products
    assert (mug.price, mug.stock, mug.weight) == (
        Decimal("14.5"), {"o-main": Decimal(12)}, Decimal("0.4"),
    )  # fmt: skip
    assert len(mug.images) == 2
    assert (tee.sku, tee.price, tee.active, tee.department) == (
        "TEE",
        Decimal(25),
        False,
        "Clothing",
    )
    assert [(v.sku, v.price, v.stock["o-main"]) for v in tee.variants] == [
        ("TEE-S", Decimal(25), Decimal(4)), ("TEE-M", Decimal(25), Decimal(5)),
    ]  # fmt: skip
    assert "Sale price" in loaded.about[0]


def test_lightspeeds_export_is_two_products(cases: Path) -> None:
    tee, mug = read(cases, "03-xseries-export.csv").products
    assert (tee.id, tee.price, tee.brand, tee.vendor) == (
        "harbourtee",
        Decimal(25),
        "Quay",
        "Dock Ltd",
    )
    assert [v.option_values[0].value for v in tee.variants] == ["S", "M"]
    assert (mug.price, mug.cost, mug.stock) == (
        Decimal("14.5"),
        Decimal(6),
        {"o-main": Decimal(12)},
    )


def test_shopifys_present_template_is_read(cases: Path) -> None:
    (mug,) = read(cases, "04-shopify-new-template.csv").products
    assert (mug.id, mug.sku, mug.price, mug.cost) == (
        "harbour-mug",
        "MUG-1",
        Decimal("14.5"),
        Decimal(6),
    )
    assert (mug.brand, mug.weight, len(mug.images)) == ("Quay", Decimal("0.4"), 1)


def test_european_numbers_are_not_a_thousand_times_too_large(cases: Path) -> None:
    bolt, rope, outboard, anchor = read(cases, "05-european-numbers.csv").products
    assert (bolt.price, bolt.cost, bolt.weight) == (
        Decimal("0.125"), Decimal("0.05"), Decimal("0.012"),
    )  # fmt: skip
    assert (bolt.stock["o-main"], rope.stock["o-main"]) == (Decimal(1200), Decimal("12.5"))
    assert (rope.price, rope.weight) == (Decimal("2.375"), Decimal("0.25"))
    assert (outboard.price, anchor.price, anchor.weight) == (
        Decimal(1299),
        Decimal(1299),
        Decimal(15),
    )


def test_excels_line_above_the_header_is_not_the_header(cases: Path) -> None:
    loaded = read(cases, "06-excel-sep-line.csv")
    assert prices(loaded.products) == {"p1": Decimal("14.5")}
    assert loaded.lines == {"p1": 3}


def test_a_header_with_an_invisible_character_is_read(cases: Path) -> None:
    assert prices(read(cases, "16-header-invisible.csv").products) == {"p1": Decimal(5)}


@pytest.mark.parametrize(
    ("name", "products"),
    [
        ("08-entities-without-semicolon.csv", 5),
        ("09-invisible-characters.csv", 6),
        ("12-combined-text.csv", 11),
    ],
)
def test_texts_are_loaded_as_written_which_rules_then_judge(
    cases: Path, name: str, products: int
) -> None:
    loaded = read(cases, name)
    assert len(loaded.products) == products
    lines = (cases / name).read_text(encoding="utf-8").splitlines()[1:]
    assert [product.name for product in loaded.products] == [line.split(",")[1] for line in lines]
    assert loaded.about == []


def test_each_file_of_them_has_a_test_here(cases: Path) -> None:
    known = Path(__file__).read_text(encoding="utf-8")
    assert [path.name for path in cases.glob("*.csv") if path.name not in known] == []
