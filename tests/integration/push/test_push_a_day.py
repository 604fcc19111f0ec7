"""A shop's day, with all nine triggers and every awkward change, ends with both sides in step."""

import random

import pytest

from cli.verify.owned import snapshot_owned
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.shop_day import play_day
from tests.harness import House


def _opens(house: House) -> None:
    """Put the demo catalogue online, and let the web staff fill in what belongs to them."""
    house.pos.load(demo_products())
    house.push(*(product.id for product in house.pos.catalogue.live()))
    house.settle()
    linked = [p.id for p in house.pos.catalogue.live() if house.is_linked(p.id)]
    assert len(linked) >= 20
    house.staff().fill()
    house.control.mark_owned()


def _everybody_saves(house: House) -> None:
    """Save every product once, unchanged: what the web staff wrote over is overwritten."""
    for product in house.pos.catalogue.live():
        house.pos.save_product(product.id)


def _ended_well(house: House) -> None:
    house.assert_in_step()
    assert house.control.owned_diff()["sent"] == []
    assert house.control.duplicates() == []
    assert house.control.counts()["overlaps"] == 0


@pytest.mark.timeout(240)
def test_after_a_day_both_sides_are_in_step_and_the_eight_are_untouched(house: House) -> None:
    _opens(house)
    owned = snapshot_owned(house.store_side)
    _everybody_saves(house)
    day = play_day(house.pos, seed=3, actions=60)
    assert len(day.happened) > 15
    house.settle()
    _ended_well(house)
    verdict = house.verdict(before=owned)
    assert verdict.bigcommerce_owned_touched == []


@pytest.mark.parametrize("seed", [1, 2, 4, 5])
def test_a_day_whose_events_are_doubled_shuffled_and_late_ends_the_same(
    quick_house: House, seed: int
) -> None:
    house = quick_house
    _opens(house)
    dice = random.Random(seed)
    house.held_back = []
    _everybody_saves(house)
    play_day(house.pos, seed=seed, actions=80)
    bodies = [*house.held_back, *dice.choices(house.held_back, k=len(house.held_back) // 2)]
    house.held_back = None
    dice.shuffle(bodies)
    while bodies:
        size = dice.randrange(1, 9)
        some, bodies = bodies[:size], bodies[size:]
        house.deliver(some)
        bodies += [body for body in some if dice.random() < 0.1]
        if dice.random() < 0.5:
            house.settle()
    house.settle()
    _ended_well(house)


HAZARDS: dict[str, dict[str, object]] = {
    "server-error": {"probability": 0.15},
    "lost-reply": {"probability": 0.15},
    "reset-mid-body": {"probability": 0.1},
    "batch-422": {"probability": 0.2, "method": "PUT"},
    "batch-partial": {},
    "partial-207": {"probability": 0.2},
    "variants-lag": {"probability": 0.3},
    "page-shift": {"probability": 0.3},
    "new-field": {},
    "stock-async": {},
    "image-fails": {"probability": 0.3},
    "quota-bare": {"probability": 0.1},
    "quota-headers": {"probability": 0.1},
}

UNCOUNTED = {"batch-partial", "stock-async", "image-fails", "variants-lag", "page-shift"}
"""These strike only what may not occur in a day, or their strikes are not counted."""


@pytest.mark.parametrize("hazard", HAZARDS)
def test_a_day_under_a_hazard_converges_by_itself(quick_house: House, hazard: str) -> None:
    house = quick_house
    _opens(house)
    refused = _refused(house)
    house.control.set_hazard(hazard, agent="tillbridge", seed=7, **HAZARDS[hazard])  # type: ignore[arg-type]
    _everybody_saves(house)
    for part in range(5):
        play_day(house.pos, seed=part, actions=25)
        house.settle(most=400)
    struck = {found["name"]: found["struck"] for found in house.control.hazards()}
    house.control.clear_hazards()
    house.settle(most=400)
    _ended_well(house)
    assert struck[hazard] > 0 or hazard in UNCOUNTED
    if hazard != "batch-422":  # of a single product it looks like a true refusal
        assert _refused(house) == refused


def _refused(house: House) -> set[str]:
    return {found.pos_id or "" for found in house.verdict().failed}
