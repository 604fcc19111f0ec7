"""Connecting and the first day, in each window, by keyboard and without a script."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import Served
from tests.browser.windows import WINDOWS, Window, opened, stumbles
from tests.console import first_days
from tests.console.catalogue import SHOP
from tests.console.shop import VERA, Shop
from tests.console.test_connect import sides

S = f"/stores/{SHOP}"
LINKS = f"{S}/first-day/links/{first_days.RUN}"
PAGES: Mapping[str, tuple[Callable[[], Shop], str]] = {
    "connect": (first_days.connected, "/stores/connect"),
    "first day, new": (first_days.connected, f"{S}/first-day?said=connected"),
    "first day, reading": (first_days.reading, f"{S}/first-day"),
    "first day, pairs": (first_days.with_candidates, f"{S}/first-day"),
    "first day, done": (first_days.all_done, f"{S}/first-day"),
    "pairs": (first_days.with_candidates, LINKS),
    "no pairs": (first_days.nothing_to_link, LINKS),
}


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest, chromium: Browser, served: Served) -> Iterator[Window]:
    with opened(chromium, served.address, request.param) as made:
        yield made


def _seen(window: Window) -> list[str]:
    return list(stumbles(window, asked=window.name == "1280 light"))


def test_no_page_has_a_finding_or_scrolls_sideways_or_jumps(window: Window, served: Served) -> None:
    wrong = []
    for name, (shop, address) in PAGES.items():
        served.shop = shop()
        window.page.goto(address)
        wrong += [f"{name}: {each}" for each in _seen(window)]
    assert wrong == []


def _refused(page: Page, served: Served) -> None:
    served.shop = first_days.connected()
    sides(served.shop).lacks = {"Products", "Orders"}
    page.goto("/stores/connect")
    page.get_by_label("Name", exact=True).fill("quay")
    page.get_by_label("Store hash").fill("abc123")
    page.get_by_label("Access token", exact=True).fill("t")
    page.get_by_role("button", name="Ask both sides").click()
    expect(page.locator("#scopes")).to_be_visible()


def test_a_form_that_is_refused_has_no_finding_either(window: Window, served: Served) -> None:
    _refused(window.page, served)
    assert _seen(window) == []
    window.page.get_by_label("A POS that is new here").check()
    window.page.get_by_role("button", name="Ask both sides").click()
    expect(window.page.locator("#pos_address-wrong")).to_be_visible()
    assert _seen(window) == []


def test_who_may_only_look_has_whole_pages(window: Window, served: Served) -> None:
    served.person = VERA
    for name in ("first day, pairs", "pairs"):
        shop, address = PAGES[name]
        served.shop = shop()
        window.page.goto(address)
        assert _seen(window) == []
        assert window.page.locator("main button").count() == 0


def test_what_a_new_pos_needs_is_asked_only_of_a_new_pos(page: Page, served: Served) -> None:
    served.shop = first_days.connected()
    page.goto("/stores/connect")
    expect(page.get_by_label("Address of the POS")).to_be_hidden()
    page.get_by_label("A POS that is new here").check()
    expect(page.get_by_label("Address of the POS")).to_be_visible()


def test_a_store_is_connected_by_keyboard_alone_and_without_a_script(
    chromium: Browser, served: Served
) -> None:
    served.shop = first_days.connected()
    context = chromium.new_context(base_url=served.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/stores/connect")
    page.get_by_label("Name", exact=True).focus()
    for text in ("quay", "abc123", "secret-of-bigcommerce"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="First day")).to_be_visible()
    assert "secret-of-bigcommerce" not in page.content() + page.url
    context.close()


def test_pairs_that_are_taken_out_are_not_sent(page: Page, served: Served) -> None:
    served.shop = first_days.with_candidates()
    page.goto(LINKS)
    page.get_by_role("checkbox", name="Link Oak chair 0000").uncheck()
    page.get_by_role("checkbox", name="Link Oak chair 0004").check()
    page.get_by_role("button", name="Plan the links").click()
    path, form = served.posted[-1]
    assert path == f"{S}/plans"
    assert form["pair"] == [f"{5_000 + n}:p-{n}" for n in (1, 2, 4, 5, 6, 7, 8)]
