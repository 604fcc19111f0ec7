"""Whatever shoppers and staff do, no unit appears or vanishes, and no level falls below zero."""

import contextlib
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.bigcommerce.lab import shop
from sandbox.bigcommerce.lab.seeding import seed_products
from sandbox.bigcommerce.lab.snapshot import orders_with_lines
from sandbox.bigcommerce.orders.stock import level_of
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.bigcommerce.state.store import Store

BEGAN_WITH = 12

Order = dict[str, Any]
Step = tuple[int, int, int]


def buy(store: Store, _order: Order, units: int) -> None:
    shop.pay(store, {"lines": [{"product_id": 1, "quantity": units}]}, {})


def write_by_hand(store: Store, _order: Order, units: int) -> None:
    lines = [{"product_id": 1, "quantity": units * 3}]
    shop.place(store, {"lines": lines, "source": "manual", "status_id": units % 3 * 5 + 1}, {})


def ship(store: Store, order: Order, units: int) -> None:
    shop.ship(store, {"order_id": order["id"], "units": {order["lines"][0]["id"]: units}}, {})


def refund(store: Store, order: Order, units: int) -> None:
    chosen = {order["lines"][0]["id"]: units}
    shop.refund(store, {"order_id": order["id"], "units": chosen, "by_app": units == 2}, {})


def edit(store: Store, order: Order, units: int) -> None:
    chosen = {order["lines"][0]["id"]: units + 1}
    shop.edit(store, {"order_id": order["id"], "units": chosen, "new_ids": units == 2}, {})


def change_status(store: Store, order: Order, units: int) -> None:
    statuses = (5, 11, 2, 4, 6, 10, 1)
    shop.set_status(store, {"order_id": order["id"], "status_id": statuses[units % 7]}, {})


def change_settings(store: Store, _order: Order, units: int) -> None:
    behaviour = ("order_placed", "order_completed_or_shipped")[units % 2]
    chosen = {"update_stock_behavior": behaviour, "edit_order_stock_adjustment": units % 3 > 0}
    shop.change_settings(store, {"settings": chosen}, {})


JOBS: tuple[Callable[[Store, Order, int], None], ...] = (
    buy, write_by_hand, ship, refund, edit, change_status, change_settings,
)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, len(JOBS) - 1), st.integers(0, 9), st.integers(0, 6)), max_size=30
    )
)
@settings(max_examples=120)
def test_what_is_on_sale_and_what_orders_took_is_always_what_there_was(steps: list[Step]) -> None:
    store = Store(StoreConfig(quota="none", stock_delay_ms=0))
    mug = {"name": "Mug", "type": "physical", "price": 10, "weight": 0}
    level = {"inventory_tracking": "product", "inventory_level": BEGAN_WITH}
    seed_products(store, {"products": [mug | level]})
    shop.pay(store, {"lines": [{"product_id": 1, "quantity": 2}]}, {})
    for job, which, units in steps:
        orders = orders_with_lines(store.db)
        # What cannot be done, such as shipping more than is left, is refused and changes nothing.
        with contextlib.suppress(ValueError):
            JOBS[job](store, orders[which % len(orders)], units)
        taken = [line["taken"] for order in orders_with_lines(store.db) for line in order["lines"]]
        assert level_of(store.db, ("p", 1)) >= 0
        assert min(taken) >= 0
        assert level_of(store.db, ("p", 1)) + sum(taken) == BEGAN_WITH
    store.close()
