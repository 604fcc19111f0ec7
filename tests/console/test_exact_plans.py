"""The plan page with old and new values: asked for, made, failed, shown, and answered."""

import json

import pytest

from tests.console.catalogue import NOW_MS, SHOP
from tests.console.exact_shop import PLAN, PRODUCTS, being_made, changed, failed, planned, ready
from tests.console.shop import VERA, Shop
from tests.console.visits import S, post, visit
from tillbridge.domain.findings import Difference
from tillbridge.domain.selection import Do

WHERE = f"{S}/plans/{PLAN}"


def _pushed(shop: Shop) -> set[str]:
    return {
        str(each)
        for kind, *_, products in shop.requests.asked
        if kind == "push"
        for each in products
    }


def test_a_push_offers_to_say_exactly_what_changes_and_asks_once(shop: Shop) -> None:
    planned(shop)
    seen = visit(shop, WHERE)
    assert "See exactly what changes" in seen.text
    assert seen.values("button[formaction]", "formaction") == [f"{WHERE}/exact"]
    for _ in range(2):
        assert post(shop, f"{WHERE}/exact") == WHERE
    assert [each[0] for each in shop.requests.asked] == ["plan"]
    assert "Both sides are being compared" in visit(shop, WHERE).text


def test_while_it_is_made_the_page_says_how_far_and_can_be_refreshed(shop: Shop) -> None:
    being_made(planned(shop))
    seen = visit(shop, WHERE)
    assert "250 of 2,000" in seen.text
    assert seen.values("progress", "value") == ["250"]
    assert seen.values("[data-exact]", "data-exact") == [f"{WHERE}/exact"]
    assert json.loads(visit(shop, f"{WHERE}/exact").answer.body) == {
        "state": "making",
        "done": 250,
        "total": 2_000,
    }


def test_who_has_not_told_for_a_minute_is_asked_anew(shop: Shop) -> None:
    being_made(planned(shop), told_ms=NOW_MS - 61_000)
    assert "has not told for a while" in visit(shop, WHERE).text
    assert json.loads(visit(shop, f"{WHERE}/exact").answer.body)["state"] == "silent"
    post(shop, f"{WHERE}/exact")
    assert [each[0] for each in shop.requests.asked] == ["plan"]


def test_why_it_failed_is_said_and_it_can_be_asked_again(shop: Shop) -> None:
    failed(planned(shop))
    seen = visit(shop, WHERE)
    assert "no longer accepts this store's access token" in seen.text
    assert "Push 10" in seen.text  # which needs none of it
    post(shop, f"{WHERE}/exact")
    assert "Both sides are being compared" in visit(shop, WHERE).text


def test_losses_are_struck_and_each_needs_its_tick(shop: Shop) -> None:
    ready(planned(shop))
    seen = visit(shop, WHERE)
    assert [each for each in seen.texts(".items li b") if " " in each][:2] == [
        "A description is replaced by nothing, 2 products",
        "A price falls by 63 %",
    ]
    assert seen.values("input[name=confirm]", "value") == ["blanks_description", "lowers_price"]
    assert "40.00" in seen.texts(".lost")
    assert "Push 7, without what is marked" in seen.text
    assert post(shop, f"{S}/jobs", plan=PLAN, mode="all") == f"{WHERE}?said=tick_each"
    post(shop, f"{S}/jobs", plan=PLAN, mode="safe")
    assert _pushed(shop) == {each.id for each in PRODUCTS} - {"p-1005", "p-1012", "p-1013"}


def test_what_is_ticked_goes(shop: Shop) -> None:
    ready(planned(shop))
    post(shop, f"{S}/jobs", plan=PLAN, mode="safe", confirm="blanks_description")
    assert _pushed(shop) == {each.id for each in PRODUCTS} - {"p-1013"}


def test_what_is_left_out_stays_though_all_go(shop: Shop) -> None:
    ready(planned(shop))
    seen = visit(shop, WHERE, leave="blanks_description")
    assert "Left out" in seen.text
    assert seen.values("input[name=leave]", "value") == ["blanks_description"]
    assert f"{WHERE}?leave=blanks_description&leave=lowers_price" in seen.values("a", "href")
    assert WHERE in seen.values("a.b.small", "href")
    asked = {"plan": PLAN, "mode": "all", "leave": "blanks_description"}
    assert post(shop, f"{S}/jobs", asked).endswith("leave=blanks_description&said=tick_each")
    post(shop, f"{S}/jobs", {**asked, "confirm": "lowers_price"})
    assert _pushed(shop) == {each.id for each in PRODUCTS} - {"p-1005", "p-1012"}


def test_an_ordinary_change_is_old_and_new_and_equal_ones_of_variants_are_one_line(
    shop: Shop,
) -> None:
    ready(planned(shop))
    lines = visit(shop, WHERE).texts(".ch")
    assert any(each.split() == ["Price", "179.00", "→", "becomes", "189.00"] for each in lines)
    assert any("of 6 variants" in each for each in lines)


def test_where_nothing_changes_the_page_says_so(shop: Shop) -> None:
    ready(planned(shop, "p-1009"), (changed("p-1009", "Linen bath towel", "271"),))
    assert "BigCommerce has all of it already" in visit(shop, WHERE).text


def test_all_products_are_shown_fifty_a_page(shop: Shop) -> None:
    many = tuple(
        changed(f"p-{n}", f"Lamp {n}", str(n + 1), Difference("price", "2", "1"))
        for n in range(620)
    )
    ready(planned(shop), many)
    seen = visit(shop, f"{WHERE}/items")
    assert (len(seen.tree.select(".items li")), "1 to 50 of 620" in seen.text) == (50, True)
    last = visit(shop, f"{WHERE}/items", after="600")
    assert [each.split()[0] for each in last.texts(".items .title")][-1:] == ["Lamp"]
    assert "601 to 620 of 620" in last.text
    for odd in ("-1", "x", "999999", "²"):
        assert visit(shop, f"{WHERE}/items", after=odd).answer.status == 200
    assert visit(shop, f"{S}/plans/none/items").answer.status == 404


def test_whom_may_not_push_sees_it_without_its_buttons(shop: Shop) -> None:
    ready(planned(shop))
    seen = visit(shop, WHERE, person=VERA)
    assert "A price falls by 63 %" in seen.text
    assert seen.tree.select("main button, main input[type=checkbox]") == []


@pytest.mark.parametrize("do", [Do.IMPORT, Do.UNLINK])
def test_what_writes_nothing_online_has_nothing_to_compare(do: Do, shop: Shop) -> None:
    from tests.console.shop import OLIVIA
    from tillbridge.domain.selection import Selection

    shop.plan(shop.deps, OLIVIA, SHOP, do, Selection("pos", ids=("p-1001",)))
    assert "See exactly" not in visit(shop, WHERE).text
    assert post(shop, f"{WHERE}/exact").startswith("409 ")
