"""A web order that was placed before web orders were on, counted from its page and booked by the POS."""

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
def switch_on(shop: Shop) -> Iterator[Callable[[], None]]:
    """Have web orders counted that are placed from then on, until the end of the test."""
    before = shop.target.stores.find(StoreId(STORE))
    assert before is not None

    def switch() -> None:
        settings = replace(before.settings, web_orders=WebOrderMode.POS, web_outlet=OUTLET)
        since_ms = time.time_ns() // 1_000_000
        made = replace(before, settings=settings, web_orders_since_ms=since_ms)
        shop.target.stores.save_connection(made)
        shop.target.signals.signal(StoreId(STORE))

    yield switch
    shop.target.stores.save_connection(before)


def test_an_order_of_before_is_counted_and_the_pos_books_it(
    shop: Shop, sam: Page, switch_on: Callable[[], None]
) -> None:
    shop.product("ladle", "Ladle, olive wood")
    compare(sam)
    sam.goto(f"/stores/{STORE}/pos?q=Ladle")
    shows(sam, "Ladle", "Not linked")
    push(sam, "Ladle")
    carried_out(sam, "Push 1")
    (number,) = [
        int(str(each["id"]))
        for each in shop.store.control.snapshot()["products"]
        if each["name"] == "Ladle, olive wood"
    ]
    order = shop.store.shop.place([{"product_id": number, "quantity": 1}], seconds_ago=600)
    sam.goto(f"/stores/{STORE}/orders")
    expect(sam.get_by_text("Web orders are switched off")).to_be_visible()
    switch_on()
    sam.goto(f"/stores/{STORE}/orders/{order}")
    expect(sam.get_by_text("is not counted")).to_be_visible()
    sam.get_by_role("link", name="All web orders").click()
    sam.get_by_label("Count an order").fill(f"#{order}")
    sam.get_by_role("button", name="Count it").click()
    expect(sam).to_have_url(re.compile(rf"/orders/{order}\?said=take$"))
    for _ in range(WORKS_MS // 1_000):
        sam.goto(f"/stores/{STORE}/orders/{order}")
        if "Booked" in sam.locator(".st.ok").all_text_contents():
            break
        sam.wait_for_timeout(1_000)
    expect(sam.locator(".st.ok")).to_have_text("Booked")
    expect(sam.get_by_text("The POS had booked 1 of")).to_be_visible()

    sam.context.clear_cookies()
    signed_in(sam, "Vera", f"/stores/{STORE}/orders/{order}")
    expect(sam.get_by_role("button", name="Tell the POS again")).to_have_count(0)
