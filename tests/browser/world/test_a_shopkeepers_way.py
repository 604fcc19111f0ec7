"""A shopkeeper's morning with the mouse alone, through the shipped functions: how many clicks each thing takes. The
numbers are those of docs/console.md."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.browser.world.conftest import WORKS_MS, Shop
from tests.browser.world.steps import row, shows

STORE = "morning"

POS = f"/stores/{STORE}/pos"
FORTY = [f"Way tile {number:02}" for number in range(1, 41)]


class Clicks:
    """Clicks that somebody makes; nothing here presses a key, but to type what is searched for."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, what: Locator) -> None:
        what.click()
        self.count += 1

    def button(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        self.on((within or self.page.locator("main")).get_by_role("button", name=name).first)

    def link(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        self.on((within or self.page.locator("main")).get_by_role("link", name=name).first)

    def tick(self, name: str) -> None:
        self.on(row(self.page, name).get_by_role("checkbox"))

    @contextmanager
    def are(self, number: int) -> Iterator[None]:
        """Do something in this many clicks."""
        before = self.count
        yield
        assert self.count - before == number


def found(page: Page, text: str, view: str = "pos") -> None:
    """Search a view, as somebody does who types: no click is needed, and none is counted."""
    page.goto(f"/stores/{STORE}/{view}?q={text}")


def ended(page: Page, done: int, failed: int = 0) -> None:
    expect(page).to_have_url(re.compile(rf"/stores/{STORE}/jobs/[0-9A-Z]+$"))
    expect(page.locator("[data-job]")).to_have_attribute("data-state", "ended", timeout=WORKS_MS)
    expect(page.locator("[data-part=done]")).to_have_text(str(done))
    expect(page.locator("[data-part=failed]")).to_have_text(str(failed))


def test_a_morning_s_work_takes_as_many_clicks_as_the_documentation_says(
    shop: Shop, sam: Page
) -> None:
    for number, name in enumerate(FORTY):
        shop.product(f"way-{number}", name, "4.00")
    shop.product("way-lamp", "Way lamp", "39.00")
    shop.product("way-stool", "Way stool", "9.00")
    shop.online("Way stool")
    shop.online("Way vase", "WAY-VASE", price=15)
    clicks = Clicks(sam)
    found(sam, "Way")
    clicks.on(sam.get_by_label("More", exact=True))
    clicks.button("Compare everything")
    found(sam, "Way")
    shows(sam, "Way tile 40", "Not linked")
    pushes_one_and_forty(sam, clicks)
    mends_a_clash_of_names(sam, clicks)
    imports_one(sam, clicks)
    finds_why_and_undoes(shop, sam, clicks)


def pushes_one_and_forty(sam: Page, clicks: Clicks) -> None:
    found(sam, "lamp")
    with clicks.are(3):
        clicks.tick("Way lamp")
        clicks.button("Push 1")
        clicks.button("Push 1")
    ended(sam, 1)
    found(sam, "tile")
    shows(sam, "Way tile 01", "Not linked")
    with clicks.are(3):  # all that fit are on one page, and so are ticked by one click
        clicks.on(sam.get_by_label("Select all"))
        clicks.button("Push 40")
        clicks.button("Push 40")
    ended(sam, 40)


def mends_a_clash_of_names(sam: Page, clicks: Clicks) -> None:
    found(sam, "stool")
    clicks.tick("Way stool")
    clicks.button("Push 1")
    clicks.button("Push 1")
    ended(sam, 0, failed=1)
    found(sam, "stool")
    shows(sam, "Way stool", "Failed")
    with clicks.are(3):  # it is the same thing: the tick says yes to what the first push replaces
        clicks.button("Link to #", within=row(sam, "Way stool"))
        clicks.on(sam.get_by_role("checkbox").first)
        clicks.button(re.compile("^Link "))
    ended(sam, 1)


def imports_one(sam: Page, clicks: Clicks) -> None:
    found(sam, "vase", "web")
    with clicks.are(3):
        clicks.tick("Way vase")
        clicks.button("Import 1")
        clicks.button("Import 1")
    ended(sam, 1)


def finds_why_and_undoes(shop: Shop, sam: Page, clicks: Clicks) -> None:
    shop.product("way-lamp", "Way lamp", "93.00")  # 39 was meant, and nobody noticed it
    found(sam, "lamp")
    clicks.tick("Way lamp")
    clicks.button("Push 1")
    clicks.button("Push 1")
    ended(sam, 1)
    found(sam, "lamp")
    with clicks.are(2):
        clicks.link("Way lamp")
        online = number_of(sam)
        clicks.link("Why? price")
    assert online_price(shop, online) == 93
    expect(sam.locator(".answer h2")).to_contain_text("93.00")
    expect(sam.locator(".so")).to_contain_text("Sam pushed it")
    with clicks.are(2):
        clicks.button("Undo…")
        clicks.button("Undo 1")
    ended(sam, 1)
    assert online_price(shop, online) == 39


def online_price(shop: Shop, number: int) -> float:
    return float(str(shop.as_online(number)["price"]))


def number_of(page: Page) -> int:
    """Return BigCommerce's number of the product whose page is open."""
    expect(page.locator(".head .meta")).to_contain_text("#")
    (number,) = re.findall(r"#(\d+)", page.locator(".head .meta").text_content() or "")
    return int(number)
