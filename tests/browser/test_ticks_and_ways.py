"""What people do with a mouse, a keyboard, or a browser without scripts."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import watched
from tests.browser.server import Served
from tests.builders import a_change
from tests.console.catalogue import HOSTILE, NOW_MS, SHOP
from tests.console.shop_states import TAKEN, a_job
from tillbridge.domain.jobs import JobState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.view_rows import POS
from tillbridge.usecases.console import plan_request
from tillbridge.usecases.console.list_products import Waiting

S = f"/stores/{SHOP}"
LATE_MS = 700


@pytest.fixture
def bare(chromium: Browser, served: Served) -> Iterator[Page]:
    """Return a page of a browser that runs no script at all."""
    context = chromium.new_context(base_url=served.address, java_script_enabled=False)
    yield from watched(context)
    context.close()


def _tick(page: Page, *products: str) -> None:
    for product in products:
        page.locator(f'input[name=id][value="{product}"]').check()


def test_a_tick_opens_the_bar_with_its_number(page: Page) -> None:
    page.goto(f"{S}/pos")
    expect(page.locator(".bar")).to_be_hidden()
    _tick(page, "p-1001", "p-1006", "p-1007")
    expect(page.locator(".bar")).to_contain_text("3 selected on this page")
    expect(page.locator(".bar .solid")).to_have_text("Push 3")
    expect(page.locator("#live")).to_contain_text("3 selected")
    page.get_by_role("button", name="Select none").click()
    expect(page.locator(".bar")).to_be_hidden()


def test_shift_ticks_a_range_and_the_head_ticks_the_page(page: Page) -> None:
    page.goto(f"{S}/pos")
    boxes = page.locator("tbody input[type=checkbox]")
    boxes.nth(2).click()
    boxes.nth(6).click(modifiers=["Shift"])
    expect(page.locator(".bar")).to_contain_text("5 selected")
    page.get_by_label(re.compile("Select all 50 products")).check()
    expect(page.locator(".bar")).to_contain_text("50 selected")


def test_another_filter_has_nothing_ticked_and_so_has_the_way_back(page: Page) -> None:
    page.goto(f"{S}/pos")
    _tick(page, "p-1001")
    page.get_by_role("link", name="Linked", exact=True).click()
    page.wait_for_url("**status=linked*")
    expect(page.locator("input[name=id]:checked")).to_have_count(0)
    page.go_back()
    page.wait_for_url("**/pos")
    ticked = page.locator("input[name=id]:checked").count()
    bar = page.locator(".bar")
    expect(bar).to_be_visible() if ticked else expect(bar).to_be_hidden()
    if ticked:
        expect(bar).to_contain_text(f"{ticked} selected")
    page.go_forward()
    page.wait_for_url("**status=linked*")
    expect(page.locator("input[name=id]:checked")).to_have_count(0)


def test_all_that_fit_but_one_is_what_goes(page: Page, served: Served) -> None:
    page.goto(f"{S}/pos?status=linked")
    page.goto(f"{S}/pos")
    _tick(page, "p-1001")
    page.get_by_role("link", name="Select all that fit").click()
    expect(page.locator(".bar")).to_contain_text("All that fit are selected")
    page.locator('input[name=id][value="p-1001"]').uncheck()
    expect(page.locator(".bar")).to_contain_text("All that fit but 1")
    page.locator(".bar .solid").click()
    page.wait_for_url("**/plans/*")
    plan = served.shop.deps.plans.get(SHOP, page.url.rsplit("/", 1)[1])
    assert plan is not None
    assert plan.selection.without == {"p-1001"}
    assert plan.total == 58


def test_push_by_mouse_from_the_list_to_the_end_of_its_job(page: Page, served: Served) -> None:
    page.goto(f"{S}/pos")
    _tick(page, "p-1001", "p-1006")
    page.locator(".head").get_by_role("button", name="Push").click()
    expect(page.locator("h1")).to_have_text("Push 2 products?")
    page.get_by_role("button", name="Push 2").click()
    page.wait_for_url("**/jobs/*")
    expect(page.locator(".of b")).to_have_text("0 of 2")
    job = page.url.rsplit("/", 1)[1]
    done = served.shop.progress[job]
    served.shop.progress[job] = a_job(
        job=done.job, state=JobState.ENDED, done=2, failed=0, left=0, lines=done.lines
    )
    expect(page.locator(".of b")).to_have_text("2 of 2")


def test_a_button_that_is_pressed_twice_asks_once_and_again_after_the_way_back(
    page: Page, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out = plan_request.carry_out

    def slowly(*given: Any, **named: Any) -> str:
        time.sleep(LATE_MS / 1_000)  # A slow answer: the second press comes before it.
        return carry_out(*given, **named)

    monkeypatch.setattr(plan_request, "carry_out", slowly)
    page.goto(f"{S}/pos")
    _tick(page, "p-1001")
    page.locator(".bar .solid").click()
    page.wait_for_url("**/plans/*")  # to its end: nobody can press a page before its script ran
    press = "each => { each.click(); setTimeout(() => each.click(), 200); }"
    page.get_by_role("button", name="Push 1").evaluate(press)
    page.wait_for_url("**/jobs/*")
    assert [path for path, _ in served.posted] == [f"{S}/plans", f"{S}/jobs"]
    page.go_back()
    page.get_by_role("button", name="Push 1").click()
    page.wait_for_url("**/jobs/*")
    assert len(served.posted) == 3


def test_what_a_plan_warns_of_stays_when_it_is_left_out(page: Page, served: Served) -> None:
    served.shop.warned = (TAKEN,)
    page.goto(f"{S}/pos")
    _tick(page, "p-1001", "p-1005", "p-1012")
    page.locator(".bar .solid").click()
    expect(page.locator("[data-full]")).to_have_attribute("aria-disabled", "true")
    page.get_by_label("Push them all the same").check()
    expect(page.locator("[data-safe]")).to_have_text("Push 3")
    expect(page.locator("[data-full]")).to_have_attribute("aria-disabled", "false")
    page.get_by_label("Push them all the same").uncheck()
    expect(page.locator("[data-safe]")).to_have_text("Push 1, without what is marked")
    page.locator("[data-total]").click()
    page.wait_for_url("**/jobs/*")
    assert served.shop.requests.asked[0][4] == ("p-1001",)


def test_a_taken_name_is_mended_in_two_clicks(page: Page, served: Served) -> None:
    page.goto(f"{S}/pos?status=failed")
    page.get_by_role("button", name="Link to #812").click()
    page.get_by_role("button", name="Link 1").click()
    page.wait_for_url("**/jobs/*")
    assert served.shop.requests.asked[0][4] == ("p-1002",)


def test_the_keyboard_alone_ticks_and_pushes(page: Page) -> None:
    page.goto(f"{S}/pos")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to products")).to_be_focused()
    for key in ("j", "j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(".bar")).to_contain_text("2 selected")
    page.keyboard.press("p")
    expect(page.locator("h1")).to_have_text("Push 2 products?")
    page.wait_for_load_state()  # keys are the script's
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url("**/web")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("gj")
    expect(page.locator("#q")).to_have_value("gj")


def test_the_tab_key_reaches_the_filters_before_the_table(page: Page) -> None:
    page.goto(f"{S}/pos")
    page.locator("#q").focus()
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("!!document.activeElement.closest('table')"))
    assert seen == sorted(seen)
    assert seen[-1]


def test_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/keys")
    page.get_by_role("button", name="Keys are on").click()
    expect(page.get_by_role("button", name="Keys are off")).to_be_visible()
    page.goto(f"{S}/pos")
    page.keyboard.press("j")
    expect(page.locator("tbody input:focus")).to_have_count(0)


def test_hostile_names_are_text_and_their_pictures_letters(page: Page) -> None:
    page.goto(f"{S}/pos")
    shown = page.locator("bdi.title").all_text_contents()
    assert len(set(HOSTILE) & set(shown)) >= 5
    expect(page.locator("img[src*=MUG]")).to_be_hidden()


def test_times_are_told_in_the_reader_s_own_zone(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(
        base_url=served.address, timezone_id="Asia/Tokyo", locale="en-GB"
    )
    for page in watched(context):
        page.goto(f"{S}/pos")
        page.evaluate("1")
        _tick(page, "p-1001")
        page.locator(".bar .solid").click()
        expect(page.locator(".head time")).to_contain_text("21:15")
    context.close()


def test_without_a_script_people_search_turn_the_page_push_and_follow(
    bare: Page, served: Served
) -> None:
    bare.goto(f"{S}/pos")
    bare.get_by_role("link", name="Next").click()
    expect(bare.get_by_role("link", name="Previous")).to_be_visible()
    bare.locator("#q").fill("ash")
    bare.locator("#q").press("Enter")
    expect(bare.locator("tbody tr")).to_have_count(2)
    _tick(bare, "p-1001")
    expect(bare.locator(".bar")).to_be_visible()
    number = bare.locator(".bar .solid .n").evaluate("e => getComputedStyle(e, '::before').content")
    assert "counter" in number
    bare.locator(".bar .solid").click()
    bare.get_by_role("button", name="Push 1").click()
    expect(bare.locator(".of b")).to_have_text("0 of 1")
    job = bare.url.rsplit("/", 1)[1]
    served.shop.progress[job] = a_job(state=JobState.ENDED, done=43, failed=0, left=0)
    bare.get_by_role("link", name="Refresh").click()
    expect(bare.locator(".of b")).to_have_text("43 of 43")


def test_without_a_script_all_that_fit_but_one_goes(bare: Page, served: Served) -> None:
    bare.goto(f"{S}/web?status=not_linked&all=1")
    bare.locator('input[name=id][value="901"]').uncheck()
    bare.locator(".bar .solid").click()
    expect(bare.locator("h1")).to_have_text("Import 1 product?")


def test_a_form_that_is_not_ours_asks_for_nothing(page: Page, served: Served) -> None:
    page.goto(f"{S}/pos")
    page.evaluate("document.querySelector('#picked [name=token]').value = 'other'")
    _tick(page, "p-1001")
    page.locator(".bar .solid").click()
    expect(page.locator("h1")).to_have_text("Not sent from here")
    assert served.shop.requests.asked == []


def test_rows_that_wait_turn_by_themselves(page: Page, served: Served) -> None:
    page.goto(f"{S}/pos?q=Brass")
    expect(page.locator(".st")).to_have_text(re.compile("Waiting"))
    served.shop.waits.clear()
    expect(page.locator(".st")).to_have_text(re.compile("Linked"))
    expect(page.locator("td.time")).to_have_text(re.compile("ago"))


def test_a_row_that_fails_while_it_is_looked_at_says_why_and_has_its_buttons(
    page: Page, served: Served
) -> None:
    shop, waiting = served.shop, Waiting(Lane.ASKED, NOW_MS)
    shop.waits = {"p-1002": waiting}
    shop.deps.pending.mark([a_change("p-1002", store=SHOP, lane=Lane.ASKED, queued_ms=NOW_MS)])
    hostile = "<img src=x onerror=alert(1)> is taken (#812)."
    page.goto(f"{S}/pos?q=stool")
    row = page.locator("tbody tr")
    expect(row.get_by_role("button", name="Link to #812")).to_have_count(0)
    row_now = shop.views.get(SHOP, POS, ["p-1002"])["p-1002"]
    shop.views.put(SHOP, [replace(row_now, words=hostile)])
    shop.deps.pending.clear(shop.pending.rows)
    expect(row.locator(".note p")).to_have_text(hostile)
    row.get_by_role("button", name="Link to #812").click()
    expect(page.locator("h1")).to_have_text("Link 1 product?")


def test_a_line_that_fails_while_it_is_looked_at_says_why_and_has_its_button(
    page: Page, served: Served
) -> None:
    page.goto(f"{S}/jobs/job-7")
    lines = [
        replace(each, outcome="failed", words="Its price is <b>blank</b>.")
        for each in a_job().lines
    ]
    late = replace(lines[0], product="p-1009", name="Linen bath towel")
    served.shop.progress["job-7"] = a_job(lines=(*lines, late))
    row = page.locator("tr", has_text="Brass desk lamp")
    expect(row).to_contain_text("Its price is <b>blank</b>.")
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.get_by_role("button", name="Again: Linen bath towel")).to_be_visible()
    row.get_by_role("button", name="Again").click()
    expect(page.locator("h1")).to_have_text("Refresh and push 1 product?")


def test_cancel_comes_back_to_the_list_its_ticks_and_its_row(page: Page) -> None:
    page.goto(f"{S}/pos?status=linked")
    _tick(page, "p-1001", "p-1003")
    page.locator(".bar .solid").click()
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/pos?status=linked")
    expect(page.locator(".bar")).to_contain_text("2 selected")
    expect(page.locator('input[name=id][value="p-1001"]')).to_be_focused()
    page.goto(f"{S}/pos?status=linked")
    expect(page.locator("input[name=id]:checked")).to_have_count(0)


def test_a_page_whose_script_comes_late_is_shown_when_its_keys_and_ticks_work(page: Page) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(LATE_MS)  # A slow connection, not a wait for something.
        route.continue_()

    page.route("**/*.js", late)
    page.goto(f"{S}/pos?status=linked", wait_until="commit")
    _tick(page, "p-1001", "p-1003")
    page.locator(".bar .solid").click()
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/pos?status=linked")
    expect(page.locator(".bar")).to_contain_text("2 selected")


def test_a_plan_whose_every_product_is_marked_says_what_to_tick(page: Page, served: Served) -> None:
    served.shop.warned = (TAKEN,)
    page.goto(f"{S}/pos")
    _tick(page, "p-1005", "p-1012")
    page.locator(".bar .solid").click()
    safe = page.locator("[data-total]")
    expect(safe).to_have_text("Push 0, without what is marked")
    expect(safe).to_have_attribute("aria-disabled", "true")
    page.get_by_label("Push them all the same").check()
    expect(safe).to_have_text("Push 2")
    safe.click()
    page.wait_for_url("**/jobs/*")
    assert served.shop.requests.asked[0][4] == ("p-1005", "p-1012")
