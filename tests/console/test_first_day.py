"""The guided first day: its steps, and the pairs that a person looks at before anything is linked."""

import pytest

from tests.console import first_days
from tests.console.catalogue import SHOP
from tests.console.first_days import RUN, TILL, connected, with_candidates
from tests.console.shop import OLIVIA, SAM, VERA, Shop
from tests.console.visits import S, Seen, post, visit
from tillbridge.domain.selection import Do

LINKS = f"{S}/first-day/links/{RUN}"


def steps(seen: Seen) -> list[str]:
    return [each.rpartition(": ")[2] for each in seen.texts(".steps h2")]


@pytest.mark.parametrize(
    ("shop", "told"),
    [
        (connected, ["done", "next", "later", "later", "later"]),
        (first_days.reading, ["done", "next", "later", "later", "later"]),
        (first_days.nothing_to_link, ["done", "done", "done", "done", "next"]),
        (with_candidates, ["done", "done", "next", "later", "later"]),
        (lambda: first_days.linking(ended=False), ["done", "done", "done", "next", "later"]),
        (lambda: first_days.linking(ended=True), ["done", "done", "done", "done", "next"]),
        (first_days.all_done, ["done"] * 5),
    ],
)
def test_each_step_says_how_far_it_is(shop: object, told: list[str]) -> None:
    assert callable(shop)
    seen = visit(shop(), f"{S}/first-day")
    assert steps(seen) == told
    assert len(seen.tree.select(".b.solid")) == (0 if "next" in told and _busy(told, seen) else 1)


def _busy(told: list[str], seen: Seen) -> bool:
    """Return whether there is nothing to press but to look again."""
    return told.index("next") in (1, 3) and not seen.tree.select("form button.solid")


def test_a_comparison_is_asked_for_from_here_and_leads_back_here(shop: Shop) -> None:
    seen = visit(connected(), f"{S}/first-day")
    assert seen.texts("form[action$=compare] button") == ["Compare now"]
    assert post(shop, f"{S}/compare", {"from": "first-day", "what": "all"}).startswith(
        f"{S}/first-day?said=comparing_all"
    )


def test_a_viewer_sees_the_steps_and_has_no_button() -> None:
    seen = visit(with_candidates(), f"{S}/first-day", person=VERA)
    assert seen.texts("main button") == []
    pairs = visit(with_candidates(), LINKS, person=VERA)
    assert pairs.tree.select("main input[type=checkbox], main button") == []
    assert len(pairs.tree.select("tbody tr")) == 9


def test_pairs_with_the_same_sku_are_ticked_and_those_of_a_name_are_not() -> None:
    seen = visit(with_candidates(), LINKS)
    ticked = seen.values("tbody input[checked]", "value")
    open_ = seen.values("tbody input:not([checked])", "value")
    assert ticked == [f"{5_000 + n}:p-{n}" for n in (0, 1, 2, 5, 6, 7, 8)]
    assert open_ == ["5003:p-3", "5004:p-4"], "another shape, and a name alone"
    assert "It has 3 variants in the POS, and 2 online." in seen.text


def test_what_the_first_push_replaces_is_shown_in_the_stores_money() -> None:
    (first, *_) = visit(with_candidates(), LINKS).texts("tbody tr .changes")
    assert "Name now Oak chair 0000 (old) → becomes Oak chair 0000" in first
    assert "Price now $149.50 → becomes $96.00" in first
    assert "Stock now 0 → becomes 4" in first


def test_a_price_that_is_written_otherwise_is_the_same_price() -> None:
    second = visit(with_candidates(), LINKS).texts("tbody tr .changes")[1]
    assert "Price" not in second


def test_two_products_of_the_pos_that_fit_one_are_not_ticked() -> None:
    shop = with_candidates(3)
    runs = first_days.runs(shop)
    found = [each for each in runs.page(SHOP, RUN, 1) if each.number]
    runs.add_page(
        SHOP, RUN, 1, [*found, found[0].__class__(found[0].code, "p-2", 5_000, other="sku")]
    )
    seen = visit(shop, LINKS)
    assert "2 products of the POS fit #5000" in seen.text
    assert "5000:p-0" not in seen.values("tbody input[checked]", "value")


@pytest.mark.parametrize("count", [120, 2_000])
def test_many_pairs_come_page_by_page_each_once(count: int) -> None:
    shop, seen, address = with_candidates(count), [], LINKS
    while address:
        path, _, after = address.partition("?after=")
        page = visit(shop, path, asked={"after": after} if after else {})
        assert len(page.answer.body.encode()) <= 100_000
        seen += page.values("tbody input", "value")
        address = next(iter(page.values(".pages a", "href")), "")
    assert seen == [f"{5_000 + n}:p-{n}" for n in range(count)]


@pytest.mark.parametrize("after", ["x", "1", "1.x", "-1.0", "9999999.0", "1.0.0"])
def test_a_place_that_is_none_leads_to_the_beginning(after: str) -> None:
    seen = visit(with_candidates(), LINKS, after=after)
    assert seen.answer.location == f"{LINKS}?said=list_changed"


def test_what_was_linked_meanwhile_has_no_tick() -> None:
    from dataclasses import replace

    from tillbridge.domain.view_rows import RowState

    shop = with_candidates(3)
    row = shop.views.get(SHOP, "pos", ["p-1"])["p-1"]
    shop.views.put(SHOP, [replace(row, state=RowState.LINKED, other="5001")])
    seen = visit(shop, LINKS)
    assert seen.values("tbody input", "value") == ["5000:p-0", "5002:p-2"]
    assert "was linked meanwhile" in seen.text


def test_all_with_the_same_sku_are_planned_at_once_and_none_of_a_name() -> None:
    shop = with_candidates(1_200)
    location = post(shop, LINKS)
    assert location.startswith(f"{S}/plans/")
    plan = shop.deps.plans.get(SHOP, location.rpartition("/")[2])
    assert plan is not None
    assert (plan.do, plan.total) == (Do.LINK, 1_200 - 240 - 1)
    assert [each.code for each in plan.warned] == ["first_push"]


def test_staff_plan_no_more_at_once_than_staff_may() -> None:
    shop = with_candidates(3_000)
    assert visit(shop, LINKS, method="POST", person=SAM).answer.location.startswith(f"{S}/plans/")


def test_a_comparison_without_pairs_of_one_sku_says_so() -> None:
    assert post(first_days.nothing_to_link(), LINKS) == f"{LINKS}?said=no_pairs"


def test_the_guide_ends_when_an_owner_says_so() -> None:
    shop = first_days.all_done()
    seen = visit(shop, f"{S}/first-day")
    assert seen.texts("form[action$=over] button") == ["Done"]
    assert post(shop, f"{S}/first-day/over") == S
    found = shop.deps.stores.find(SHOP)
    assert found is not None
    assert found.first_day_over
    assert not visit(shop, f"{S}/first-day").tree.select("form[action$=over]")
    assert found.pos_account == TILL


def test_staff_are_not_offered_to_end_it() -> None:
    seen = visit(with_candidates(), f"{S}/first-day", person=SAM)
    assert not seen.tree.select("form[action$=over]")
    assert visit(with_candidates(), f"{S}/first-day", person=OLIVIA).tree.select(
        "form[action$=over]"
    )


def _leads(shop: Shop, path: str) -> bool:
    return bool(visit(shop, path).tree.select(f"a[href='{S}/first-day']"))


@pytest.mark.parametrize("path", ["/stores", f"{S}/pos"])
def test_pages_lead_to_a_first_day_that_is_under_way_and_to_no_other(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _leads(connected().play(monkeypatch), path)
    assert not _leads(connected(over=True).play(monkeypatch), path)
    assert not _leads(Shop().play(monkeypatch), path)


def test_an_overview_says_which_step_is_next() -> None:
    from tillbridge.console.render import environment
    from tillbridge.usecases.console.first_day import under_way

    hint = environment().get_template("parts/first_day.html").module.hint  # type: ignore[attr-defined]  # a macro
    shop = with_candidates()
    day = under_way(shop.deps, shop.connection)
    assert "First day: step 3 of 5." in hint(day, 5, "/x")
    done = first_days.all_done()
    assert "all 5 steps are done" in hint(under_way(done.deps, done.connection), 5, "/x")
    assert under_way(shop.deps, connected(over=True).connection) is None
    assert hint(None, 5, "/x") == ""
