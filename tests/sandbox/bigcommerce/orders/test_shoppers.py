"""Shoppers and staff of a seed do the same things again, and never sell below zero."""

import random
from itertools import pairwise

import pytest

from sandbox.bigcommerce.lab.order_staff import OrderStaff
from sandbox.bigcommerce.lab.shoppers import Shoppers, arrivals
from tests.sandbox.bigcommerce.orders.conftest import Sold


def no_wait(_seconds: float) -> None:
    """Let shoppers come one after the other."""


def test_shoppers_come_as_a_poisson_process() -> None:
    times = list(arrivals(random.Random(3), each_minute=60, seconds=2000))
    gaps = [later - earlier for earlier, later in pairwise(times)]
    mean = sum(gaps) / len(gaps)
    spread = sum((gap - mean) ** 2 for gap in gaps) / len(gaps)
    assert mean == pytest.approx(1, rel=0.1)
    assert spread == pytest.approx(1, rel=0.2)


def test_a_seed_repeats_its_shoppers(sold: Sold) -> None:
    seen = []
    for _ in range(2):
        sold.set_level(10)
        products = [(sold.mug, None), (sold.shirt, sold.small)]
        shoppers = Shoppers(sold.shop, seed=4, fails=0.3)
        bought = shoppers.shop(products[:1], each_minute=60, seconds=20, wait=no_wait)
        seen.append((len(bought.paid), len(bought.failed), bought.sold_out))
    assert seen[0] == seen[1]
    assert all(seen[0])


def test_shoppers_sell_out_and_no_further(sold: Sold) -> None:
    bought = Shoppers(sold.shop, fails=0).shop([(sold.mug, None)], 60, 60, no_wait)
    assert sum(sold.order(order_id)["items_total"] for order_id in bought.paid) == 10
    assert sold.level() == 0
    assert bought.sold_out > 0


def test_shoppers_spend_no_quota_and_no_call_of_the_api(sold: Sold) -> None:
    before = sold.shop.counts()["calls"]
    Shoppers(sold.shop).shop([(sold.mug, None)], 60, 5, no_wait)
    assert sold.shop.counts()["calls"] == before


def test_a_seed_repeats_what_the_staff_do(sold: Sold) -> None:
    done = []
    for _ in range(2):
        sold.set_level(100)
        orders = [sold.buy(2) for _ in range(30)]
        done.append(OrderStaff(sold.shop, seed=2).work(orders))
    assert done[0] == done[1]
    assert len(set(done[0])) == 8
