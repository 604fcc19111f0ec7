"""Draw the pictures of docs/console.md (`make screenshots`)."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.every_state import draw_all
from tests.browser.server import Served, serving
from tests.console import first_days
from tests.console.catalogue import SHOP
from tests.console.shop import OLIVIA, Shop
from tests.console.shop_orders import with_orders
from tests.console.shop_states import HIDES, TAKEN, a_job, without_hostile_names
from tests.console.store_states import TRIED, a_day, sold_twice
from tillbridge.console.pages.plain import sign_in_page
from tillbridge.domain.ids import StoreId
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import RowState

FOLDER = Path(__file__).parents[2] / "docs" / "console"
S = f"/stores/{SHOP}"
TICKED = ("p-1003", "p-1006")
PICTURES = (
    ("overview", S, "light", 1280),
    ("problems", f"{S}/problems", "light", 1280),
    ("pos-view", f"{S}/pos", "light", 1280),
    ("pos-view-dark", f"{S}/pos", "dark", 1280),
    ("pos-view-phone", f"{S}/pos", "light", 390),
    ("plan", f"{S}/plans/plan-1", "light", 1280),
    ("job", f"{S}/jobs/job-7", "light", 1280),
    ("link", f"{S}/link?pos=p-1002", "light", 1280),
    ("product", f"{S}/products/p-1007", "light", 1280),
    ("why", f"{S}/products/p-1007?tab=why&field=price", "light", 1280),
)
"""Name, address, theme and width of each."""

OTHERS: tuple[tuple[str, Callable[[], Shop], str], ...] = (
    ("first-day", first_days.with_candidates, f"{S}/first-day"),
    ("orders", lambda: with_orders(Shop()), f"{S}/orders"),
)
"""Name, shop and address of those that another shop shows."""


def draw() -> None:
    """Draw each picture."""
    patch = pytest.MonkeyPatch()
    shop = without_hostile_names(Shop(warned=(TAKEN, HIDES))).play(patch)
    a_day(sold_twice(shop, "Copper kettle", "Wool throw, oatmeal"), backlog=TRIED)
    shop.progress["job-7"] = a_job()
    linked = Selection("pos", question=Question(state=RowState.LINKED))
    shop.plan(shop.deps, OLIVIA, SHOP, Do.PUSH, linked)
    served = Served(shop, stores=(SHOP, StoreId("quay-street")), plain={"/in": sign_in_page("/")})
    FOLDER.mkdir(exist_ok=True)
    with serving(served), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, address, theme, width in PICTURES:
            _draw(browser, served.address + address, name, theme, width)
        for name, other, address in OTHERS:
            served.shop = other().play(patch)
            _draw(browser, served.address + address, name, "light", 1280)
        browser.close()
    patch.undo()


def _draw(browser: Browser, address: str, name: str, theme: str, width: int) -> None:
    phone = width < 1000
    context = browser.new_context(
        viewport={"width": width, "height": 844 if phone else 800},
        color_scheme="dark" if theme == "dark" else "light",
        is_mobile=phone,
        has_touch=phone,
        locale="en-GB",
    )
    page = context.new_page()
    page.goto(address)
    for product in TICKED if address.endswith("/pos") else ():
        page.locator(f'input[value="{product}"]').check()
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(0, 0)
    page.wait_for_timeout(200)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").save(path, optimize=True)
    context.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case [folder, *names]:
            draw_all(Path(folder), names)
        case _:
            draw()
