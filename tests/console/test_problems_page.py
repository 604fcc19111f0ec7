"""What is wrong is shown by cause, and a button asks for all products of a cause, and no others."""

import re
from dataclasses import replace

import pytest

from tests.builders import a_connection
from tests.console.catalogue import HOSTILE, NOW_MS, SHOP
from tests.console.shop import OLIVIA, SAM, VERA, Shop
from tests.console.shop_states import without_hostile_names
from tests.console.store_states import compared, sold_twice, troubled, unread
from tests.console.visits import S, post, visit
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState

PAGE = f"{S}/problems"


def few(shop: Shop) -> Shop:
    """Return a shop with one failed, one broken and one product left out."""
    return compared(without_hostile_names(shop))


def test_where_nothing_is_wrong_it_says_what_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = compared(Shop(empty=True).play(monkeypatch), drift=3)
    seen = visit(shop, PAGE)
    assert seen.texts("h2") == ["Nothing is wrong"]
    assert "the full compare of 9 h ago left no difference" in seen.text
    never = visit(Shop(empty=True).play(monkeypatch), PAGE)
    assert "never compared, so nobody knows" in never.text


def test_problems_are_three_cards_by_whose_turn_it_is(shop: Shop) -> None:
    seen = visit(troubled(shop), PAGE)
    assert seen.texts("main h2") == [
        "Yours to decide",
        "Tillbridge is on it",
        "Left alone on purpose",
    ]
    ids = seen.values(".causes li", "id")
    assert {f"failed-{code}" for code in ProblemCode} <= set(ids)
    assert {"oversold", "drift-1", "tried-stock", "broken-deleted_online"} <= set(ids)


def test_differences_lead_to_the_comparison_that_found_them(shop: Shop) -> None:
    seen = visit(troubled(shop), PAGE)
    assert seen.values("#drift-1 a", "href") == [f"{S}/runs/full"]


def test_dead_letters_are_a_link_for_those_who_may_read_them(shop: Shop) -> None:
    for person, there in ((OLIVIA, True), (SAM, True), (VERA, False)):
        seen = visit(few(shop), PAGE, person=person)
        assert (f"{S}/letters" in seen.values("main a", "href")) is there


def test_a_row_has_count_cause_remedy_and_names(shop: Shop) -> None:
    seen = visit(few(shop), PAGE)
    (row,) = seen.tree.select("#failed-name_taken")
    assert " ".join(row.get_text(" ").split()).startswith(
        "1 Another product has the name Rename one, or link to it. Ash dining stool . See"
    )
    assert seen.values("#failed-name_taken a", "href") == [
        f"{S}/pos?status=failed&cause=name_taken"
    ]


def test_a_button_plans_what_is_asked_for_all_products_of_its_cause(shop: Shop) -> None:
    troubled(shop)
    (form,) = visit(shop, PAGE).tree.select("#failed-sku_taken form")
    fields = {str(each["name"]): str(each["value"]) for each in form.select("input")}
    (button,) = form.select("button")
    where = post(shop, f"{S}/plans", fields, do=str(button["value"]))
    plan = shop.plans.get(SHOP, where.partition("?")[0].rpartition("/")[2])
    assert plan is not None
    assert plan.selection.question == Question("", RowState.FAILED, "sku_taken")
    named = re.search(r"push (\d+) again", button.get_text())
    assert named is not None
    assert plan.total == int(named[1])
    assert {each.partition("-")[0] for each in shop.plans.ids(SHOP, plan.id)} == {"t"}
    again = visit(shop, f"{S}/plans/{plan.id}", now_ms=NOW_MS + 3_600_000)
    assert again.values("input[name=cause]", "value") == ["sku_taken"]


def test_products_without_a_code_are_shown_and_never_asked_for_all_together(shop: Shop) -> None:
    rows = shop.views.get(SHOP, "pos", ["p-1002"]).values()

    shop.views.put(SHOP, [replace(row, code="") for row in rows])
    seen = visit(shop, PAGE)
    assert seen.texts("#failed-none b")[1] == "It failed, and no reason was kept"
    assert seen.tree.select("#failed-none form") == []


def test_one_cause_alone_is_shown_and_one_that_is_not_there_is_said(shop: Shop) -> None:
    troubled(shop)
    assert visit(shop, PAGE, cause="clash").values(".causes li", "id") == ["failed-clash"]
    for odd in (HOSTILE[0], "gone", "x" * 9_000):
        assert visit(shop, PAGE, cause=odd).texts("h2") == ["No product has this problem"]


def test_a_list_of_one_cause_says_so_and_keeps_it_on_its_way(shop: Shop) -> None:
    troubled(shop)
    address = f"{S}/pos"
    seen = visit(shop, address, status="failed", cause="clash")
    assert "Only those of one cause: BigCommerce said duplicate" in seen.text
    assert {each.partition("-")[0] for each in seen.values("tbody tr", "data-id")} == {"t"}
    assert seen.values(".search input[name=cause]", "value") == ["clash"]
    everything = visit(shop, address, status="failed", cause="clash", all="1")
    assert everything.values("#picked > input[name=cause]", "value") == ["clash"]
    other = visit(shop, address, status="linked", cause="clash")
    assert "Only those of one cause" not in other.text


def test_what_is_tried_again_says_how_often_and_when_next(monkeypatch: pytest.MonkeyPatch) -> None:
    held = a_connection(SHOP, failures=4, not_before_ms=NOW_MS + 60_000)
    seen = visit(troubled(Shop(connection=held).play(monkeypatch)), PAGE)
    assert "Stock: 2 wait" in seen.text
    assert "tried up to 6 times, as of 2 min ago" in seen.text
    assert "Calls failed 4 times in a row The whole store waits. The next try is at" in seen.text


def test_what_was_sold_twice_names_the_products(shop: Shop) -> None:
    seen = visit(sold_twice(few(shop), "Lamp", "Mug", "Lamp"), PAGE)
    assert "3 Sold more than in stock" in seen.text
    assert seen.texts("#oversold bdi") == ["Lamp", "Mug"]


def test_what_cannot_be_read_says_so_and_is_not_told_as_well(shop: Shop) -> None:
    seen = visit(unread(troubled(shop)), PAGE)
    assert (
        "Products that are failed and broken and not imported cannot be read just now." in seen.text
    )
    assert "What was sold twice cannot be read just now." in seen.text
    assert "Nothing is wrong" not in seen.text
    assert "tried-stock" in seen.values(".causes li", "id")


def test_a_viewer_sees_all_of_it_and_no_button(shop: Shop) -> None:
    seen = visit(troubled(shop), PAGE, person=VERA)
    assert seen.tree.select("main form") == []
    assert len(seen.tree.select(".causes li")) > 30


@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[5], HOSTILE[7]])
def test_hostile_names_are_exactly_their_text(shop: Shop, text: str) -> None:
    assert text in [each.get_text() for each in visit(troubled(shop), PAGE).tree.select("bdi.name")]
