"""A plan that warns of two blanked descriptions, through the shipped functions: left out, they stay."""

import re
from decimal import Decimal

from playwright.sync_api import Page, expect

from tests.browser.world.conftest import WORKS_MS, Shop
from tests.browser.world.steps import carried_out, row, shows, taken_on, with_selected

STORE = "exact"

LAMPS = ("Exact lamp A", "Exact lamp B", "Exact lamp C")
WRITTEN = "<p>Hand-spun <b>brass</b></p>"


def test_what_a_push_would_blank_is_left_out_and_stays(shop: Shop, sam: Page) -> None:
    for place, name in enumerate(LAMPS):
        shop.product(f"p-exact-{place}", name, "40.00")
    sam.reload()
    taken_on(sam, sam.get_by_role("button", name=re.compile("Compare now|Refresh")).first)
    for name in LAMPS:
        shows(sam, name, "Not linked")
    sam.goto(f"/stores/{STORE}/pos?q=Exact")
    _tick_all(sam)
    with_selected(sam, "Push")
    carried_out(sam, "Push 3")
    sam.goto(f"/stores/{STORE}/pos?q=Exact")
    numbers = []
    for name in LAMPS:
        shows(sam, name, "Linked")
        found = re.search(r"#(\d+)", row(sam, name).text_content() or "")
        assert found
        numbers.append(int(found[1]))
    for number in numbers[:2]:
        shop.change_online(number, description=WRITTEN)
    shop.change_online(numbers[2], price=41)

    _tick_all(sam)
    with_selected(sam, "Push")
    sam.get_by_role("button", name="See exactly what changes").click()
    expect(sam.get_by_text("A description is replaced by nothing, 2 products")).to_be_visible(
        timeout=WORKS_MS
    )
    expect(sam.get_by_text("41.00")).to_be_visible()
    sam.get_by_role("link", name="Leave these 2 out").click()
    carried_out(sam, "Push all but what is left out")
    assert [shop.as_online(number)["description"] for number in numbers[:2]] == [WRITTEN] * 2
    assert Decimal(str(shop.as_online(numbers[2])["price"])) == Decimal(40)


def _tick_all(page: Page) -> None:
    for name in LAMPS:
        row(page, name).get_by_role("checkbox").check()
