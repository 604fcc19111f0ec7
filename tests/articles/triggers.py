"""The nine things at which the Retail POS pushes, each done to one product."""

from collections.abc import Callable

from sandbox.pos.cloud import PosCloud
from sandbox.pos.inputs import ProductInput
from tests.articles.shelf import Json

type Trigger = Callable[[PosCloud, Json], object]
"""Applies it to a unit: {product_id, variant_id?}."""


def _is_saved(pos: PosCloud, unit: Json) -> object:
    before = pos.catalogue.get(unit["product_id"])
    return pos.save_product(before.id, price=before.price + 1)


def _is_imported(pos: PosCloud, unit: Json) -> object:
    row = ProductInput.model_validate({"id": unit["product_id"], "cost": "2.50"})
    return pos.import_products([row], "new-costs.csv", rows=1)


def _is_sold(pos: PosCloud, unit: Json) -> object:
    return pos.sell([{**unit, "quantity": 1}])


def _is_refunded(pos: PosCloud, unit: Json) -> object:
    return pos.refund([{**unit, "quantity": 1}])


def _is_exchanged(pos: PosCloud, unit: Json) -> object:
    return pos.exchange([{**unit, "quantity": 1}], [{**unit, "quantity": 2}])


def _is_counted(pos: PosCloud, unit: Json) -> object:
    return pos.inventory_count([{**unit, "counted": 11}])


def _is_ordered(pos: PosCloud, unit: Json) -> object:
    return pos.stock_order([{**unit, "received": 6}])


def _is_transferred(pos: PosCloud, unit: Json) -> object:
    return pos.stock_transfer([{**unit, "quantity": 1}])


def _is_adjusted(pos: PosCloud, unit: Json) -> object:
    return pos.stock_adjustment([{**unit, "delta": -2}], reason="DAMAGED")


TRIGGERS: dict[str, Trigger] = {
    "product.saved": _is_saved,
    "product.imported": _is_imported,
    "sale.completed": _is_sold,
    "refund.completed": _is_refunded,
    "exchange.completed": _is_exchanged,
    "inventory_count.completed": _is_counted,
    "stock_order.completed": _is_ordered,
    "stock_transfer.completed": _is_transferred,
    "stock_adjustment.completed": _is_adjusted,
}
