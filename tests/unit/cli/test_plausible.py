"""Files, imports and pushes are looked over before they take effect."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cli.demo.input import read_input
from cli.sides import plausible
from tests.builders import STORE, a_connection, a_link, a_product, some_stock
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.web_product import WebProduct


def web(number: int, price: str = "12.50", description: str = "A lantern") -> WebProduct:
    return WebProduct(
        StoreProductId(number),
        f"Lantern {number}",
        description=description,
        price=Decimal(price),
        tracking="product",
        level=4,
    )


def test_a_demo_says_what_its_file_lacks(tmp_path: Path) -> None:
    rows = [f"p-{n},Mug {n},{'' if n < 4 else 'A mug'},10,5" for n in range(10)]
    file = tmp_path / "shop.csv"
    file.write_text("\n".join(["id,name,description,price,stock", *rows]))
    assert read_input([file], None).notes == []  # four products are too few to speak of
    file.write_text(file.read_text().replace("p-4,Mug 4,A mug", "p-4,Mug 4,"))
    (note,) = read_input([file], None).notes
    assert note == (
        "Worth a look first: 5 of 10 new products have no description (more than 25 %)."
    )


def test_the_projects_own_catalogue_needs_no_note() -> None:
    assert read_input([], None).notes == []


def test_an_import_that_would_bring_products_without_a_price_says_so() -> None:
    every = [web(n, price="0" if n < 6 else "5") for n in range(10)]
    assert "6 of 10 new products have no price" in plausible.about_imports(every)


def test_a_push_is_compared_with_what_is_online(monkeypatch: pytest.MonkeyPatch) -> None:
    stock = (some_stock(4),)
    records = [
        a_product(f"p-{n}", price=Decimal(1250), stock=stock, description="A lantern")
        for n in range(9)
    ]
    links = {PosProductId(f"p-{n}"): a_link(f"p-{n}", id=StoreProductId(n)) for n in range(8)}
    asked: list[tuple[Any, ...]] = []

    def online(target: object, store: object, ask: Any) -> list[WebProduct]:
        asked.append(ask.ids)
        return [web(number) for number in ask.ids]

    for name, gives in (
        ("connection_of", a_connection()),
        ("every_link", links),
        ("pos_records", records),
    ):
        monkeypatch.setattr(plausible, name, lambda *_, gives=gives: gives)
    monkeypatch.setattr(plausible, "web_products", online)
    target: Any = None
    chosen = [f"p-{n}" for n in range(1, 9)]
    note = plausible.about_push(target, STORE, chosen)
    assert "the price of 7 of 7 products would be 10 times what it is or more" in note
    assert sorted(asked[0]) == list(range(1, 8))
