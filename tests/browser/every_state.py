"""Draw every page in every state, window and theme into a folder (`scripts/screenshots FOLDER`): to be looked at."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.server import Served, serving
from tests.builders import a_connection
from tests.console.shop import (
    HIDES,
    HOSTILE,
    OLIVIA,
    PUSHED,
    SHOP,
    TAKEN,
    VERA,
    Shop,
    a_job,
    pushed_by_hand,
    without_hostile_names,
)
from tillbridge.console.pages.plain import sign_in_page, trouble_page
from tillbridge.domain.connection import StoreState
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import Job, JobState
from tillbridge.domain.people import Person
from tillbridge.domain.request_plan import PlannedProduct
from tillbridge.domain.selection import Do, Selection
from tillbridge.usecases.console.plan_undo import plan_undo

S = f"/stores/{SHOP}"
WIDTHS = (1280, 768, 390, 320)
MOST_HIGH = 1_400
NOTE = "Of 3,400 products only the first 2,000 were looked at for what would be lost."
DISABLED = "BigCommerce took the token back. Make a new one there, and connect the store again."
PLANNED = ("p-1001", "p-1005", "p-1006", "p-1008", "p-1012", "p-1013", "h-5", "h-7")


def _shop(**values: object) -> Shop:
    shop = Shop(**values)  # type: ignore[arg-type]  # the values are those of Shop
    shop.progress["job-7"] = a_job()
    lines = a_job().lines
    ended: dict[str, Any] = {"state": JobState.ENDED, "left": 0}
    shop.progress["job-6"] = a_job("job-6", done=43, failed=0, lines=lines[2:], **ended)
    named = [replace(lines[0], product=f"h-{n}", name=name) for n, name in enumerate(HOSTILE)]
    shop.progress["job-5"] = a_job("job-5", done=0, failed=9, lines=tuple(named), **ended)
    waits = Job("job-4", SHOP, Do.IMPORT, HOSTILE[5], shop.clock.now - 90_000_000, 0)
    shop.progress["job-4"] = a_job(
        "job-4",
        job=waits,
        state=JobState.WAITS,
        words="The store is paused.",
        seconds=None,
        lines=(),
    )
    return shop


def _planned(*, notes: bool = False, warned: bool = True, old: bool = False) -> Shop:
    shop = _shop(warned=(TAKEN, HIDES) if warned else ())
    shop.plan(shop.deps, OLIVIA, SHOP, Do.PUSH, Selection("pos", ids=PLANNED))
    plan = shop.plans.get(SHOP, "plan-1")
    assert plan is not None
    left = (PlannedProduct("p-1010", "Linen cushion cover, plum", words="It was deleted online."),)
    plan = replace(plan, left_out_count=1, left_out=left, notes=(NOTE,) if notes else ())
    plan = replace(plan, made_ms=plan.made_ms - 3_600_000) if old else plan
    shop.plans.keep(plan, PLANNED)
    return shop


def _two_stores() -> Shop:
    return _shop(
        connection=a_connection(SHOP, state=StoreState.NEEDS_ATTENTION, attention_words=DISABLED)
    )


def _pushed() -> Shop:
    return pushed_by_hand(_shop())


def _unlinked() -> Shop:
    shop = _pushed()
    line = ProductLine(1, PosProductId("p-1006"), Did.UNLINKED, web=StoreProductId(777))
    shop.deps.history.write(SHOP, [line])
    return shop


def _undo_planned() -> Shop:
    shop = _pushed()
    plan = plan_undo(shop.deps, OLIVIA, SHOP, job=PUSHED)
    shop.plans.keep(replace(plan, id="plan-undo"), tuple(shop.plans.ids(SHOP, plan.id)))
    return shop


State = tuple[str, Callable[[], Shop], Person, str, tuple[str, ...]]
STATES: Iterable[State] = (
    ("pos", lambda: without_hostile_names(_shop()), OLIVIA, f"{S}/pos", ()),
    ("ticked", _shop, OLIVIA, f"{S}/pos", ("p-1003", "p-1006")),
    ("hostile", _shop, OLIVIA, f"{S}/pos?sort=-name", ()),
    ("all", _shop, OLIVIA, f"{S}/pos?all=1", ()),
    ("web-left-out", _shop, OLIVIA, f"{S}/web?status=left_out", ()),
    ("web", _shop, OLIVIA, f"{S}/web", ("901",)),
    ("viewer", _shop, VERA, f"{S}/pos?status=failed", ()),
    ("waiting", _shop, OLIVIA, f"{S}/pos?status=waiting&lane=stock", ()),
    ("nothing-fits", _shop, OLIVIA, f"{S}/pos?q=zebra&status=linked", ()),
    ("none-broken", lambda: Shop(empty=True), OLIVIA, f"{S}/pos?status=broken", ()),
    ("empty", lambda: Shop(empty=True, compared_ms=0), OLIVIA, f"{S}/pos", ()),
    ("message", _shop, OLIVIA, f"{S}/pos?said=comparing_all&status=broken", ()),
    (
        "paused",
        lambda: _shop(connection=a_connection(SHOP, state=StoreState.PAUSED)),
        OLIVIA,
        f"{S}/pos?status=broken",
        (),
    ),
    ("attention", _two_stores, OLIVIA, f"{S}/jobs", ()),
    ("plan-warned", lambda: _planned(notes=True), OLIVIA, f"{S}/plans/plan-1?said=tick_each", ()),
    ("plan", lambda: _planned(warned=False), OLIVIA, f"{S}/plans/plan-1", ()),
    ("plan-old", lambda: _planned(old=True), OLIVIA, f"{S}/plans/plan-1", ()),
    ("plan-viewer", _planned, VERA, f"{S}/plans/plan-1", ()),
    ("job", _shop, OLIVIA, f"{S}/jobs/job-7", ()),
    ("job-ended", _shop, OLIVIA, f"{S}/jobs/job-6", ()),
    ("job-failed", _shop, OLIVIA, f"{S}/jobs/job-5", ()),
    ("job-waits", _shop, OLIVIA, f"{S}/jobs/job-4", ()),
    ("job-undoable", _pushed, OLIVIA, f"{S}/jobs/{PUSHED}", ()),
    ("undo", _pushed, OLIVIA, f"{S}/undo?product=p-1003", ()),
    ("undo-field", _pushed, OLIVIA, f"{S}/undo?product=p-1003&field=price", ()),
    ("undo-made", _pushed, OLIVIA, f"{S}/undo?product=p-1011", ()),
    ("undo-nothing", _pushed, OLIVIA, f"{S}/undo?product=h-7", ()),
    ("undo-unlinked", _unlinked, OLIVIA, f"{S}/undo?product=p-1006", ()),
    ("undo-plan", _undo_planned, OLIVIA, f"{S}/plans/plan-undo", ()),
    ("jobs", _shop, OLIVIA, f"{S}/jobs", ()),
    ("no-jobs", Shop, OLIVIA, f"{S}/jobs", ()),
    ("link", _shop, OLIVIA, f"{S}/link?pos=p-1002", ()),
    ("link-none", _shop, OLIVIA, f"{S}/link?pos=h-7&q=zebra", ()),
    ("stores", _two_stores, OLIVIA, "/stores", ()),
    ("keys", _shop, OLIVIA, "/keys", ()),
    ("no-plan", _shop, OLIVIA, f"{S}/plans/none", ()),
    ("sign-in", _shop, OLIVIA, "/in", ()),
    ("busy", _shop, OLIVIA, "/busy", ()),
)
"""Name, shop, person, address and ticks of each."""


def draw_all(folder: Path, names: Iterable[str] = ()) -> None:
    """Draw them all, or those of `names`."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = {
        "/in": sign_in_page("/"),
        "/busy": trouble_page(503, "Busy", "The page cannot be shown just now.", 5),
    }
    chosen = [state for state in STATES if not names or state[0] in names]
    served = Served(Shop(), stores=(SHOP, StoreId("quay-street"), StoreId("w" * 64)), plain=plain)
    with serving(served), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width, theme in product(WIDTHS, ("light", "dark")):
            _draw_each(browser, served, chosen, width, theme, folder)
        browser.close()


def _draw_each(
    browser: Browser, served: Served, states: Iterable[State], width: int, theme: str, folder: Path
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if theme == "dark" else "light",
        has_touch=width < 1_000,
        is_mobile=width < 500,
        base_url=served.address,
        locale="en-GB",
    )
    page = context.new_page()
    for name, shop, person, address, ticks in states:
        with pytest.MonkeyPatch.context() as patch:
            served.shop, served.person = shop().play(patch), person
            page.goto(address)
            for each in ticks:
                page.locator(f'input[value="{each}"]').check()
            high = min(MOST_HIGH, max(800, page.evaluate("document.documentElement.scrollHeight")))
            page.set_viewport_size({"width": width, "height": high})
            page.screenshot(path=folder / f"{width}-{theme}-{name}.png")
    context.close()
