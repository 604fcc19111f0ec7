"""The page of one product, of either side."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.console import products
from tests.console.catalogue import HOSTILE, NOW_MS, SHOP
from tests.console.shop import OLIVIA, SAM, VERA, Shop
from tests.console.visits import S, Seen, post, visit
from tillbridge.console.pages.product import A_PAGE, variant_page
from tillbridge.console.render import address
from tillbridge.domain.findings import Difference
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Person
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.usecases.console import show_product
from tillbridge.usecases.console.list_products import Waiting

P, W = f"{S}/products", f"{S}/web"


def test_what_differs_stands_first_and_the_value_online_is_marked(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1007")
    assert seen.texts(".group") == [
        "3 differ",
        "The same, or different on purpose",
        "BigCommerce's own, never sent",
    ]
    assert seen.texts("tbody tr.apart th") == ["Description", "Price", "Stock"]
    assert seen.texts("tr.apart mark")[1:] == ["14.50", "73"]
    assert seen.tree.select("tr:not(.apart) mark") == []
    owners = dict(zip(seen.texts("tbody th[scope=row]"), seen.texts("[data-l=Owner]"), strict=True))
    assert owners["Price"] == "POS, by hand only"
    assert owners["Brand"] == "POS, at creation"
    assert owners["Cost"] == "BigCommerce, by setting"
    assert owners["Weight"] == "BigCommerce"


def test_a_product_whose_sides_were_not_read_says_when_they_are(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = shop.views.get(SHOP, POS, ["p-1001"])["p-1001"]
    whole = products.shown_of(row, None, NOW_MS)
    unread = tuple(replace(each, pos=None, online=None) for each in whole.fields)
    monkeypatch.setattr(
        show_product, "show_product", lambda *_: replace(whole, fields=unread, level=None)
    )
    seen = visit(shop, f"{P}/p-1001")
    assert seen.texts(".empty h2") == ["Its fields were not read yet"]
    assert seen.tree.select(".compare") == []
    theirs = [each for each in whole.fields if each.mode is None]
    partly = (*unread[:12], replace(theirs[0], words="Not told twice."))
    monkeypatch.setattr(show_product, "show_product", lambda *_: replace(whole, fields=partly))
    seen = visit(shop, f"{P}/p-1001")
    assert "not known" in seen.text
    assert "Not told twice." not in seen.text


def test_each_field_can_be_asked_why(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1007")
    asked = seen.values("a.why", "href")
    assert len(asked) == len(seen.texts("tbody th[scope=row]"))
    assert f"{P}/p-1007?tab=why&field=price" in asked
    assert seen.texts("a.why")[0] == "Why? description"


def test_the_head_says_how_it_stands_and_pushes_by_a_plan(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1001")
    assert seen.texts("h1") == ["Ash dining chair"]
    assert seen.texts(".head .meta")[0].startswith("Linked POS p-1001 BigCommerce #214")
    assert seen.texts(".head button") == ["Push", "Look now…", "Refresh and push again", "Unlink"]
    value = seen.values(".head button.solid", "value")[0]
    assert post(shop, f"{S}/plans", one=value, side="pos") == f"{S}/plans/plan-1"
    assert "Nothing differs" in seen.texts(".group")


def test_a_product_that_failed_has_its_reason_and_its_ways_out(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1002")
    assert "BigCommerce already has “Ash dining stool” (#812)." in seen.texts(".said.not p")[0]
    assert seen.texts(".said.not button") == ["Link to #812", "Refresh and push again"]
    broken = visit(shop, f"{P}/p-1010")
    assert broken.texts(".said.not button") == ["Make it again", "Unlink"]
    assert broken.texts(".compare thead th") == ["Field", "Owner", "POS"]
    assert "Nothing differs" not in broken.text


def test_what_waits_says_so_and_nothing_is_well_meanwhile(shop: Shop) -> None:
    shop.waits["p-1001"] = Waiting(Lane.ASKED, NOW_MS - 5_000)
    seen = visit(shop, f"{P}/p-1001")
    assert seen.texts(".head .st") == ["Waiting"]
    assert seen.texts(".said.wait p") == [
        "A push that somebody asked for waits, since 5 s: because of a sale."
    ]


def test_units_promised_on_the_web_are_told_with_their_order(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1012")
    assert "On hand 5, promised on the web 1: order 1041" in seen.texts(".promised")[0]
    assert seen.texts(".sum dd") == ["5", "1", "1", "3", "4"]
    assert seen.texts(".sum mark") == ["4"]


def test_a_product_of_one_side_says_what_brings_it_to_the_other(shop: Shop) -> None:
    pos = visit(shop, f"{P}/p-1006")
    assert "A push creates it in BigCommerce" in pos.text
    assert pos.texts(".compare thead th") == ["Field", "Owner", "POS"]
    assert pos.texts(".head a.b") == ["Link…"]
    web = visit(shop, f"{W}/902")
    assert "An import brings it into the POS" in web.text
    assert web.values(".head button.solid", "value") == ["import:902"]
    assert web.values(".head a.b", "href") == [address(SHOP, "link", web="902", back=f"{W}/902")]
    assert "It has 240 variants; an import takes 200." in web.text


@pytest.mark.parametrize("tab", ["", "variants", "history"])
def test_a_linked_number_leads_to_the_page_of_its_pos_product(shop: Shop, tab: str) -> None:
    asked = {"tab": tab} if tab else {}
    query = f"?tab={tab}" if tab else ""
    where = visit(shop, f"{W}/214", asked=asked).answer.location
    assert where == f"{P}/p-1001{query}"


def test_why_of_a_linked_number_leads_there_too(shop: Shop) -> None:
    where = visit(shop, f"{W}/214", tab="why", field="price").answer.location
    assert where == f"{P}/p-1001?tab=why&field=price"


@pytest.mark.parametrize("tab", ["compare", "variants", "history", "why"])
@pytest.mark.parametrize("address", [f"{P}/nobody", f"{W}/99999"])
def test_a_product_that_nobody_knows_is_a_page_in_words(shop: Shop, address: str, tab: str) -> None:
    seen = visit(shop, address, tab=tab, field="price")
    assert seen.answer.status == 404
    assert "has shown no product with this id" in seen.text


def test_who_may_only_look_finds_everything_but_buttons(shop: Shop) -> None:
    for asked in ({}, {"tab": "variants"}, {"tab": "history"}, {"tab": "why", "field": "price"}):
        seen = visit(shop, f"{P}/p-1007", person=VERA, asked=asked)
        assert seen.tree.select("main button, main input") == []
        assert "You may look at this store." in seen.text
        assert seen.answer.status == 200
    assert visit(shop, f"{P}/p-1002", person=VERA).texts(".said.not a, .said.not button") == []


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "asked", [{}, {"tab": "variants"}, {"tab": "history"}, {"tab": "why", "field": "name"}]
)
def test_odd_texts_are_exactly_texts(
    monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], text: str
) -> None:
    seen = visit(Shop(odd=text).play(monkeypatch), f"{P}/h-all", asked=asked)
    assert any(text in each.get_text() for each in seen.tree.select("bdi"))
    assert seen.tree.select("main img:not(.pic img), main script, main svg:not(.i)") == []


def test_variants_that_differ_come_first_a_page_at_a_time(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1009", tab="variants")
    assert len(seen.tree.select("tbody tr")) == A_PAGE
    assert "50 of 600; 19 differ, first" in seen.text
    assert seen.texts("tbody tr:first-child mark") == ["4"]
    assert seen.texts("tbody tr:first-child td")[-1] == "Differs stock"
    (further,) = seen.values("a[rel=next]", "href")
    assert further == f"{P}/p-1009?tab=variants&from=50"
    second = visit(shop, f"{P}/p-1009", asked={"tab": "variants", "from": "50"})
    assert not set(seen.texts("tbody th")) & set(second.texts("tbody th"))
    assert second.values("a[rel=prev]", "href") == [f"{P}/p-1009?tab=variants"]


@pytest.mark.parametrize("begin", [-5, 0, 49, 600, 99_999])
def test_no_place_among_the_variants_leads_nowhere(begin: int) -> None:
    every = [products.a_variant(n, NOW_MS) for n in range(600)]
    page = variant_page(every, begin)
    assert 0 < len(page.variants) <= A_PAGE
    assert variant_page((), begin).variants == ()


def test_one_variant_has_its_fields_and_its_levels(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1009", tab="variants", variant="v-7")
    assert seen.texts("h2") == ["Medium, Slate 7 #5007"]
    assert seen.texts("tr.apart mark") == ["24.00"]
    assert seen.values("tr.apart a.why", "href") == [f"{P}/p-1009?tab=why&field=price&variant=v-7"]
    nowhere = visit(shop, f"{P}/p-1009", tab="variants", variant="v-none").answer
    assert nowhere.location == f"{P}/p-1009?tab=variants"


def test_history_is_told_newest_first_with_its_jobs(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1007", tab="history")
    assert seen.texts(".timeline b")[:3] == [
        "Reconcile found it different online: description",
        "Stock 4, 5, 6, 7",
        "Stock 71",
    ]
    assert "A person pushed it, asked by Mia, job 0041D0" in seen.texts(".timeline p")
    assert f"{S}/jobs/01KAJ8Z3M0000000000041D0" in seen.values(".timeline a", "href")
    (further,) = seen.values("a[rel=next]", "href")
    older = visit(shop, f"{P}/p-1007", asked=_query(further))
    assert len(seen.texts(".timeline li")) == 50
    assert len(older.texts(".timeline li")) == 19
    assert older.texts(".pages a") == ["Newest"]


def test_a_place_that_is_none_of_this_history_leads_to_its_beginning(shop: Shop) -> None:
    answer = visit(shop, f"{P}/p-1007", tab="history", after="{}").answer
    assert answer.location == f"{P}/p-1007?tab=history&said=list_changed"


def test_a_product_in_bigcommerce_alone_has_a_history_too(shop: Shop) -> None:
    seen = visit(shop, f"{W}/902", tab="history")
    assert "An import left it out: It has 240 variants" in seen.texts(".timeline b")[0]


def test_what_is_forgotten_but_for_its_history_still_has_a_page(shop: Shop) -> None:
    gone = PosProductId("p-gone")
    shop.history.write(SHOP, [ProductLine(NOW_MS, gone, Did.UNLINKED, web=StoreProductId(7))])
    seen = visit(shop, f"{P}/p-gone", tab="history")
    assert seen.answer.status == 200
    assert seen.texts(".timeline b") == ["Unlinked from #7"]
    shop.views.remove(SHOP, WEB, ["214"])
    assert visit(shop, f"{W}/214", tab="history").answer.status == 404


def test_every_kind_of_line_has_an_icon_and_words(shop: Shop) -> None:
    seen = visit(shop, f"{P}/h-all", tab="history")
    assert len(seen.texts(".timeline b")) == len(Did)
    assert all(seen.texts(".timeline b"))


def test_why_answers_with_a_sentence_and_four_boxes(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1007", tab="why", field="price")
    assert seen.texts(".answer h2") == ["Why is the price 14.50 online?"]
    assert seen.texts(".so")[0] == "Mia pushed it. The POS has 16.00 now, which is not sent yet."
    assert seen.texts(".boxes h3") == ["Because", "Decided", "Called", "Answered"]
    because, decided, called, answered = seen.texts(".boxes > div")
    assert "A person pushed it" in because
    assert "job 0041D0" in because
    assert "Sent: price" in decided
    assert "PUT /catalog/products12 products, 412 ms" in called
    assert "200, taken12.90 → 14.50" in answered
    assert seen.values(".answer button", "value") == ["push:p-1007", "undo"]
    assert seen.texts(".tabs [aria-current]") == ["History"]


def test_why_of_a_variant_names_it_and_the_others(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1009", tab="why", field="stock", variant="v-5")
    assert seen.texts(".answer h2") == ["Why is the stock of Rust, 5 4 online?"]
    assert "on hand 5, committed 0, promised on the web 1" in seen.text
    assert seen.texts(".wrap [aria-current]")[0] == "Rust, 5"
    assert "All 600 variants" in seen.text
    strange = visit(shop, f"{P}/p-1009", tab="why", field="stock", variant="<b>").answer
    assert strange.location == f"{P}/p-1009?tab=why&field=stock"


def test_what_two_hundred_lines_do_not_say_is_looked_for_further(shop: Shop) -> None:
    sales = [
        ProductLine(NOW_MS + n, PosProductId("p-1007"), Did.STOCK, version=n) for n in range(250)
    ]
    shop.history.write(SHOP, sales)
    seen = visit(shop, f"{P}/p-1007", tab="why", field="price")
    assert "older than what was read here" in seen.texts(".so")[0]
    assert "The newest 200 lines of its history were read" in seen.text
    further = visit(shop, f"{P}/p-1007", asked=_query(seen.values(".answer a.b", "href")[0]))
    assert further.texts(".so")[0].startswith("Mia pushed it.")


def test_a_field_that_is_none_is_told_which_there_are(shop: Shop) -> None:
    seen = visit(shop, f"{P}/p-1001", tab="why", field="colour")
    assert seen.answer.status == 404
    assert "stock, name, description" in seen.text


def test_names_in_lists_plans_and_jobs_lead_to_the_product(shop: Shop) -> None:
    pos = visit(shop, f"{S}/pos", q="Ash dining chair")
    assert pos.values(".title a", "href") == [f"{P}/p-1001"]
    web = visit(shop, f"{S}/web", q="Ash dining")
    assert set(web.values(".title a", "href")) == {f"{P}/p-1001", f"{W}/812"}
    where = post(shop, f"{S}/plans", do="push", side="pos", id=["p-1001", "h-0"])
    plan = visit(shop, where)
    assert plan.values(".title a", "href") == [f"{P}/p-1001", f"{P}/h-0"]
    job = visit(shop, post(shop, f"{S}/jobs", plan="plan-1"))
    assert job.values(".title a", "href") == [f"{P}/p-1001", f"{P}/h-0"]


def _query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def acts(seen: Seen, field: str) -> list[str]:
    """Return what is offered beside a field."""
    (row,) = [
        tr for tr in seen.tree.select(".compare tbody tr") if tr.th and tr.th.get_text() == field
    ]
    found = row.select(".field-acts .b")
    return [" ".join(each.get_text().split()) for each in found]


def test_who_may_decide_lets_a_difference_stay_and_has_it_compared_again(shop: Shop) -> None:
    page = f"{P}/{products.APART}"
    seen = visit(shop, page)
    assert acts(seen, "Price") == ["Let it stay… price", "Undo… the price"]
    assert acts(seen, "Brand") == ["Compare again: brand"]
    assert acts(seen, "Name") == []
    (said,) = seen.texts(".on_purpose p.soft")
    assert said == "Mia let it stay until 27 Nov 12:00 UTC: Their name is longer"
    (link,) = seen.values("a[href*=accept]", "href")
    query = dict(parse_qsl(urlsplit(link).query))
    choice = visit(shop, f"{S}/accept", asked=query)
    assert choice.values("input[name=place][checked]", "value") == ["price"]
    assert choice.texts(".ch")[0] == "Online 14.50, in the POS 16.00"
    assert choice.values(".head .acts a", "href") == [page]
    (form,) = [each for each in choice.tree.select("form") if each.select("[name=until]")]
    fields = {str(e["name"]): str(e.get("value", "")) for e in form.select("input[type=hidden]")}
    where = post(shop, f"{S}/accept", fields, place="price", until="week", why="A sale")
    assert where == page, "the product says by itself what may stay"
    (kept,) = shop.deps.runs.accepted_of(SHOP, products.APART).items()
    digest = Difference("price", "16.00", "14.50").digest
    assert (kept[0], kept[1].digest, kept[1].why) == ("price", digest, "A sale")
    assert post(shop, f"{S}/accept", {**fields, "until": "week"}).endswith("said=which_may_stay")
    again = {"product": products.APART, "back": page, "again": "price"}
    assert post(shop, f"{S}/accept", again) == page
    assert shop.deps.runs.accepted_of(SHOP, products.APART) == {}


@pytest.mark.parametrize(
    ("person", "price", "menu"),
    [
        (OLIVIA, ["Let it stay… price", "Undo… the price"], True),
        (replace(SAM, name="Mia"), ["Undo… the price"], True),
        (SAM, [], False),
        (VERA, [], False),
    ],
    ids=["owner", "staff who asked for the push", "staff who did not", "viewer"],
)
def test_what_somebody_may_not_do_is_not_offered(
    shop: Shop, person: Person, price: list[str], menu: bool
) -> None:
    seen = visit(shop, f"{P}/{products.APART}", person=person)
    assert acts(seen, "Price") == price
    assert acts(seen, "Brand") == (["Compare again: brand"] if person is OLIVIA else [])
    assert ("Undo its last push…" in seen.text) is menu


def test_the_answer_why_offers_the_undo_of_the_push_that_it_names(shop: Shop) -> None:
    seen = visit(shop, f"{P}/{products.APART}", tab="why", field="price")
    (form,) = [each for each in seen.tree.select(".answer form") if "Undo" in each.get_text()]
    sent = {str(e["name"]): str(e["value"]) for e in form.select("input, button")}
    assert (sent["do"], sent["id"], sent["field"]) == ("undo", products.APART, "price")
    assert sent["back"] == f"{P}/{products.APART}?tab=why&field=price"
    sam = visit(shop, f"{P}/{products.APART}", tab="why", field="price", person=SAM)
    assert "Undo" not in sam.texts(".answer")[0]


def test_a_product_that_was_unlinked_is_linked_again_by_its_menu(shop: Shop) -> None:
    seen = visit(shop, f"{P}/{products.PARTED}")
    assert seen.values(".head .menu button", "value")[-1] == f"link:640:{products.PARTED}"
    assert "again…" not in visit(shop, f"{P}/p-1006").text
