"""What reading costs in calls: they are a retailer's, and the tills need theirs."""

import math

import pytest

from sandbox.pos.inputs import ProductInput
from tests.lightspeed_lab import Lab, item_pages, level_pages
from tillbridge.adapters.lightspeed_x import pages, source
from tillbridge.domain.errors import PosBusy, PosDown
from tillbridge.domain.polling import Cursor
from tillbridge.domain.spending import Spender
from tillbridge.ports.pos_source import PosSource

ITEMS, LEVELS = "GET /products", "POST /inventory"


def filled(variants: int, registers: int = 10) -> Lab:
    """Return an account with so many products at one outlet."""
    lab = Lab(registers=registers)
    lab.cloud.load(
        ProductInput(
            id=f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}", price="1.00", stock={"o-main": "1"}
        )
        for n in range(variants)
    )
    return lab


def ends(read: PosSource) -> tuple[Cursor, Cursor]:
    items, levels = Cursor(0), Cursor(0)
    for item_page in item_pages(read):
        items = item_page.next
    for level_page in level_pages(read):
        levels = level_page.next
    return items, levels


def test_an_idle_poll_costs_two_calls(lab: Lab) -> None:
    items, levels = ends(lab.source())
    lab.asked()
    idle = lab.source()
    assert len(list(level_pages(idle, levels))) == 1
    assert len(list(item_pages(idle, items))) == 1
    assert lab.asked() == {ITEMS: 1, LEVELS: 1}


@pytest.mark.parametrize(("items", "levels"), [(1, 0), (7, 3), (8, 20), (9, 21), (25, 40)])
def test_a_poll_costs_a_call_for_each_full_page_and_one_more(
    monkeypatch: pytest.MonkeyPatch, items: int, levels: int
) -> None:
    monkeypatch.setattr(source, "PAGE", 8)
    monkeypatch.setattr(source, "LEVELS_PAGE", 20)
    lab = filled(40)
    after_items, after_levels = ends(lab.source())
    for n in range(items):
        lab.cloud.save_product(f"p-{n}", name=f"New lamp {n}")
    if levels:
        lab.cloud.sell([{"product_id": f"p-{n}", "quantity": "1"} for n in range(levels)])
    lab.asked()
    read = lab.source()
    changed = sum(page.rows for page in item_pages(read, after_items))
    moved = sum(page.rows for page in level_pages(read, after_levels))
    assert (changed, moved) == (items, levels)
    assert lab.asked() == {ITEMS: items // 8 + 1, LEVELS: levels // 20 + 1}


def test_a_whole_walk_costs_a_call_for_200_variants_and_one_for_5000_levels() -> None:
    lab = filled(1_000)
    read = lab.source()
    rows = sum(page.rows for page in item_pages(read))
    levels = sum(page.rows for page in level_pages(read))
    asked = lab.asked()
    assert asked == {ITEMS: rows // 200 + 1, LEVELS: levels // 5_000 + 1}
    assert rows == 1_000


def test_48_000_variants_at_five_outlets_fit_a_window_of_one_register() -> None:
    pages_with_rows = math.ceil(48_000 / pages.PAGE) + math.ceil(48_000 * 5 / source.LEVELS_PAGE)
    assert pages_with_rows == 288
    assert pages_with_rows + 2 < 350, "with the two empty pages that are the ends"


def test_a_walk_stops_at_half_of_the_window_and_a_poll_goes_on(lab: Lab) -> None:
    lab.control.spend(174)
    walk, poll = lab.source(spender=Spender.WALK), lab.source()
    walk.items(Cursor(0))
    with pytest.raises(PosDown) as spent:
        walk.items(Cursor(0))
    assert 0 < spent.value.wait <= 300
    assert poll.items(Cursor(0)).rows > 0


def test_a_walk_waits_for_its_windows_and_meets_no_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(source, "PAGE", 4)
    lab = filled(1_000, registers=1)
    after, waits, calls = Cursor(0), 0, 0
    while True:
        walk = lab.source(spender=Spender.WALK)
        try:
            while (page := walk.items(after)).rows:
                after, calls = page.next, calls + 1
            break
        except PosBusy as busy:
            waits += 1
            lab.clock.advance(busy.wait)
    assert (calls, waits) == (250, 1), "175 calls a window, and the rest in the next"
    assert lab.account.quota.refused == 0


def test_what_is_read_at_connect_costs_so_many_calls(lab: Lab) -> None:
    lab.source().facts()
    assert lab.asked() == {"GET /retailer": 1, "GET /registers": 2}
    lab.source().outlets()
    assert lab.asked() == {"GET /outlets": 2}
    lab.source().names()
    names = {"GET /brands": 2, "GET /suppliers": 2, "GET /product_categories": 1, ITEMS: 1}
    assert lab.asked() == names
