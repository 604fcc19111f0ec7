"""A function that dies in the middle of a large push, and a person who is signed out meanwhile."""

from playwright.sync_api import Page, expect

from tests.browser.world.conftest import LONG_MS, Shop, signed_in
from tests.browser.world.steps import all_that_fit, compared, with_selected

STORE = "killed"


def test_five_hundred_are_pushed_though_the_function_is_killed_on_the_way(
    shop: Shop, sam: Page
) -> None:
    compared(shop, sam, "Plate", 500)
    all_that_fit(sam, "Plate 000")
    with_selected(sam, "Push all")
    sam.get_by_role("button", name="Push 500").click()
    expect(sam.locator("[data-part=done]")).not_to_have_text("0", timeout=60_000)
    assert shop.world.aws.kill(shop.world.outputs.push_function_name)
    sam.context.clear_cookies()  # and the session ends meanwhile
    job = sam.url
    signed_in(sam, "Sam", job.removeprefix(shop.address))
    expect(sam.locator("[data-job]")).to_have_attribute("data-state", "ended", timeout=LONG_MS)
    expect(sam.locator("[data-part=done]")).to_have_text("500")
    names = [each["name"] for each in shop.store.control.snapshot()["products"]]
    assert sum(name.startswith("Plate") for name in names) == 500, "none is lost, none is doubled"
