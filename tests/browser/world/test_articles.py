"""What the articles say a shopkeeper does, done with the mouse in a browser, through the shipped functions. Each
test goes on where the one before it ended, as a shopkeeper does."""

import re
from decimal import Decimal

from playwright.sync_api import Page, expect

from cli.sides.pos_products import pos_products
from tests.browser.world.conftest import Shop
from tests.browser.world.steps import carried_out, key, push, row, shows, taken_on, with_selected
from tillbridge.domain.ids import StoreId

STORE = "articles"


def test_the_first_compare_fills_both_views(shop: Shop, sam: Page) -> None:
    shop.product("p-chair", "Oak chair", "14.50")
    shop.product("p-stool", "Oak stool", "9.00")
    shop.online("Oak stool")
    shop.online("Web lamp", "WEB-LAMP-1", price=30, brand_name="Glow")
    sam.reload()
    expect(sam.get_by_text("Nothing here yet")).to_be_visible()
    taken_on(sam, sam.get_by_role("button", name="Compare now"))
    shows(sam, "Oak chair", "Not linked")
    sam.get_by_role("link", name="Web view").click()
    shows(sam, "Web lamp", "Not linked")


def test_a_product_that_is_not_linked_is_pushed_and_becomes_linked(shop: Shop, sam: Page) -> None:
    push(sam, "Oak chair")
    expect(sam.get_by_role("heading", level=1)).to_have_text("Push 1 product?")
    carried_out(sam, "Push 1")
    expect(sam.locator("[data-part=done]")).to_have_text("1")
    sam.get_by_role("link", name="Products").click()
    shows(sam, "Oak chair", "Linked")
    number = re.search(r"#(\d+)", row(sam, "Oak chair").text_content() or "")
    assert number, "the row names the product online"
    assert Decimal(str(shop.as_online(int(number[1]))["price"])) == Decimal("14.50")


def test_what_is_changed_in_the_pos_is_updated_online_by_itself(shop: Shop, sam: Page) -> None:
    shop.save("p-chair", price="16.25")
    shows(sam, "Oak chair", "16.25")
    number = re.search(r"#(\d+)", row(sam, "Oak chair").text_content() or "")
    assert number
    assert Decimal(str(shop.as_online(int(number[1]))["price"])) == Decimal("16.25")


def test_a_name_that_bigcommerce_has_is_an_error_that_names_the_product(
    shop: Shop, sam: Page
) -> None:
    row(sam, "Oak stool").get_by_role("checkbox").check()
    key(sam, "p")
    carried_out(sam, "Push 1")
    expect(sam.locator("[data-part=failed]")).to_have_text("1")
    expect(sam.get_by_text("BigCommerce already has a product named 'Oak stool'")).to_be_visible()
    sam.get_by_role("link", name="Products").click()
    shows(sam, "Oak stool", "Failed")


def test_it_is_linked_to_that_product_instead(shop: Shop, sam: Page) -> None:
    sam.get_by_role("link", name="Failed").click()
    row(sam, "Oak stool").get_by_role("button", name="Link to #").click()
    expect(sam.get_by_role("heading", level=1)).to_contain_text("Link")
    sam.get_by_role("checkbox").check()
    carried_out(sam, "Link all 1")
    sam.get_by_role("link", name="Products").click()
    shows(sam, "Oak stool", "Linked")


def test_or_the_other_is_renamed_and_it_is_refreshed_and_pushed_again(
    shop: Shop, sam: Page
) -> None:
    theirs = shop.online("Oak bench")
    shop.product("p-bench", "Oak bench", "60.00")
    taken_on(sam, sam.get_by_role("button", name="Refresh"))
    shows(sam, "Oak bench", "Not linked")
    row(sam, "Oak bench").get_by_role("checkbox").check()
    key(sam, "p")
    carried_out(sam, "Push 1")
    shop.change_online(theirs, name="Old bench")
    sam.goto(f"/stores/{STORE}/pos?status=failed")
    row(sam, "Oak bench").get_by_role("button", name="Refresh and push again").click()
    carried_out(sam, "Refresh and push 1")
    sam.get_by_role("link", name="Products").click()
    shows(sam, "Oak bench", "Linked")


def test_a_product_of_the_web_is_imported_into_the_pos(shop: Shop, sam: Page) -> None:
    sam.get_by_role("link", name="Web view").click()
    row(sam, "Web lamp").get_by_role("checkbox").check()
    with_selected(sam, "Import 1")
    carried_out(sam, "Import 1")
    sam.goto(f"/stores/{STORE}/web")
    shows(sam, "Web lamp", "Linked")
    (made,) = [
        each for each in pos_products(shop.target, StoreId(STORE)) if each["name"] == "Web lamp"
    ]
    assert made["product_number"] == "WEB-LAMP-1"
    assert made["sku"] not in ("", "WEB-LAMP-1")
    assert made["vendor"]["name"] == "No Vendor"
