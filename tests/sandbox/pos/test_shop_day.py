"""A shop's day: every trigger, every awkward case, and nothing that a store must refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.pos.cloud import PosCloud
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.playable import playable
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.sales_log import read_sales
from sandbox.pos.shop_day import AWKWARD, play_day
from tests.contract.event_schemas import NINE, complaints

LOG = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice
1,A1,Lantern,3,1/1/26 9:00,4.00
1,B2,Kettle,1,1/1/26 9:00,20.00
C2,A1,Lantern,-1,1/1/26 9:30,4.00
3,C3,Broom,2,1/1/26 9:40,7
3,D4,Bucket,-1,1/1/26 9:40,0
"""


def a_shop() -> tuple[PosCloud, ListPublisher]:
    published = ListPublisher()
    cloud = PosCloud(published)
    cloud.load(demo_products())
    return cloud, published


@pytest.mark.parametrize("seed", range(5))
def test_a_day_sends_all_nine_triggers_and_keeps_their_contracts(seed: int) -> None:
    cloud, published = a_shop()
    day = play_day(cloud, seed=seed)
    assert {entry["detail-type"] for entry in published.entries} == NINE
    assert [complaints(entry) for entry in published.entries if complaints(entry)] == []
    assert day.left_out == []


@pytest.mark.parametrize("seed", range(20))
def test_a_day_makes_no_product_that_a_store_must_refuse(seed: int) -> None:
    cloud, _ = a_shop()
    before = {product.id for product in cloud.catalogue.live()}
    fit_before = {product.id for product in playable(cloud.catalogue.live())}
    play_day(cloud, seed=seed, actions=200)
    live = {product.id for product in cloud.catalogue.live()}
    fit = {product.id for product in playable(cloud.catalogue.live())}
    assert live <= before
    assert fit == fit_before & live


def test_a_day_writes_and_blanks_part_numbers_and_conditions() -> None:
    cloud, published = a_shop()
    play_day(cloud, seed=3, actions=200)
    changed = [
        product["changed_fields"]
        for entry in published.entries
        if entry["detail-type"] == "product.saved"
        for product in entry["detail"]["data"]["products"]
    ]
    assert ["condition", "description_html", "mpn"] in changed
    assert any({"brand", "condition", "mpn"} <= set(fields) for fields in changed)
    mpns = {v.mpn for product in cloud.catalogue.live() for v in product.variants}
    assert any(mpn and mpn.startswith("W/") for mpn in mpns)


def test_the_same_seed_plays_the_same_day() -> None:
    days = [play_day(a_shop()[0], seed=7) for _ in range(2)]
    assert days[0].sentences == days[1].sentences
    assert play_day(a_shop()[0], seed=8).sentences != days[0].sentences


def test_every_awkward_thing_happens_even_on_a_short_day() -> None:
    cloud, _ = a_shop()
    day = play_day(cloud, seed=1, actions=1)
    assert {move.__name__ for move in AWKWARD} <= set(day.happened)


def test_progress_counts_up_to_the_number_announced() -> None:
    cloud, _ = a_shop()
    told: list[tuple[int, int]] = []
    play_day(cloud, seed=3, actions=40, progress=lambda done, total, _: told.append((done, total)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {total for _, total in told} == {len(told)}


def test_a_sales_log_is_played_in_order_before_the_rest_of_the_day() -> None:
    published = ListPublisher()
    cloud = PosCloud(published)
    log = read_sales(LOG, "log.csv")
    cloud.load(log.products)
    play_day(cloud, seed=1, log=log)
    kinds = [entry["detail-type"] for entry in published.entries]
    assert kinds[:4] == [
        "sale.completed",
        "refund.completed",
        "sale.completed",
        "stock_adjustment.completed",
    ]
    assert set(kinds) == NINE


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("Plain Jug", "x" * 251),
        lambda text: text.replace("Plain Jug", "picture frame&nbsp;A4"),
        lambda text: text.replace(",JUG,", ",J/U/G,"),
        lambda text: text.replace(",JUG,", ",scales,"),
    ],
)
def test_the_day_keeps_away_from_products_that_a_store_must_refuse(
    spoil: Callable[[str], str], repository: Path
) -> None:
    from sandbox.pos.csv_products import read_products

    text = (repository / "sandbox" / "pos" / "demo_catalogue.csv").read_text(encoding="utf-8")
    cloud = PosCloud(ListPublisher())
    cloud.load(read_products(spoil(text), "spoiled.csv").products)
    assert "p-1020" not in {product.id for product in playable(cloud.catalogue.live())}
