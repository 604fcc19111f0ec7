"""After a day with late commits, doubled and lost hooks, the mirror has what the POS has, and everything was told."""

from decimal import Decimal
from typing import Any

import pytest

from cli.verify import reading
from cli.verify.model import Json, PosSide
from cli.verify.pos_reader import open_pos
from sandbox.lightspeed_x.server.in_process import ADDRESS
from tests.x_series_days import DayOnXSeries
from tillbridge.domain.product import Product, StockLevel

SEEDS = [pytest.param(seed, marks=[pytest.mark.long] if seed > 2 else []) for seed in range(20)]


@pytest.mark.parametrize("poked", [1.0, 0.7, 0.0], ids=["hooks", "some hooks", "no hooks"])
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_a_day_is_lost(seed: int, poked: float, monkeypatch: pytest.MonkeyPatch) -> None:
    world = DayOnXSeries(seed)
    world.play(poked)
    ours = world.products()
    theirs = records(world, monkeypatch)
    assert {name for name, each in ours.items() if not each.deleted} == {
        name for name, each in theirs.items() if not each["deleted_at"]
    }
    for name, record in theirs.items():
        if not record["deleted_at"]:
            assert shown(ours[name]) == shown_there(record)
    assert newest_told(world) == {name: each.version for name, each in ours.items()}


def newest_told(world: DayOnXSeries) -> dict[str, int]:
    """Return the newest version of each product that the store north was told of."""
    newest: dict[str, int] = {}
    for news in world.bus.told:
        if news.store == "north":
            for product, version in news.products:
                newest[product] = max(version, newest.get(product, 0))
    return newest


def records(world: DayOnXSeries, monkeypatch: pytest.MonkeyPatch) -> dict[str, Json]:
    """Return what verify reads of the account: with a client and a mapping of its own."""
    monkeypatch.setattr(reading, "new_http_session", lambda: world.lab.http)
    with open_pos(PosSide(ADDRESS, world.lab.account.config.token, "lightspeed-x")) as reader:
        return reader.all_records()


def shown(product: Product) -> dict[str, Any]:
    units = [
        (each.id, each.sku, each.price, dict(each.option_values), levels(each.stock))
        for each in product.variants
    ]
    return {
        "name": product.name,
        "description": product.description,
        "brand": product.brand,
        "active": product.active,
        "tracked": product.track_stock,
        "own": None if units else (product.sku, product.price, levels(product.stock)),
        "variants": sorted(units, key=lambda each: each[0]),
    }


def shown_there(record: Json) -> dict[str, Any]:
    units = [
        (each["id"], each["sku"], Decimal(each["price"]),
         {option["name"]: option["value"] for option in each["option_values"]}, levels_there(each))
        for each in record["variants"]
    ]  # fmt: skip
    own = None if units else (record["sku"], Decimal(record["price"]), levels_there(record))
    return {
        "name": record["name"],
        "description": record["description_html"],
        "brand": record["brand"],
        "active": record["active"],
        "tracked": record["track_stock"],
        "own": own,
        "variants": sorted(units, key=lambda each: each[0]),
    }


def levels(stock: tuple[StockLevel, ...]) -> dict[str, Decimal]:
    return {each.outlet_id: each.on_hand for each in stock}


def levels_there(unit: Json) -> dict[str, Decimal]:
    return {each["outlet_id"]: Decimal(each["on_hand"]) for each in unit["stock"]}
