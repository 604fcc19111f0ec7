"""The plan with old and new values, comparisons and what may stay: in each window, and with the mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import Served
from tests.browser.windows import opened, stumbles
from tests.console import exact_shop, run_shop
from tests.console.catalogue import SHOP
from tests.console.shop import Shop
from tillbridge.domain.exact_plan import ExactState

S = f"/stores/{SHOP}"
PLAN = f"{S}/plans/plan-1"
ACCEPT = f"{S}/accept?product=p-1007&run={run_shop.HELD}&page=0"
STATES: dict[str, tuple[Callable[[Shop], Shop], tuple[str, ...]]] = {
    "ready": (exact_shop.ready, (PLAN, f"{PLAN}?leave=blanks_description", f"{PLAN}/items")),
    "failed": (exact_shop.failed, (PLAN, f"{S}/runs", f"{S}/runs/{run_shop.HELD}", ACCEPT)),
}


def _shop(served: Served, state: Callable[[Shop], Shop]) -> None:
    run_shop.under_way(run_shop.let_stay(run_shop.compared(served.shop)))
    state(exact_shop.planned(served.shop))


@pytest.mark.parametrize("window", ["1280 light", "1280 dark", "phone", "320"])
@pytest.mark.parametrize("state", STATES)
def test_no_page_has_a_finding_or_scrolls_sideways_or_jumps(
    state: str, window: str, chromium: Browser, served: Served
) -> None:
    make, addresses = STATES[state]
    _shop(served, make)
    wrong: list[str] = []
    with opened(chromium, served.address, window) as made:
        for at, address in enumerate(addresses):
            made.page.goto(address)
            asked = window == "1280 light" or not at
            wrong += [f"{address}: {each}" for each in stumbles(made, asked=asked)]
    assert wrong == []


def test_the_page_shows_it_by_itself_when_it_is_ready(page: Page, served: Served) -> None:
    exact_shop.being_made(exact_shop.planned(served.shop))
    page.goto(PLAN)
    expect(page.get_by_text("Both sides are being compared")).to_be_visible()
    exact_shop.ready(served.shop)
    expect(page.get_by_text("A price falls by 63 %")).to_be_visible()


def test_ticks_open_the_full_button_and_leaving_out_settles_a_mark(
    page: Page, served: Served
) -> None:
    exact_shop.ready(exact_shop.planned(served.shop))
    page.goto(PLAN)
    full = page.get_by_role("button", name="Push all")
    expect(full).to_have_attribute("aria-disabled", "true")
    page.get_by_role("link", name="Leave these 2 out").click()
    page.get_by_label("Lower it").check()
    page.get_by_role("button", name="Push all but what is left out").click()
    page.wait_for_url("**/jobs/*")
    ((_, _, _, _, went),) = served.shop.requests.asked
    assert {"p-1005", "p-1012"}.isdisjoint(map(str, went))
    assert "p-1013" in went


def test_a_comparison_that_failed_while_one_waits_is_shown(page: Page, served: Served) -> None:
    exact_shop.being_made(exact_shop.planned(served.shop))
    page.goto(PLAN)
    exact_shop.being_made(served.shop, state=ExactState.FAILED, words="BigCommerce answers 503.")
    expect(page.get_by_text("BigCommerce answers 503.")).to_be_visible()
