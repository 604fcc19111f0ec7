"""Dead letters, web orders and removed stores in every window: nothing for axe to find, nothing sideways, nothing too small."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.every_state import STATES
from tests.browser.server import Served
from tests.browser.windows import TOO_SMALL, WINDOWS, Window, findings, opened, sideways, stumbles

MINE = [state for state in STATES if state[0].startswith(("letters", "order", "stores-removed"))]

ASKED = {
    "1280 dark": ("letters", "orders", "order"),
    "phone": ("letters", "orders", "order"),
}
"""What axe looks at beside all of the light window: one of each page."""

MENUS_ARE_SEEN = """[...document.querySelectorAll('details[name=discard][open] > div')]
  .every(e => e.getBoundingClientRect().left >= 0)"""


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest, chromium: Browser, served: Served) -> Iterator[Window]:
    with opened(chromium, served.address, request.param) as made:
        yield made


def test_no_state_has_a_finding_or_scrolls_sideways(
    window: Window, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = []
    for state, shop, person, address, _ in MINE:
        served.shop, served.person = shop().play(monkeypatch), person
        window.page.goto(address)
        asked = window.name == "1280 light" or state in ASKED.get(window.name, ())
        wrong += [f"{state}: {each}" for each in stumbles(window, asked=False)]
        wrong += [f"{state}: {each}" for each in _opened(window, asked=asked)]
    assert wrong == []


def _opened(window: Window, *, asked: bool) -> Iterator[str]:
    """Yield what is wrong once bodies and menus are open."""
    page = window.page
    for each in page.locator("details.body").all()[:3]:
        each.evaluate("it => { it.open = true }")
    if sideways(page):
        yield "an open body scrolls sideways"
    if asked:
        yield from findings(page)
    if window.name in ("phone", "320"):
        yield from page.evaluate(TOO_SMALL)
    menus = page.locator("details[name=discard] summary")
    for at in {0, menus.count() - 1} if menus.count() else ():
        menus.nth(at).click()
        if sideways(page) or not page.evaluate(MENUS_ARE_SEEN):
            yield f"menu {at} leaves the window"
