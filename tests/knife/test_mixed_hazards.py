"""Batches with bad items, lost and torn answers, lists that lag: one by one and all at once, on the
sandbox store. When they end, both sides are equal, nothing is doubled, and nothing that belongs to
BigCommerce has changed."""

from random import Random
from typing import Any

import pytest

from sandbox.pos.inputs import ProductInput
from tests.harness import House

HAZARDS: dict[str, dict[str, Any]] = {
    "batch-422": {"remaining": 4},
    "batch-partial": {"probability": 0.5},
    "partial-207": {"probability": 0.3},
    "lost-reply": {"probability": 0.15},
    "server-error": {"probability": 0.15},
    "reset-mid-body": {"probability": 0.1},
    "quota-bare": {"probability": 0.1},
    "quota-headers": {"probability": 0.05},
    "stock-async": {"ms": 300},
    "variants-lag": {"probability": 0.5},
    "page-shift": {"probability": 0.5},
    "brand-race": {"ms": 50},
    "new-field": {},
}
COUNT = 24


def _open(house: House) -> list[str]:
    simple = [_given(f"p-{n}", f"Lantern {n}", f"L-{n}") for n in range(COUNT)]
    house.pos.load(simple)
    ids = [f"p-{n}" for n in range(COUNT)]
    house.push(*ids)
    house.settle()
    return ids


def _given(product: str, name: str, sku: str) -> ProductInput:
    fields = {"id": product, "name": name, "sku": sku, "price": "12.50", "brand": "Pier"}
    return ProductInput.model_validate({**fields, "stock": {"o-main": "30"}})


def _day(house: House, ids: list[str], dice: Random) -> None:
    house.pos.save_products([{"id": p, "price": str(dice.randint(20, 90))} for p in ids])
    for _ in range(10):
        house.pos.sell([{"product_id": dice.choice(ids), "quantity": "2"}])
    one, other = dice.sample(ids, 2)
    held = [house.pos.catalogue.get(p) for p in (one, other)]
    house.pos.save_products([{"id": one, "sku": held[1].sku}, {"id": other, "sku": held[0].sku}])
    house.pos.save_product(dice.choice(ids), name=f"Renamed {dice.randint(1, 999)}")
    new = f"new-{dice.randint(1, 10**6)}"
    house.pos.load([_given(new, f"Novelty {new}", new.upper())])
    house.push(new)


def _ends_in_step(house: House, ids: list[str], owned: Any) -> None:
    assert sum(hazard["struck"] for hazard in house.control.hazards()) > 0
    house.control.clear_hazards()
    house.settle(400)
    house.assert_in_step()
    assert house.control.duplicates() == []
    assert not house.control.owned_diff("tillbridge")["changed"], owned


@pytest.mark.parametrize(
    "hazards", [("batch-422",), ("batch-422", "batch-partial"), ("partial-207",), ("lost-reply",)]
)
def test_a_day_of_bad_batches_ends_in_step(hazards: tuple[str, ...]) -> None:
    with House() as house:
        ids = _open(house)
        house.control.mark_owned()
        for hazard in hazards:
            house.control.set_hazard(hazard, agent="tillbridge", seed=3, **HAZARDS[hazard])
        _day(house, ids, Random(3))
        house.settle(400)
        _ends_in_step(house, ids, hazards)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_with_every_hazard_at_once_ends_in_step(seed: int) -> None:
    with House() as house:
        ids = _open(house)
        house.control.mark_owned()
        for name, settings in HAZARDS.items():
            house.control.set_hazard(name, agent="tillbridge", seed=seed, **settings)
        _day(house, ids, Random(seed))
        house.settle(400)
        _ends_in_step(house, ids, seed)
