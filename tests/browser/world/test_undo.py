"""Somebody pushes by hand, and takes it back, in a browser and through the shipped functions."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.world.conftest import WORKS_MS, Shop
from tests.browser.world.steps import carried_out, compare, row, shows, with_selected
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.domain.ids import StoreId

STORE = "undo"

NAMES = ("Tray 1", "Tray 2", "Tray 3")


def compared(page: Page) -> None:
    """Compare both sides whole, and wait until the view says so."""
    page.goto(f"/stores/{STORE}/pos?q=Tray")
    compare(page)


def compared_whole(shop: Shop, page: Page) -> None:
    """Compare both sides whole, and wait until that has ended."""
    runs = DynamoRuns(shop.target.client("dynamodb"), shop.target.outputs["stores_table"])
    before = runs.recent(StoreId(STORE), 1)
    compared(page)
    until(page, lambda: runs.recent(StoreId(STORE), 1) != before and _ended(runs))


def _ended(runs: DynamoRuns) -> bool:
    return all(run.ended_ms for run in runs.recent(StoreId(STORE), 1))


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(WORKS_MS // 500):
        if holds():
            return
        page.wait_for_timeout(500)
    assert holds()


def pushed(page: Page) -> None:
    page.goto(f"/stores/{STORE}/pos?q=Tray")
    for name in NAMES:
        row(page, name).get_by_role("checkbox").check()
    with_selected(page, "Push 3")
    carried_out(page, "Push 3")


def prices(shop: Shop, numbers: list[int]) -> list[object]:
    return [float(str(shop.as_online(number)["price"])) for number in numbers]


def test_three_are_pushed_and_undone_and_stay_as_they_were_until_the_pos_changes(
    shop: Shop, sam: Page
) -> None:
    ids = [shop.product(f"tray-{n}", name) for n, name in enumerate(NAMES)]
    compared(sam)
    sam.goto(f"/stores/{STORE}/pos?q=Tray")
    shows(sam, "Tray 3", "Not linked")
    pushed(sam)
    there = {str(each["name"]): each for each in shop.store.control.snapshot()["products"]}
    numbers = [int(str(there[name]["id"])) for name in NAMES]
    for number in numbers:  # the web staff know better
        shop.change_online(number, price=33, description="<b>Ours</b>")
    before = [shop.as_online(number) for number in numbers]

    pushed(sam)
    assert prices(shop, numbers) == [10.0] * 3
    sam.reload()
    expect(sam.get_by_text("It can be undone until")).to_be_visible()
    sam.locator(".acts").get_by_role("button", name="Undo…").click()
    expect(sam.get_by_role("heading", level=1)).to_have_text("Undo 3 products?")
    expect(sam.get_by_text("price “$33.00” in place of “$10.00”").first).to_be_visible()
    carried_out(sam, "Undo 3")
    expect(sam.locator("[data-part=done]")).to_have_text("3")
    told = ("price", "description", "name", "is_visible")
    after = [shop.as_online(number) for number in numbers]
    assert [[e[k] for k in told] for e in after] == [[e[k] for k in told] for e in before]

    compared_whole(shop, sam)
    shop.save(ids[1], name="Tray two")  # a push of everything but what is held
    sam.goto(f"/stores/{STORE}/pos?q=Tray")
    shows(sam, "Tray two", "Linked")
    until(sam, lambda: shop.as_online(numbers[1])["name"] == "Tray two")
    assert prices(shop, numbers) == [33.0] * 3
    shop.save(ids[0], price="12.00")
    until(sam, lambda: prices(shop, numbers) == [12.0, 33.0, 33.0])
