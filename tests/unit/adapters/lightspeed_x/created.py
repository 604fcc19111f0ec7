"""Products to create in X-Series, and what it then says of them."""

from dataclasses import replace
from typing import Any

from tests.lightspeed_imports import LAMP, CatalogueLab
from tillbridge.domain.new_product import CreatedRecord, NewProduct
from tillbridge.ports.pos_catalogue import ReadBack

PLAIN = replace(LAMP, brand="")


def placed(lab: CatalogueLab, product: NewProduct) -> NewProduct:
    catalogue = lab.catalogue()
    return replace(
        product,
        department_id=catalogue.ensure_department("Lighting"),
        vendor_id=catalogue.ensure_vendor("No Vendor"),
    )


def create(lab: CatalogueLab, product: NewProduct, *, again: bool = False) -> CreatedRecord:
    return lab.catalogue().create(placed(lab, product), again=again)


def read_back(lab: CatalogueLab, product: NewProduct) -> ReadBack:
    catalogue = lab.catalogue()
    made = catalogue.create(placed(lab, product), again=False)
    return catalogue.read_back([made])[made.id]


def numbered(product: NewProduct, number: int) -> NewProduct:
    return replace(
        product,
        name=f"Lamp {number}",
        sku=f"P{number:06}",
        external_id=f"hash/{number}",
        upc="",
        gtin="",
    )


def row_of(lab: CatalogueLab, made: str) -> dict[str, Any]:
    """Return the row as X-Series itself tells it."""
    address = "https://lantern.lightspeed.example/api/2026-07/products/"
    headers = {"Authorization": f"Bearer {lab.account.config.token}"}
    row: dict[str, Any] = lab.http.get(address + made, headers=headers).json()["data"]
    return row
