"""Who may do what, and requests of many products, in a browser and through the shipped functions."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.world.conftest import LONG_MS, Shop, signed_in
from tests.browser.world.steps import all_that_fit, compared, row, with_selected

STORE = "people"
POS = f"/stores/{STORE}/pos"

MANY = 120


def test_a_viewer_sees_all_and_has_no_button(shop: Shop, page: Page) -> None:
    signed_in(page, "Sam", POS)
    compared(shop, page, "Bowl", 2)
    page.context.clear_cookies()
    signed_in(page, "Vera", POS)
    expect(row(page, "Bowl 000")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Push")).to_have_count(0)
    expect(page.get_by_text("may look")).to_be_visible()


def test_a_store_of_others_does_not_exist(sam: Page) -> None:
    answer = sam.goto("/stores/other/pos")
    assert answer is not None
    assert answer.status == 404


def test_who_is_signed_out_in_the_middle_of_a_form_has_done_nothing(shop: Shop, sam: Page) -> None:
    row(sam, "Bowl 000").get_by_role("checkbox").check()
    sam.context.clear_cookies()
    with_selected(sam, "Push 1")
    sam.get_by_role("link", name="Sign in").click()
    sam.get_by_role("button", name="Sam").click()
    sam.goto(f"/stores/{STORE}/pos?q=Bowl")
    expect(row(sam, "Bowl 000")).to_contain_text("Not linked")


def test_all_that_fit_but_one_are_pushed_while_the_tab_is_closed(
    shop: Shop, sam: Page, chromium: Browser
) -> None:
    compared(shop, sam, "Bulk", MANY)
    all_that_fit(sam, "Bulk 000")
    sam.get_by_role("checkbox", name="Select Bulk 007").uncheck()
    with_selected(sam, "Push all")
    sam.get_by_role("button", name=f"Push {MANY - 1}").click()
    expect(sam.locator("[data-job]")).to_be_visible()
    job = sam.url
    sam.close()
    again = sam.context.new_page()
    again.goto(f"/stores/{STORE}/jobs")
    again.get_by_role("link", name=f"Push {MANY - 1} products").click()
    assert again.url == job
    expect(again.locator("[data-job]")).to_have_attribute("data-state", "ended", timeout=LONG_MS)
    expect(again.locator("[data-part=done]")).to_have_text(str(MANY - 1))
    again.goto(f"/stores/{STORE}/pos?q=Bulk&status=not_linked")
    expect(again.locator("tbody tr")).to_have_count(1)
    expect(row(again, "Bulk 007")).to_be_visible()
