"""A web order is no drift, and no repair puts what the web has sold on sale again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.order_house import LEDGER, OrderHouse, a_mug, a_shirt
from tests.reconcile_house import ReconcileHouse
from tillbridge.domain.connection import Settings
from tillbridge.usecases.reconcile.repair import REPAIRS


class Both(OrderHouse, ReconcileHouse):
    """A house whose orders are read and whose sides are compared."""


@pytest.fixture
def house() -> Iterator[Both]:
    with Both(replace(LEDGER, reconcile_mode=REPAIRS)) as house:
        house.has_linked(a_mug(5), a_shirt(S=4, M=4))
        house.hook(house.buys("p-mug", 2), house.buys("p-shirt", 1, "v-S"))
        house.settle()
        yield house


def test_an_order_that_the_pos_has_not_booked_is_no_drift(house: Both) -> None:
    assert house.reconcile().drift == 0
    assert house.offered("p-mug") == 3


def test_the_pos_view_lists_what_may_be_sold(house: Both) -> None:
    house.reconcile()
    rows = {row.name: row.stock for row in house.listed("pos")}
    assert (rows["Mug"], rows["Shirt"]) == ("3", "7")


def test_a_level_that_somebody_set_is_put_right_to_what_is_left(house: Both) -> None:
    item = {"location_id": 1, "product_id": house.link("p-mug").id, "quantity": 50}
    house.call("PUT", "/inventory/adjustments/absolute", {"items": [item]})
    house.control.settle()
    assert house.reconcile().drift == 1
    house.settle()
    assert house.offered("p-mug") == 3
    assert house.reconcile().drift == 0


def test_a_repair_knows_an_order_that_came_after_it_was_found(house: Both) -> None:
    item = {"location_id": 1, "product_id": house.link("p-mug").id, "quantity": 50}
    house.call("PUT", "/inventory/adjustments/absolute", {"items": [item]})
    house.control.settle()
    house.reconcile()
    house.clock.sleep(3)
    house.buys("p-mug", 1)
    house.settle()
    assert house.offered("p-mug") == 2


def test_where_no_orders_are_read_a_web_order_is_drift(house: Both) -> None:
    house.change(settings=Settings())
    assert house.reconcile().drift == 2
