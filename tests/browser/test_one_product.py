"""From a list to the page of one product, and back."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched
from tests.browser.server import Served
from tests.console.catalogue import HOSTILE, SHOP
from tests.console.shop import VERA, Shop

S = f"/stores/{SHOP}"
WIDER = "(main => main.scrollWidth - main.clientWidth)(document.querySelector('main'))"


def test_a_name_in_a_list_opens_its_product_and_back_is_the_list(page: Page) -> None:
    page.goto(f"{S}/pos?status=linked")
    page.get_by_role("link", name="Enamel mug, rust").click()
    expect(page.locator("h1")).to_have_text("Enamel mug, rust")
    page.get_by_role("link", name="Variants").click()
    expect(page.locator(".tabs [aria-current]")).to_contain_text("Variants")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(page.url.split("?")[0] + "?status=linked")


def test_enter_opens_the_product_of_the_row_and_r_presses_its_first_button(page: Page) -> None:
    page.goto(f"{S}/pos?status=failed")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/stores')[0]}{S}/products/p-1002")
    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_url("**/plans/*")


def test_who_may_only_look_goes_through_the_rows_by_keys_too(page: Page, served: Served) -> None:
    served.person = VERA
    page.goto(f"{S}/pos?status=failed")
    page.keyboard.press("j")
    page.keyboard.press("x")  # nothing to tick
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ash dining stool")


def test_why_leads_from_a_field_to_its_reason_and_on_to_a_plan(page: Page) -> None:
    page.goto(f"{S}/products/p-1007")
    page.locator("tr.apart").filter(has_text="Price").get_by_role("link", name="Why?").click()
    expect(page.locator(".so")).to_contain_text("Mia pushed it.")
    page.get_by_role("button", name="Push what the POS has").click()
    page.wait_for_url("**/plans/*")
    expect(page.locator("h1")).to_have_text("Push 1 product?")


def test_a_long_text_is_read_whole_without_a_script(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(base_url=served.address, java_script_enabled=False)
    for page in watched(context):
        page.goto(f"{S}/products/p-1007")
        last = page.get_by_text("in Porto.</p>").last
        expect(last).to_be_hidden()
        page.get_by_text("All of it").click()
        expect(last).to_be_visible()
    context.close()


@pytest.mark.parametrize("tab", ["compare", "variants", "history", "why&field=name"])
def test_odd_texts_move_nothing_and_run_nothing(page: Page, served: Served, tab: str) -> None:
    for text in HOSTILE:
        with pytest.MonkeyPatch.context() as patch:
            served.shop = Shop(odd=text).play(patch)
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 700})
                page.goto(f"{S}/products/h-all?tab={tab}")
                assert page.evaluate(WIDER) == 0


def test_a_line_that_fails_while_a_job_is_watched_leads_to_its_product(page: Page) -> None:
    page.goto(f"{S}/jobs/job-7")
    page.get_by_role("link", name="Brass desk lamp").click()
    expect(page.locator("h1")).to_have_text("Brass desk lamp")
