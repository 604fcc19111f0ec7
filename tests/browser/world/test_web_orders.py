"""Web orders that were placed before web orders were on, counted from their page: the POS books one, staff another."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from sandbox.saturday.goods import OUTLET
from tests.browser.world.conftest import WORKS_MS, Shop, signed_in
from tests.browser.world.steps import carried_out, compare, push, shows
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.ids import StoreId

STORE = "orders"


@pytest.fixture
def switch_on(shop: Shop) -> Iterator[Callable[[WebOrderMode], None]]:
    """Have web orders counted that are placed from then on, until the end of the test."""
    before = shop.target.stores.find(StoreId(STORE))
    assert before is not None

    def switch(mode: WebOrderMode) -> None:
        settings = replace(before.settings, web_orders=mode, web_outlet=OUTLET)
        since_ms = time.time_ns() // 1_000_000
        made = replace(before, settings=settings, web_orders_since_ms=since_ms)
        shop.target.stores.save_connection(made)
        shop.target.signals.signal(StoreId(STORE))

    yield switch
    shop.target.stores.save_connection(before)


def pushed(shop: Shop, page: Page, id_: str, name: str) -> int:
    """Make a product and push it; return its number in BigCommerce."""
    shop.product(id_, name)
    page.goto(f"/stores/{STORE}/pos")
    compare(page)
    page.goto(f"/stores/{STORE}/pos?q={name}")
    shows(page, name, "Not linked")
    push(page, name)
    carried_out(page, "Push 1")
    found = shop.store.control.snapshot()["products"]
    (number,) = [int(str(each["id"])) for each in found if each["name"] == name]
    return number


def count(page: Page, order: int) -> None:
    """Have an order count, from the page of all."""
    page.goto(f"/stores/{STORE}/orders")
    page.get_by_label("Count an order").fill(f"#{order}")
    page.get_by_role("button", name="Count it").click()
    expect(page).to_have_url(re.compile(rf"/orders/{order}\?said=take$"))


def becomes(page: Page, order: int, status: str) -> None:
    """Look again at an order until it stands so."""
    for _ in range(WORKS_MS // 1_000):
        page.goto(f"/stores/{STORE}/orders/{order}")
        if any(status in text for text in page.locator("main .st").all_text_contents()):
            return
        page.wait_for_timeout(1_000)
    expect(page.locator("main .st")).to_have_text(status)


def test_an_order_of_before_is_counted_and_the_pos_books_it(
    shop: Shop, sam: Page, switch_on: Callable[[WebOrderMode], None]
) -> None:
    number = pushed(shop, sam, "ladle", "Ladle")
    order = shop.store.shop.place([{"product_id": number, "quantity": 1}], seconds_ago=600)
    sam.goto(f"/stores/{STORE}/orders")
    expect(sam.get_by_text("Web orders are switched off")).to_be_visible()
    switch_on(WebOrderMode.POS)
    sam.goto(f"/stores/{STORE}/orders/{order}")
    expect(sam.get_by_text("is not counted")).to_be_visible()
    count(sam, order)
    becomes(sam, order, "Booked")
    expect(sam.get_by_text("The POS had booked 1 of")).to_be_visible()

    sam.context.clear_cookies()
    signed_in(sam, "Vera", f"/stores/{STORE}/orders/{order}")
    expect(sam.get_by_role("button", name="Tell the POS again")).to_have_count(0)


def test_staff_books_an_order_by_hand_and_says_so_and_it_ends(
    shop: Shop, sam: Page, switch_on: Callable[[WebOrderMode], None]
) -> None:
    number = pushed(shop, sam, "whisk", "Whisk")
    order = shop.store.shop.place([{"product_id": number, "quantity": 1}], seconds_ago=600)
    switch_on(WebOrderMode.LEDGER)
    count(sam, order)
    becomes(sam, order, "Not booked")
    sam.get_by_role("button", name="It was booked by hand").click()
    expect(sam.get_by_text("Nothing was done")).to_be_visible()
    sam.get_by_role("checkbox").check()
    sam.get_by_role("button", name="It was booked by hand").click()
    expect(sam).to_have_url(re.compile(rf"/orders/{order}\?said=ack$"))
    becomes(sam, order, "Booked by hand")
    expect(sam.get_by_role("button", name="It was booked by hand")).to_have_count(0)
