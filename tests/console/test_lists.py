"""The POS view and the Web view."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.builders import a_connection
from tests.console.catalogue import NOW_MS, SHOP
from tests.console.shop import OLIVIA, VERA, Shop
from tests.console.visits import S, post, visit
from tillbridge.domain.connection import StoreState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Person
from tillbridge.usecases.console.list_products import Waiting


def test_a_linked_product_says_so_with_its_number(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", q="Ash dining chair")
    assert seen.texts(".status") == ["Linked #214"]
    assert seen.values(".status use", "href")[0].endswith("#tick")


def test_a_taken_name_is_explained_in_its_row_with_two_ways_out(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", status="failed")
    assert "BigCommerce already has “Ash dining stool” (#812)." in seen.texts(".note")[0]
    assert seen.texts(".note button") == ["Link to #812", "Refresh and push again"]
    assert seen.values(".note button", "value") == ["link:812:p-1002", "retry:p-1002"]


def test_a_product_deleted_online_can_be_made_again_or_unlinked(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", status="broken")
    assert seen.texts(".note button") == ["Make it again", "Unlink"]


def test_what_waits_says_in_which_lane_and_since_when_and_has_no_tick(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", q="Brass")
    assert seen.texts(".status") == ["Waiting #187"]
    assert seen.texts("td.time") == ["3 s, stock"]
    assert not seen.values(".status use", "href")[0].endswith("#tick")


def test_a_failed_product_that_is_tried_again_still_says_that_it_failed(shop: Shop) -> None:
    shop.waits["p-1002"] = Waiting(Lane.ASKED, NOW_MS - 1_000)
    seen = visit(shop, f"{S}/pos", status="failed")
    assert seen.texts(".status") == ["Failed, trying again"]
    assert seen.texts(".note button") == []


def test_a_first_push_under_way_is_being_created(shop: Shop) -> None:
    shop.waits["p-1006"] = Waiting(Lane.ASKED, NOW_MS - 1_000)
    assert visit(shop, f"{S}/pos", q="Cork").texts(".status") == ["Being created"]


def test_stock_below_zero_is_told_in_words_too(shop: Shop) -> None:
    assert visit(shop, f"{S}/pos", q="Paper").texts("td.stock") == ["\N{MINUS SIGN}2 below zero"]


def test_a_product_of_several_prices_shows_their_range(shop: Shop) -> None:
    assert visit(shop, f"{S}/pos", q="Beeswax candle, tall").texts("td.price") == [
        "12.00\N{EN DASH}18.00"
    ]


def test_a_person_who_may_only_look_finds_no_tick_and_no_button_and_reads_why(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", person=VERA)
    assert seen.tree.select("main input[type=checkbox], main button, .bar") == []
    assert "You may look at this store." in seen.text


def test_a_new_filter_has_nothing_ticked_and_asks_for_nothing_of_the_old(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", all="1", q="ash")
    chips = seen.values(".chips a", "href")
    assert all("all=" not in each for each in chips)
    assert all("q=ash" in each for each in chips)
    assert "checked" not in str(visit(shop, f"{S}/pos", q="ash").tree.select("tbody"))


def test_all_that_fit_is_the_question_itself_and_what_was_taken_out(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", all="1", status="linked")
    shown = seen.values("input[name=shown]", "value")
    assert seen.values("input[name=id]", "value") == shown
    assert len(seen.tree.select("input[name=id][checked]")) == len(shown)
    left = [each for each in shown if each != "p-1001"]
    where = post(
        shop,
        f"{S}/plans",
        do="push",
        side="pos",
        all="1",
        q="",
        status="linked",
        shown=shown,
        id=left,
    )
    plan = shop.deps.plans.get(SHOP, where.rsplit("/", 1)[1])
    assert plan is not None
    assert plan.selection.without == {"p-1001"}
    assert plan.selection.ids == ()


def test_what_waits_cannot_be_selected_beyond_the_page(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", status="waiting", lane="stock", all="1")
    assert seen.tree.select("input[name=all]") == []
    assert "Select all that fit" not in seen.text


def test_the_next_page_and_the_one_before_keep_what_was_asked(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", sort="-name")
    (further,) = seen.values("a[rel=next]", "href")
    asked = dict(parse_qsl(urlsplit(further).query))
    assert (asked["sort"], asked["status"]) == ("-name", "all")
    second = visit(shop, f"{S}/pos", asked=asked)
    assert not set(second.texts("bdi.title")) & set(seen.texts("bdi.title"))
    (back,) = second.values("a[rel=prev]", "href")
    first = visit(shop, f"{S}/pos", asked=dict(parse_qsl(urlsplit(back).query)))
    assert first.texts("bdi.title") == seen.texts("bdi.title")


def test_a_place_that_is_none_of_this_list_leads_to_its_beginning(shop: Shop) -> None:
    answer = visit(shop, f"{S}/pos", after="%00evil", status="linked").answer
    assert answer.status == 303
    assert answer.location == f"{S}/pos?said=list_changed&status=linked"


def test_an_unknown_status_lane_or_message_is_as_if_it_were_not_said(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", status="<b>", lane="moon", said="<script>")
    assert seen.texts(".chips [aria-current]") == ["All"]
    assert seen.tree.select(".said") == []


def test_a_search_that_finds_nothing_offers_to_remove_one_condition(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos", q="zebra", status="linked")
    assert "Nothing fits “zebra” and is linked" in seen.texts(".empty h2")
    assert seen.values(".empty a", "href") == [f"{S}/pos?q=zebra"]


def test_an_empty_shop_offers_the_first_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Shop(empty=True, compared_ms=0).play(monkeypatch)
    seen = visit(empty, f"{S}/pos")
    assert seen.texts(".empty button") == ["Compare now"]
    assert post(empty, f"{S}/compare", what="all") == f"{S}/pos?said=comparing_all"
    assert [(kind, names) for kind, _, _, _, names in empty.requests.asked] == [
        ("compare", (True,))
    ]


def test_refresh_compares_what_changed_and_returns_to_its_side(shop: Shop) -> None:
    assert post(shop, f"{S}/compare", what="changed", side="web") == f"{S}/web?said=comparing"
    assert shop.requests.asked[0][4] == (False,)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (StoreState.PAUSED, "This store is paused."),
        (StoreState.NEEDS_ATTENTION, "The token is dead."),
    ],
)
def test_a_store_that_waits_says_so_on_every_page(
    monkeypatch: pytest.MonkeyPatch, state: StoreState, words: str
) -> None:
    made = a_connection(SHOP, state=state, attention_words="The token is dead.")
    waiting = Shop(connection=made).play(monkeypatch)
    assert words in visit(waiting, f"{S}/pos").texts(".band")[0]
    assert words in visit(waiting, f"{S}/jobs").texts(".band")[0]


def test_rows_that_wait_are_told_as_they_are_now_and_only_when_that_is_new(shop: Shop) -> None:
    first = visit(shop, f"{S}/rows", side="pos", id="p-1001").answer
    told = json.loads(first.body)["rows"]
    assert [(row["id"], row["word"], row["beside"], row["waits"], row["time"]) for row in told] == [
        ("p-1001", "Linked", "#214", False, "4 h ago")
    ]
    tag = first.headers["ETag"]
    again = visit(shop, f"{S}/rows", side="pos", id="p-1001", headers={"if-none-match": tag})
    assert (again.answer.status, again.answer.body) == (304, "")


def test_an_import_that_was_left_out_says_why_and_offers_again(shop: Shop) -> None:
    seen = visit(shop, f"{S}/web", status="left_out")
    assert seen.texts(".status") == ["Not imported"]
    assert "Split the product in BigCommerce." in seen.texts(".note")[0]
    assert seen.values(".note a", "href") == [f"{S}/link?web=902"]


def test_a_row_asked_for_again_has_its_note_and_for_whom_may_act_its_buttons(shop: Shop) -> None:
    def told(person: Person) -> dict[str, object]:
        answer = visit(shop, f"{S}/rows", person=person, side="pos", id="p-1002").answer
        return dict(json.loads(answer.body)["rows"][0])

    asked = told(OLIVIA)
    assert "already has “Ash dining stool” (#812)" in str(asked["notes"])
    assert asked["remedies"] == [
        {"words": "Link to #812", "icon": "link", "value": "link:812:p-1002", "href": ""},
        {
            "words": "Refresh and push again",
            "icon": "refresh",
            "value": "retry:p-1002",
            "href": "",
        },
    ]
    assert (told(VERA)["notes"], told(VERA)["remedies"]) == (asked["notes"], [])
