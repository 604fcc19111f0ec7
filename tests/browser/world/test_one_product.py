"""What happened to a product, and why it has its price, through the shipped functions."""

from playwright.sync_api import Page, expect

from tests.browser.world.conftest import WORKS_MS, Shop
from tests.browser.world.steps import carried_out, compare, push, shows

STORE = "product"

LAMP = f"/stores/{STORE}/products/p-lamp%252F1"


def test_a_price_that_the_till_changed_is_told_with_the_call_that_sent_it(
    shop: Shop, sam: Page
) -> None:
    shop.product("p-lamp/1", "Storm lamp", "39.00", sku="LAMP-1")
    compare(sam)
    sam.goto(f"/stores/{STORE}/pos?q=Storm")
    shows(sam, "Storm lamp", "Not linked")
    push(sam, "Storm lamp")
    carried_out(sam, "Push 1")
    expect(sam.locator("[data-part=done]")).to_have_text("1")
    shop.save("p-lamp/1", price="41.50")

    why = f"{LAMP}?tab=why&field=price"
    for _ in range(WORKS_MS // 1_000):
        sam.goto(why)
        if "41.50" in (sam.locator(".answer h2").text_content() or ""):
            break
        sam.wait_for_timeout(1_000)
    expect(sam.locator(".answer h2")).to_have_text("Why is the price $41.50 online?")
    expect(sam.locator(".so")).to_have_text("Tillbridge sent it because it was saved in the POS.")
    expect(sam.locator(".boxes")).to_contain_text("$39.00 → $41.50")
    expect(sam.locator(".boxes")).to_contain_text("PUT /catalog/products")
    expect(sam.locator(".boxes")).to_contain_text("200, taken")

    sam.get_by_role("link", name="All that happened").click()
    expect(sam.locator(".timeline")).to_contain_text("Sent: price")
    expect(sam.locator(".timeline")).to_contain_text("asked by Sam")
    sam.locator(".timeline a").first.click()
    expect(sam.locator("h1")).to_have_text("Push 1 product")
