"""Each page in each window: nothing that a reader, a keyboard or a narrow phone would stumble over."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import Served
from tests.browser.windows import TOO_SMALL, WINDOWS, Window, findings, opened, sideways, stumbles
from tests.console.catalogue import SHOP
from tests.console.shop import OLIVIA, VERA
from tests.console.shop_states import PUSHED, pushed_by_hand
from tests.console.store_states import troubled
from tillbridge.domain.connection import Pause
from tillbridge.domain.people import Person
from tillbridge.domain.selection import Do, Selection
from tillbridge.usecases.console.plan_undo import plan_undo

S = f"/stores/{SHOP}"
PAGES: Mapping[str, str] = {
    "POS view": f"{S}/pos",
    "Web view": f"{S}/web",
    "all selected": f"{S}/pos?all=1",
    "failed": f"{S}/pos?status=failed",
    "waiting": f"{S}/pos?status=waiting&lane=stock",
    "nothing fits": f"{S}/pos?q=zebra",
    "message": f"{S}/pos?said=comparing",
    "plan": f"{S}/plans/plan-1",
    "job": f"{S}/jobs/job-7",
    "ended job": f"{S}/jobs/job-6",
    "job that can be undone": f"{S}/jobs/{PUSHED}",
    "undo": f"{S}/undo?product=p-1003",
    "nothing to undo": f"{S}/undo?product=h-7",
    "plan of an undo": f"{S}/plans/plan-undo",
    "jobs": f"{S}/jobs",
    "link": f"{S}/link?pos=p-1002",
    "product": f"{S}/products/p-1007",
    "failed product": f"{S}/products/p-1002",
    "product of the POS alone": f"{S}/products/p-1006",
    "product of BigCommerce alone": f"{S}/web/902",
    "promised product": f"{S}/products/p-1012",
    "odd product": f"{S}/products/h-all",
    "variants": f"{S}/products/p-1009?tab=variants",
    "odd variants": f"{S}/products/h-all?tab=variants",
    "one variant": f"{S}/products/p-1009?tab=variants&variant=v-7",
    "history": f"{S}/products/p-1007?tab=history",
    "odd history": f"{S}/products/h-all?tab=history",
    "no history": f"{S}/products/p-1001?tab=history",
    "why": f"{S}/products/p-1007?tab=why&field=price",
    "why of a variant": f"{S}/products/p-1009?tab=why&field=stock&variant=v-5",
    "odd why": f"{S}/products/h-all?tab=why&field=name",
    "no such product": f"{S}/products/nobody",
    "overview": S,
    "problems": f"{S}/problems",
    "failed by one cause": f"{S}/pos?status=failed&cause=name_taken",
    "settings": f"{S}/settings",
    "settings to change": f"{S}/settings/change?seen=0&price=manual&safety_stock=lots",
    "pausing": f"{S}/pause",
    "token": f"{S}/token",
    "removing": f"{S}/remove",
    "stores": "/stores",
    "keys": "/keys",
    "no plan": f"{S}/plans/none",
    "signed out": "/signed-out",
    "busy": "/busy",
}
MOST_USED = (
    "POS view",
    "product",
    "variants",
    "why",
    "plan",
    "job",
    "link",
    "nothing fits",
    "overview",
    "problems",
    "settings",
    "pausing",
)
ASKED: Mapping[str, tuple[str, ...]] = {
    "1280 light": tuple(PAGES),
    "1280 dark": MOST_USED,
    "phone": ("POS view", "product", "plan", "job", "overview", "settings"),
}
"""The pages that axe looks at, by window: it takes a second or two a page."""


def pages_of(window: str) -> Mapping[str, str]:
    """Return the pages whose widths, shifts and targets are looked at in a window: all, but in the dark those alone that
    axe looks at, for a theme changes colours and nothing else."""
    if window != "1280 dark":
        return PAGES
    return {name: PAGES[name] for name in ASKED[window]}


HEADS = """() => {
  const heads = [...document.querySelectorAll('thead th')], cells = [...document.querySelectorAll('tbody tr:first-child > :is(th, td):not(.tick)')];
  return heads.filter((each, at) => getComputedStyle(each).display !== 'none'
      && Math.abs(each.getBoundingClientRect().left - cells[at].getBoundingClientRect().left) > 2).map(e => e.textContent);
}"""


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest, chromium: Browser, warned: Served) -> Iterator[Window]:
    troubled(warned.shop)
    warned.shop.plan(
        warned.shop.deps,
        OLIVIA,
        SHOP,
        Do.PUSH,
        Selection("pos", ids=("p-1001", "p-1005", "p-1012", "p-1013")),
    )
    deps = pushed_by_hand(warned.shop).deps
    undo = plan_undo(deps, OLIVIA, SHOP, job=PUSHED)
    deps.plans.keep(replace(undo, id="plan-undo"), ())
    with opened(chromium, warned.address, request.param) as made:
        yield made


@pytest.mark.timeout(300)  # axe looks at each of 45 pages
def test_no_page_has_a_finding_or_scrolls_sideways_or_jumps(window: Window) -> None:
    page, wrong = window.page, []
    for name, address in pages_of(window.name).items():
        page.goto(address)
        asked = name in ASKED.get(window.name, ())
        wrong += [f"{name}: {each}" for each in stumbles(window, asked=asked)]
    assert wrong == []


def test_a_ticked_list_has_no_finding_either(window: Window) -> None:
    window.page.goto(f"{S}/pos")
    window.page.locator("tbody input[type=checkbox]").nth(5).check()
    window.page.locator(".bar").wait_for(state="visible")
    assert sideways(window.page) == 0
    if window.name in ASKED:
        assert findings(window.page, ".bar, thead, tbody tr:nth-child(6)") == []


def test_a_person_who_may_only_look_has_whole_pages(window: Window, warned: Served) -> None:
    warned.person = VERA
    for name in ("POS view", "product", "why", "plan", "job", "overview", "problems"):
        window.page.goto(PAGES[name])
        assert sideways(window.page) == 0
        if window.name == "1280 light":
            assert findings(window.page) == []


def test_the_band_of_a_paused_store_has_no_finding(window: Window, warned: Served) -> None:
    warned.shop.deps.stores.pause(SHOP, Pause("Olivia", "W" * 200, 5))
    for address in (f"{S}/pause", f"{S}/jobs"):
        window.page.goto(address)
        expect(window.page.get_by_role("button", name="Resume").first).to_be_visible()
        assert sideways(window.page) == 0
        if window.name in ("1280 light", "1280 dark", "phone"):
            assert findings(window.page) == []
        if window.name == "phone":
            assert window.page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("person", [OLIVIA, VERA])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_heads_stand_over_their_columns(
    page: Page, served: Served, person: Person, media: Literal["screen", "print"]
) -> None:
    served.person = person
    page.emulate_media(media=media)
    for view in ("pos", "web", "products/p-1009?tab=variants"):
        page.goto(f"{S}/{view}")
        assert page.evaluate(HEADS) == []


def test_print_shows_the_table_alone(page: Page) -> None:
    page.goto(f"{S}/pos")
    page.set_viewport_size({"width": 700, "height": 1000})  # of a sheet of paper, a phone's width
    page.emulate_media(media="print", color_scheme="dark")
    for each in (".top", ".tabs", ".filters", ".pages .b", ".acts .b", ".tick"):
        expect(page.locator(each).first).to_be_hidden()
    expect(page.locator("thead")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(50)
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor") == (
        "rgb(255, 255, 255)"
    )


def test_forced_colours_keep_the_ticks(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{S}/pos")
    box = page.locator("tbody input[type=checkbox]").first
    assert box.evaluate("e => getComputedStyle(e).appearance") == "auto"
    lines = "tabs => tabs.map(e => getComputedStyle(e).borderBottomColor)"
    here, there = page.locator(".tabs a").evaluate_all(lines)
    assert here != there, "the current tab is told by its line"


def test_open_menus_have_no_finding(window: Window) -> None:
    window.page.goto(f"{S}/pos")
    for menu in window.page.locator("summary").all():
        window.page.keyboard.press("Escape")
        menu.click()
        # What lies below an open menu is partly hidden, as it should be.
        if window.name in ASKED:
            assert findings(window.page, "details[open]") == []
        assert sideways(window.page) == 0


def test_the_hours_are_a_table_too(window: Window) -> None:
    window.page.goto(S)
    window.page.get_by_text("As a table").click()
    expect(window.page.get_by_role("row")).to_have_count(24)
    assert sideways(window.page) == 0
    if window.name in ASKED:
        assert findings(window.page, ".charts") == []
