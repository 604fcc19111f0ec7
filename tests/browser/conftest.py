"""One Chromium for all browser tests, and a shop served to it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.server import Served, serving
from tests.console.shop import Shop
from tests.console.shop_states import HIDES, TAKEN, a_job
from tillbridge.console.pages.plain import sign_in_page, trouble_page
from tillbridge.domain.jobs import JobState

_DEBIANS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""Chromium without windows of its own comes first: the same pages take it less than half the processor."""

CHROMIUM = Path(os.environ.get("CHROMIUM") or next(filter(Path.exists, _DEBIANS), _DEBIANS[-1]))
PATIENCE_MS = 20_000
"""How long a page may take to become what is expected of it (ms): four browsers share the machine."""

_REFUSED = "Content Security Policy"


FIRST = "test_a_killed_function.py"
"""It waits for two minutes, in which the other processes run everything else."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the test that takes longest."""
    items.sort(key=lambda item: item.path.name != FIRST)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the browser of the system: none is downloaded."""
    assert CHROMIUM.exists(), "Chromium is missing: `make test-browser` installs it, as root."
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        expect.set_options(timeout=PATIENCE_MS)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Serve a shop with a job under way."""
    shop = Shop().play(monkeypatch)
    shop.progress["job-7"] = a_job()
    shop.progress["job-6"] = a_job("job-6", state=JobState.ENDED, done=43, failed=0, left=0)
    plain = {
        "/signed-out": sign_in_page("/"),
        "/busy": trouble_page(503, "Busy", "The page cannot be shown just now.", 5),
    }
    made = Served(shop, plain=plain)
    with serving(made):
        yield made


@pytest.fixture
def warned(served: Served) -> Served:
    """Let each plan warn of names that are taken and of a product that is hidden."""
    served.shop.warned = (TAKEN, HIDES)
    return served


@dataclass
class Watched:
    """A page, and what it must never do: dialogs, errors, calls that its policy refuses."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def asked(self, dialog: Dialog) -> None:
        self.wrong.append(dialog.message)
        dialog.dismiss()

    def noted(self, message: ConsoleMessage) -> None:
        if _REFUSED in message.text or "TrustedHTML" in message.text:
            self.wrong.append(message.text)


@pytest.fixture
def context(chromium: Browser, served: Served) -> Iterator[BrowserContext]:
    made = chromium.new_context(
        viewport={"width": 1280, "height": 800}, base_url=served.address, locale="en-GB"
    )
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Return a page that has done nothing wrong at the end of the test."""
    yield from watched(context)


def watched(context: BrowserContext) -> Iterator[Page]:
    """Yield a page, and then fail on what it should not have done."""
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    seen = Watched(page)
    page.on("console", seen.noted)
    page.on("pageerror", lambda error: seen.wrong.append(str(error)))
    page.on("dialog", seen.asked)
    yield page
    assert seen.wrong == []
