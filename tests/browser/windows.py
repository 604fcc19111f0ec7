"""The windows that pages are looked at in, and what nobody should stumble over there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watched

WINDOWS: Mapping[str, dict[str, Any]] = {
    "1280 light": {"viewport": {"width": 1280, "height": 800}},
    "1280 dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "200 %": {"viewport": {"width": 640, "height": 400}},
    "320": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
    "320 desktop": {"viewport": {"width": 320, "height": 640}},
}
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 150);
})"""
TOO_SMALL = """() => [...document.querySelectorAll('.b, .tabs a, .chips a, nav a, .tick label, input[type=search], .field input, .pick, summary')]
  .filter(e => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44))
  .map(e => `${e.outerHTML.slice(0, 80)} ${e.offsetWidth}x${e.offsetHeight}`)"""
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@dataclass
class Window:
    name: str
    page: Page


@contextmanager
def opened(chromium: Browser, address: str, name: str) -> Iterator[Window]:
    """Open a window of this name on what is served at an address; its page must do nothing wrong."""
    context = chromium.new_context(base_url=address, locale="en-GB", **WINDOWS[name])
    for page in watched(context):
        yield Window(name, page)
    context.close()


def stumbles(window: Window, *, asked: bool) -> Iterator[str]:
    """Yield what is wrong with the page that a window shows. `asked`: axe looks at it too, which takes a second or two."""
    if asked:
        yield from findings(window.page)
    if over := sideways(window.page):
        yield f"{over} px sideways"
    if shift := jumps(window.page):
        yield f"shifts by {shift:.3f}"
    if window.name == "phone":
        yield from window.page.evaluate(TOO_SMALL)


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window. A phone's `innerWidth` grows with what is too wide,
    so it is the window's own width that counts."""
    assert page.viewport_size
    # After a click, what is looked for may be there before the stylesheet is.
    page.wait_for_load_state()
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide - page.viewport_size["width"]


def jumps(page: Page) -> float:
    """Return how far a page shifts while it loads, 0 below 0.01. One that jumps does so each time: a machine that stands
    still between two frames makes a jump of its own."""
    for _ in range(4):
        if (shift := float(page.evaluate(SHIFTS))) < 0.01:
            return 0
        page.reload()
    return shift


def findings(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds on a page, or within a part of it."""
    found = Axe().run(page, context=within, options=RULES).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
