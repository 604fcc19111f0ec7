"""Dead letters and web orders in every window: nothing for axe to find, nothing sideways, nothing too small."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watched
from tests.browser.every_state import STATES, State
from tests.browser.server import Served
from tests.browser.test_every_window import TOO_SMALL, WINDOWS, _wrong, sideways

MINE = [state for state in STATES if state[0].startswith(("letters", "order"))]


@pytest.fixture(params=WINDOWS)
def window(
    request: pytest.FixtureRequest, chromium: Browser, served: Served
) -> Iterator[tuple[str, Page]]:
    context = chromium.new_context(
        base_url=served.address, locale="en-GB", **WINDOWS[request.param]
    )
    for page in watched(context):
        yield request.param, page
    context.close()


@pytest.mark.parametrize("state", MINE, ids=[state[0] for state in MINE])
def test_a_state_has_no_finding_and_fits(
    state: State,
    window: tuple[str, Page],
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, shop, person, address, _ = state
    name, page = window
    served.shop, served.person = shop().play(monkeypatch), person
    page.goto(address)
    for each in page.locator("details.body").all()[:3]:
        each.evaluate("it => { it.open = true }")
    assert sideways(page) == 0
    if name in ("1280 light", "1280 dark", "phone"):
        assert _wrong(page) == []
    if name in ("phone", "320"):
        assert page.evaluate(TOO_SMALL) == []
    menus = page.locator("details[name=discard] summary")
    for at in {0, menus.count() - 1} if menus.count() else ():
        menus.nth(at).click()
        assert sideways(page) == 0
        assert page.evaluate(
            "[...document.querySelectorAll('details[name=discard][open] > div')]"
            ".every(e => e.getBoundingClientRect().left >= 0)"
        )
