"""Who goes first when everybody wants something at once: nobody waits for ever, and a sale waits for one
wave of calls at most (docs/architecture.md, Lanes)."""

from dataclasses import replace
from decimal import Decimal
from itertools import count

import pytest

from tests.builders import a_product
from tests.busy_world import A_POS_READ_S
from tests.unit.usecases.busy_shop import A_WAVE_MS, Sales, a_shop, lamps
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product


@pytest.mark.parametrize("every_s", [0.1, 0.4, 0.8])
def test_sales_without_end_leave_content_half_of_the_calls(every_s: float) -> None:
    world, shop = a_shop(*lamps(400, first=100))
    world.begin()
    saved = [replace(p, version=9, price=Decimal(5)) for p in lamps(400, first=100)]
    for start in range(0, 400, 100):
        world.happens("product.saved", *saved[start : start + 100])
    sales = Sales(world, shop, every_s, most=round(90 / every_s))
    world.live(80)
    content, stock = world.counted("update_products"), world.counted("set_stock")
    assert content > 0.85 * stock > 20  # a few went between the pages of a window that was read
    assert all(world.wait_ms(0, "update_products", product) is not None for product in saved)
    world.live(60)
    # A stock call that had begun, a wave, and the second read when more than twenty were sold.
    assert sales.longest_ms() <= 2 * A_WAVE_MS + 1_000 * A_POS_READ_S


def test_a_person_waits_seconds_though_sales_stream_in_and_an_import_is_under_way() -> None:
    imported = lamps(300, first=100)
    world, shop = a_shop(*imported)
    world.begin()
    world.happens("product.imported", *(replace(p, version=9) for p in imported))
    Sales(world, shop, 0.4, most=200)
    wanted = a_product("p-new", name="New", sku="NEW")
    asked = world.clock.now_ms() + 10_000
    world.clock.at(asked, lambda: world.ask(wanted))
    world.live(30)
    begun = next(call.at_ms for call in world.web.begun if call.method == "create")
    assert begun - asked <= 5_000
    assert world.link(wanted).status is LinkStatus.LINKED


def test_people_without_end_leave_windows_a_wave_in_four() -> None:
    imported, saved = lamps(210, first=100), lamps(30, first=500)
    world, shop = a_shop(*imported, *saved)
    world.begin()
    world.happens("product.imported", *(replace(p, version=9) for p in imported))
    world.happens("product.saved", *(replace(p, version=9) for p in saved))
    versions = count(1_000)

    def people() -> None:
        asked = replace(shop[next(versions) % 50], version=next(versions))
        world.ask(asked)
        world.clock.at(world.clock.now_ms() + 300, people)

    people()
    world.live(150)
    for product in (*imported, *saved):
        assert world.wait_ms(0, "update_products", product) is not None, product.id


def test_a_long_import_and_a_stream_of_changes_hold_up_neither() -> None:
    imported = lamps(250, first=1_000)
    world, shop = a_shop(*imported)
    world.begin()
    begun = world.clock.now_ms()
    world.happens("product.imported", *(replace(p, version=9) for p in imported))
    versions, waits = count(1_000), list[tuple[int, Product]]()

    def save() -> None:
        saved = replace(shop[next(versions) % 50], version=next(versions))
        waits.append((world.clock.now_ms(), saved))
        world.happens("product.saved", saved)
        world.clock.at(world.clock.now_ms() + 500, save)

    save()
    world.live(150)
    assert all(world.wait_ms(begun, "update_products", p) is not None for p in imported)
    longest = max(world.wait_ms(at, "update_products", p) or 0 for at, p in waits[:-50])
    assert longest < 30_000


def test_the_lane_that_goes_next_is_remembered_when_a_slice_ends() -> None:
    imported, saved = lamps(250, first=1_000), lamps(250, first=5_000)
    world, _ = a_shop(*imported, *saved)
    world.begin(call_s=5)  # a window of 25 calls takes several slices
    world.happens("product.imported", *(replace(p, version=9) for p in imported))
    for start in range(0, 250, 100):
        world.happens("product.saved", *(replace(p, version=9) for p in saved[start : start + 100]))
    world.live(240)
    for some in (imported, saved):
        assert any(world.wait_ms(0, "update_products", p) is not None for p in some)


@pytest.mark.parametrize("off_h", [-12, 12])
def test_a_senders_clock_decides_nothing(off_h: int, monkeypatch: pytest.MonkeyPatch) -> None:
    imported, saved = lamps(210, first=100), lamps(20, first=500)
    orders: list[list[tuple[str, frozenset[int]]]] = []
    for wrong_h in (0, off_h):
        world, shop = a_shop(*imported, *saved)
        world.begin()
        monkeypatch.setattr("tests.world.SENDERS_CLOCK_OFF_MS", wrong_h * 3_600_000)
        world.happens("product.imported", *(replace(p, version=9) for p in imported))
        monkeypatch.setattr("tests.world.SENDERS_CLOCK_OFF_MS", -wrong_h * 3_600_000)
        world.happens("product.saved", *(replace(p, version=9) for p in saved))
        world.ask(*(replace(p, version=9) for p in shop[:3]))
        world.live(60)
        orders.append([(call.method, call.touches) for call in world.web.begun])
    assert orders[0] == orders[1]
