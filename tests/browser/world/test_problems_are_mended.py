"""What is wrong is seen by its cause, mended in the POS, and asked for again with one button; the overview then says
how fresh the web is. Each test goes on where the one before it ended."""

import re

from playwright.sync_api import Page, expect

from cli.deployment.glance import glance
from tests.browser.world.conftest import WORKS_MS, Shop
from tests.browser.world.steps import carried_out, shows, taken_on, with_selected
from tillbridge.domain.health import Health
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import LagPath
from tillbridge.usecases.console.overview import overview
from tillbridge.usecases.console.problems import problems

STORE = "problems"

LONG = {each: f"{each} stool, {'very ' * 60}comfortable" for each in ("Ash", "Birch", "Cedar")}


def test_products_that_fail_for_one_reason_are_one_problem(shop: Shop, sam: Page) -> None:
    for name, long in LONG.items():
        shop.product(f"q-{name}", long)
    shop.product("q-fine", "Well-named stool")
    sam.goto(f"/stores/{STORE}/problems")
    expect(sam.get_by_role("heading", name="Nothing is wrong")).to_be_visible()
    sam.goto(f"/stores/{STORE}")
    taken_on(sam, sam.get_by_role("button", name="Compare now"))
    sam.goto(f"/stores/{STORE}/pos?q=stool&status=not_linked")
    shows(sam, "Well-named stool", "Not linked")
    sam.goto(f"/stores/{STORE}/pos?q=stool&status=not_linked&all=1")
    with_selected(sam, "Push all")
    carried_out(sam, "Push 4")
    sam.get_by_role("link", name="Problems").click()
    problem = sam.get_by_role("listitem").filter(has_text="The name has over 250 characters")
    expect(problem).to_contain_text("3")
    expect(problem).to_contain_text("Ash stool")


def test_a_cause_leads_to_its_products_alone(shop: Shop, sam: Page) -> None:
    sam.goto(f"/stores/{STORE}/problems")
    problem = sam.get_by_role("listitem").filter(has_text="The name has over 250 characters")
    problem.get_by_role("link", name="See").click()
    expect(sam.get_by_text("Only those of one cause")).to_be_visible()
    expect(sam.locator("tbody tr")).to_have_count(3)


def test_once_it_is_mended_one_button_asks_for_all_of_them(shop: Shop, sam: Page) -> None:
    for name in ("Ash", "Birch", "Cedar"):
        shop.product(f"q-{name}", f"{name} stool")
    sam.goto(f"/stores/{STORE}/problems")
    sam.get_by_role("button", name="Refresh and push 3 again").click()
    carried_out(sam, "Refresh and push 3")
    expect(sam.locator("[data-part=done]")).to_have_text("3")
    sam.get_by_role("link", name="Problems").click()
    expect(sam.get_by_role("heading", name="Nothing is wrong")).to_be_visible(timeout=WORKS_MS)


def test_the_overview_says_how_fresh_the_web_is(shop: Shop, sam: Page) -> None:
    sam.get_by_role("link", name="Overview").click()
    expect(sam.get_by_text("The web shows what the till knew")).to_be_visible()
    expect(sam.get_by_role("img", name="Delay of the last 24 hours")).to_be_visible()
    sam.goto("/")
    expect(sam).to_have_url(re.compile(rf"/stores/{STORE}$|/stores$"))


def test_the_terminal_says_the_same(shop: Shop) -> None:
    seen = overview(glance(shop.target), StoreId(STORE))
    assert (seen.health, seen.failed) == (Health.HEALTHY, ())
    assert seen.quota is not None
    assert seen.lags is not None
    assert seen.lags[LagPath.ASKED].count >= 3
    assert seen.figures.entry is not None
    assert seen.figures.entry.last_run is not None
    assert problems(glance(shop.target), StoreId(STORE)).unread == ()
