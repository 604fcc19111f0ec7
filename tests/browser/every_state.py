"""Draw every page in every state, window and theme into a folder (`scripts/screenshots FOLDER`): to be looked at."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.server import Served, serving
from tests.builders import a_change, a_connection
from tests.console import exact_shop, first_days, run_shop
from tests.console.catalogue import HOSTILE, NOW_MS, SHOP
from tests.console.shop import OLIVIA, SAM, VERA, Shop
from tests.console.shop_orders import with_orders
from tests.console.shop_states import (
    HIDES,
    PUSHED,
    TAKEN,
    a_job,
    pushed_by_hand,
    with_dead_letters,
    without_hostile_names,
)
from tests.console.store_states import BEHIND, QUIET_HOURS, a_day, compared, troubled, unread
from tillbridge.console.pages.plain import sign_in_page, trouble_page
from tillbridge.domain.connection import Pause, Settings, StoreState, WebOrderMode
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import Job, JobState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Person
from tillbridge.domain.request_plan import PlannedProduct
from tillbridge.domain.run import Cursors
from tillbridge.domain.selection import Do, Selection
from tillbridge.usecases.change_settings import change_settings
from tillbridge.usecases.console.oversold import key_of
from tillbridge.usecases.console.plan_undo import plan_undo
from tillbridge.usecases.console.remove import remove

S = f"/stores/{SHOP}"
LINKS = f"{S}/first-day/links/{first_days.RUN}"
WIDTHS = (1280, 768, 390, 320)
EXACT_LEFT = f"{S}/plans/plan-1?leave=blanks_description"
HELD = f"{S}/runs/{run_shop.HELD}"
ACCEPT = f"{S}/accept?product=p-1007&run={run_shop.HELD}&page=0"
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


def _letters(**values: object) -> Shop:
    return with_dead_letters(_shop(), **values)  # type: ignore[arg-type]  # those of with_dead_letters


def _orders(*, mode: WebOrderMode = WebOrderMode.POS, many: int = 0, none: bool = False) -> Shop:
    if none:
        shop = _shop()
        shop.connect(a_connection(SHOP, settings=Settings(web_orders=mode)))
        return shop
    return with_orders(_shop(), mode=mode, many=many)


def _debt() -> str:
    debts = _orders().deps.oversold.latest(SHOP, 9)
    return quote(key_of(debts[-1]), safe="")


def _two_stores() -> Shop:
    return _shop(
        connection=a_connection(SHOP, state=StoreState.NEEDS_ATTENTION, attention_words=DISABLED)
    )


def _set_up() -> Shop:
    shop = _shop()
    for number, words in enumerate(
        ({"price": "manual"}, {"safety_stock": "2"}, {"default_department": HOSTILE[5]})
    ):
        shop.clock.now -= 5 * 3_600_000 // (number + 1)
        change_settings(shop.deps, SHOP, (OLIVIA.name, "Sam", HOSTILE[0])[number], number, words)
        shop.clock.now = NOW_MS
    shop.deps.runs.save_cursors(SHOP, Cursors(linked=4_120))
    return shop


def _with_orders() -> Shop:
    settings = Settings(
        web_orders=WebOrderMode.POS, web_outlet="o-quay", outlets=frozenset({"o-quay"})
    )
    return _shop(connection=a_connection(SHOP, settings=settings))


def _paused() -> Shop:
    pause = Pause(OLIVIA.name, "We prepare the winter sale", NOW_MS - 3_600_000)
    shop = _shop(connection=a_connection(SHOP, state=StoreState.PAUSED, pause=pause))
    for lane, count in ((Lane.STOCK, 14), (Lane.CONTENT, 230), (Lane.WEB, 2)):
        shop.pending.mark(
            a_change(f"p-{n}", store=SHOP, lane=lane, queued_ms=NOW_MS - 60_000 * n)
            for n in range(count)
        )
    return shop


def _removable() -> Shop:
    settings = Settings(web_orders=WebOrderMode.LEDGER)
    return _shop(connection=a_connection(SHOP, settings=settings))


def _removed() -> Shop:
    shop = _removable()
    remove(shop.deps, OLIVIA, SHOP, SHOP)
    return shop


def _held() -> Shop:
    until_ms = NOW_MS + 140_000
    return _shop(connection=a_connection(SHOP, failures=4, not_before_ms=until_ms))


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
        _paused,
        OLIVIA,
        f"{S}/pos?status=broken",
        (),
    ),
    ("attention", _two_stores, OLIVIA, f"{S}/jobs", ()),
    ("plan-warned", lambda: _planned(notes=True), OLIVIA, f"{S}/plans/plan-1?said=tick_each", ()),
    ("plan", lambda: _planned(warned=False), OLIVIA, f"{S}/plans/plan-1", ()),
    ("plan-old", lambda: _planned(old=True), OLIVIA, f"{S}/plans/plan-1", ()),
    ("plan-viewer", _planned, VERA, f"{S}/plans/plan-1", ()),
    ("exact", lambda: exact_shop.ready(_planned()), OLIVIA, f"{S}/plans/plan-1", ()),
    ("exact-left", lambda: exact_shop.ready(_planned(warned=False)), OLIVIA, EXACT_LEFT, ()),
    ("exact-making", lambda: exact_shop.being_made(_planned()), OLIVIA, f"{S}/plans/plan-1", ()),
    ("exact-failed", lambda: exact_shop.failed(_planned()), OLIVIA, f"{S}/plans/plan-1", ()),
    ("exact-items", lambda: exact_shop.ready(_planned()), VERA, f"{S}/plans/plan-1/items", ()),
    ("runs", lambda: run_shop.under_way(run_shop.compared(_shop())), OLIVIA, f"{S}/runs", ()),
    ("runs-none", _shop, OLIVIA, f"{S}/runs", ()),
    ("run-held", lambda: run_shop.compared(_shop()), OLIVIA, HELD, ()),
    ("run-staff", lambda: run_shop.many(_shop()), SAM, f"{HELD}?page=1&after=50", ()),
    ("run-clean", lambda: run_shop.compared(_shop()), OLIVIA, f"{S}/runs/{run_shop.CLEAN}", ()),
    ("accept", lambda: run_shop.let_stay(run_shop.compared(_shop())), OLIVIA, ACCEPT, ()),
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
    ("product", _shop, OLIVIA, f"{S}/products/p-1007", ()),
    ("product-equal", _shop, OLIVIA, f"{S}/products/p-1001", ()),
    ("product-promised", _shop, OLIVIA, f"{S}/products/p-1012", ()),
    ("product-failed", _shop, OLIVIA, f"{S}/products/p-1002", ()),
    ("product-broken", _shop, OLIVIA, f"{S}/products/p-1010", ()),
    ("product-waits", _shop, OLIVIA, f"{S}/products/p-1005", ()),
    ("product-pos-alone", _shop, OLIVIA, f"{S}/products/p-1006", ()),
    ("product-web-alone", _shop, OLIVIA, f"{S}/web/902", ()),
    ("product-long-name", _shop, OLIVIA, f"{S}/products/p-1008", ()),
    ("product-odd", _shop, OLIVIA, f"{S}/products/h-all", ()),
    ("product-odd-wide", lambda: _shop(odd=HOSTILE[7]), OLIVIA, f"{S}/products/h-all", ()),
    ("product-viewer", _shop, VERA, f"{S}/products/p-1007", ()),
    ("product-none", _shop, OLIVIA, f"{S}/products/nobody", ()),
    ("variants", _shop, OLIVIA, f"{S}/products/p-1009?tab=variants", ()),
    ("variants-odd", lambda: _shop(odd=HOSTILE[7]), OLIVIA, f"{S}/products/h-all?tab=variants", ()),
    ("variant", _shop, OLIVIA, f"{S}/products/p-1009?tab=variants&variant=v-7", ()),
    ("history", _shop, OLIVIA, f"{S}/products/p-1007?tab=history", ()),
    (
        "history-odd",
        lambda: _shop(odd=HOSTILE[7]),
        OLIVIA,
        f"{S}/products/h-all?tab=history",
        (),
    ),
    ("history-none", _shop, OLIVIA, f"{S}/products/p-1001?tab=history", ()),
    ("history-web", _shop, OLIVIA, f"{S}/web/902?tab=history", ()),
    ("why", _shop, OLIVIA, f"{S}/products/p-1007?tab=why&field=price", ()),
    (
        "why-stock",
        _shop,
        OLIVIA,
        f"{S}/products/p-1009?tab=why&field=stock&variant=v-5",
        (),
    ),
    (
        "why-odd",
        lambda: _shop(odd=HOSTILE[7]),
        OLIVIA,
        f"{S}/products/h-all?tab=why&field=name",
        (),
    ),
    ("why-theirs", _shop, OLIVIA, f"{S}/products/p-1007?tab=why&field=weight", ()),
    ("why-viewer", _shop, VERA, f"{S}/products/p-1007?tab=why&field=description", ()),
    ("settings", _set_up, OLIVIA, f"{S}/settings?said=saved", ()),
    ("settings-viewer", _set_up, VERA, f"{S}/settings", ()),
    ("settings-new", _shop, OLIVIA, f"{S}/settings", ('manual"][name="price', "when_changed")),
    ("settings-orders", _with_orders, OLIVIA, f"{S}/settings", ()),
    (
        "settings-change",
        _set_up,
        OLIVIA,
        f"{S}/settings/change?seen=3&stock=off&safety_stock=4",
        (),
    ),
    (
        "settings-wrong",
        _set_up,
        OLIVIA,
        f"{S}/settings/change?seen=3&safety_stock=lots&price=off",
        (),
    ),
    ("settings-meanwhile", _set_up, OLIVIA, f"{S}/settings/change?seen=1&price=off", ()),
    ("settings-asks", _set_up, OLIVIA, f"{S}/settings/change?seen=3&web_orders=ledger", ()),
    ("settings-restore", _set_up, OLIVIA, f"{S}/settings/change?restore=1", ()),
    ("pause", _shop, OLIVIA, f"{S}/pause", ()),
    ("pause-paused", _paused, OLIVIA, f"{S}/pause?said=paused", ()),
    ("pause-viewer", _paused, VERA, f"{S}/pause", ()),
    ("token", _shop, OLIVIA, f"{S}/token", ()),
    ("remove", _removable, OLIVIA, f"{S}/remove", ()),
    ("stores-removed", _removed, OLIVIA, "/stores?said=removed", ()),
    ("letters", _letters, OLIVIA, f"{S}/letters?said=sent", ()),
    ("letters-one", lambda: _letters(most=1), OLIVIA, f"{S}/letters", ()),
    ("letters-many", lambda: _letters(more=30, silent=True), OLIVIA, f"{S}/letters", ()),
    ("letters-staff", _letters, SAM, f"{S}/letters", ()),
    ("letters-none", _shop, OLIVIA, f"{S}/letters", ()),
    ("letters-of-no-store", _letters, OLIVIA, "/letters", ()),
    ("orders", _orders, OLIVIA, f"{S}/orders?said=no_number", ()),
    ("orders-many", lambda: _orders(many=60), VERA, f"{S}/orders", ()),
    ("orders-off", lambda: _orders(mode=WebOrderMode.OFF), OLIVIA, f"{S}/orders", ()),
    ("orders-none", lambda: _orders(none=True), OLIVIA, f"{S}/orders", ()),
    ("order", _orders, OLIVIA, f"{S}/orders/1041?said=retry", ()),
    ("order-failed", _orders, SAM, f"{S}/orders/1047", ()),
    ("order-ledger", lambda: _orders(mode=WebOrderMode.LEDGER), OLIVIA, f"{S}/orders/1041", ()),
    ("order-none", _orders, OLIVIA, f"{S}/orders/7", ()),
    ("order-oversold", _orders, OLIVIA, f"{S}/oversold?debt={_debt()}", ()),
    ("order-oversold-none", _shop, OLIVIA, f"{S}/oversold", ()),
    ("stores", _two_stores, OLIVIA, "/stores", ()),
    ("overview", lambda: a_day(_shop()), OLIVIA, S, ()),
    ("overview-viewer", lambda: a_day(_shop()), VERA, S, ()),
    ("overview-busy", lambda: troubled(_shop()), OLIVIA, S, ()),
    ("overview-one-hour", lambda: a_day(_shop(), QUIET_HOURS, full=False), OLIVIA, S, ()),
    ("overview-spent", lambda: a_day(_shop(), backlog=BEHIND, left=0, slow=90), OLIVIA, S, ()),
    ("overview-paused", lambda: a_day(_paused()), OLIVIA, f"{S}?said=comparing", ()),
    ("overview-attention", lambda: a_day(_two_stores()), OLIVIA, S, ()),
    ("overview-held", lambda: a_day(_held()), OLIVIA, S, ()),
    ("overview-new", lambda: Shop(empty=True), OLIVIA, S, ()),
    ("overview-first-day", first_days.connected, OLIVIA, S, ()),
    ("overview-unread", lambda: unread(a_day(_shop())), OLIVIA, S, ()),
    ("problems", lambda: troubled(_held()), OLIVIA, f"{S}/problems", ()),
    ("problems-few", lambda: compared(without_hostile_names(_shop())), OLIVIA, f"{S}/problems", ()),
    ("problems-viewer", lambda: troubled(_shop()), VERA, f"{S}/problems", ()),
    ("problems-none", lambda: compared(Shop(empty=True), drift=3), OLIVIA, f"{S}/problems", ()),
    ("problems-unread", lambda: unread(troubled(_shop())), OLIVIA, f"{S}/problems", ()),
    ("problems-cause", lambda: troubled(_shop()), OLIVIA, f"{S}/problems?cause=name_taken", ()),
    ("failed-cause", lambda: troubled(_shop()), OLIVIA, f"{S}/pos?status=failed&cause=clash", ()),
    ("keys", _shop, OLIVIA, "/keys", ()),
    ("connect", first_days.connected, OLIVIA, "/stores/connect", ()),
    ("first-day-new", first_days.connected, OLIVIA, f"{S}/first-day?said=connected", ()),
    ("first-day-reading", first_days.reading, OLIVIA, f"{S}/first-day", ()),
    ("first-day-no-pairs", first_days.nothing_to_link, OLIVIA, f"{S}/first-day", ()),
    ("first-day-link", first_days.with_candidates, OLIVIA, f"{S}/first-day", ()),
    (
        "first-day-pushing",
        partial(first_days.linking, ended=False),
        OLIVIA,
        f"{S}/first-day",
        (),
    ),
    ("first-day-pushed", partial(first_days.linking, ended=True), OLIVIA, f"{S}/first-day", ()),
    ("first-day-done", first_days.all_done, OLIVIA, f"{S}/first-day", ()),
    ("first-day-viewer", first_days.with_candidates, VERA, f"{S}/first-day", ()),
    ("pairs", first_days.with_candidates, OLIVIA, LINKS, ()),
    ("pairs-many", partial(first_days.with_candidates, 2_000), OLIVIA, LINKS, ()),
    ("pairs-none", first_days.nothing_to_link, OLIVIA, LINKS, ()),
    ("pairs-viewer", first_days.with_candidates, VERA, LINKS, ()),
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
