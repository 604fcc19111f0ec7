"""What somebody does and waits for in the console, in one line each."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.world.conftest import WORKS_MS, Shop

SAID = re.compile(r"[?&]said=")
"""The address of a page that says what became of a form without a plan."""


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


def shows(page: Page, name: str, words: str) -> None:
    """Wait until the row of a product has these words, as somebody does who looks again."""
    for _ in range(WORKS_MS // 1_000):
        if any(words in text for text in row(page, name).all_text_contents()):
            return
        page.wait_for_timeout(1_000)
        page.reload()
    expect(row(page, name).first).to_contain_text(words)


def push(page: Page, name: str) -> None:
    """Tick a product, and ask for its push: a plan is shown."""
    row(page, name).get_by_role("checkbox").check()
    with_selected(page, "Push 1")


def key(page: Page, letter: str) -> None:
    """Press a key of the console's own once its script is there."""
    page.wait_for_load_state()
    page.keyboard.press(letter)


def with_selected(page: Page, button: str) -> None:
    """Press a button of the bar that is about what is ticked."""
    group = page.get_by_role("group", name="With the selected products")
    group.get_by_role("button", name=button).click()


def all_that_fit(page: Page, first: str) -> None:
    """Tick a product, then choose all that fit what the view was asked."""
    row(page, first).get_by_role("checkbox").check()
    page.get_by_role("link", name="Select all that fit").click()


def carried_out(page: Page, button: str, within_ms: int = WORKS_MS) -> None:
    """Press the button of a plan once it is shown, and wait until its job has ended.

    The page that asked for the plan has a button of the same words: pressed too early, it asks once more.
    """
    expect(page).to_have_url(re.compile(r"/stores/[a-z]+/plans/[0-9A-Z]+(\?|$)"))
    page.get_by_role("button", name=button).click()
    expect(page).to_have_url(re.compile(r"/stores/[a-z]+/jobs/[0-9A-Z]+$"))
    expect(page.locator("[data-job]")).to_have_attribute("data-state", "ended", timeout=within_ms)


def compare(page: Page) -> None:
    """Ask for a comparison of everything, and wait until it was taken on."""
    page.get_by_label("More", exact=True).click()
    taken_on(page, page.get_by_role("button", name="Compare everything"))


def taken_on(page: Page, button: Locator) -> None:
    """Press a button that has no plan, and wait for the page that says what becomes of it.

    Whoever leaves the page earlier may not have asked.
    """
    button.click()
    expect(page).to_have_url(SAID)


def compared(shop: Shop, page: Page, name: str, count: int) -> None:
    """Put products into the POS whose names begin so, and compare, so that the view has them."""
    for number in range(count):
        shop.product(f"{name.lower()}-{number:03d}", f"{name} {number:03d}", "3.00")
    page.goto(f"/stores/{shop.store_id}/pos")
    compare(page)
    page.goto(f"/stores/{shop.store_id}/pos?q={name}")
    shows(page, f"{name} 000", "Not linked")
