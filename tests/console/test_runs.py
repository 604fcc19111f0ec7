"""The comparisons: what each found, what waits for an owner, and what may stay."""

from urllib.parse import parse_qsl

from tests.console.catalogue import SHOP
from tests.console.run_shop import CLEAN, HELD, compared, let_stay, many, under_way
from tests.console.shop import OLIVIA, SAM, Shop
from tests.console.visits import S, post, visit

RUN = f"{S}/runs/{HELD}"


def test_a_store_that_was_never_compared_says_what_the_first_time_does(shop: Shop) -> None:
    assert "Nothing has been compared yet" in visit(shop, f"{S}/runs").text


def test_a_held_run_says_why_without_commands_and_an_owner_lets_it_go_on(shop: Shop) -> None:
    compared(shop)
    for where in (f"{S}/runs", RUN):
        seen = visit(shop, where, person=OLIVIA)
        assert "5 of 20 linked products would be changed" in seen.text
        assert "tillbridge drift" not in seen.text
        assert "--approve" not in seen.text
    assert "Repair 5" in visit(shop, RUN, person=OLIVIA).text
    assert post(shop, f"{RUN}/repair") == f"{S}/runs?said=repairing"
    ((kind, _, _, by, named),) = shop.requests.asked
    assert (kind, by, named) == ("approve", OLIVIA.name, (HELD,))


def test_staff_see_that_an_owner_decides(shop: Shop) -> None:
    compared(shop)
    seen = visit(shop, RUN, person=SAM)
    assert "An owner of the store decides" in seen.text
    assert seen.tree.select("form[action$=repair] button") == []
    assert "Let it stay" not in seen.text


def test_what_needs_no_repair_offers_none(shop: Shop) -> None:
    compared(shop)
    assert "Nothing differs" in visit(shop, f"{S}/runs/{CLEAN}", person=OLIVIA).text
    assert post(shop, f"{S}/runs/{CLEAN}/repair").startswith("409 ")
    assert post(shop, f"{S}/runs/none/repair").startswith("409 ")
    assert visit(shop, f"{S}/runs/none").answer.status == 404


def test_findings_are_grouped_by_what_they_are_drift_first(shop: Shop) -> None:
    compared(shop)
    seen = visit(shop, RUN, person=OLIVIA)
    heads = seen.texts(".card > header h2")
    assert heads == ["Edited online", "Stock differs", "Deleted in BigCommerce", "Only online"]
    assert f"{S}/products/p-1001" in seen.values("a.title", "href")
    lines = [each.split() for each in seen.texts(".ch")]
    assert ["Price", "179.00", "→", "becomes", "189.00"] in lines
    assert any("6" in each and "variants" in each for each in lines)


def test_three_thousand_findings_are_fifty_a_page(shop: Shop) -> None:
    many(shop)
    where, seen = RUN, []
    for _ in range(70):
        page = visit(shop, where.split("?")[0], asked=_query(where), person=OLIVIA)
        assert len(page.answer.body.encode()) <= 100_000
        seen += page.texts(".items .title")
        following = [each for each in page.values(".pages a", "href") if each != RUN]
        if not following:
            break
        (where,) = following
    assert (len(seen), len(set(seen))) == (3_000, 3_000)
    assert visit(shop, RUN, page="999999999999", after="x").answer.status == 200


def test_a_run_under_way_says_what_it_waits_for(shop: Shop) -> None:
    seen = visit(under_way(shop), f"{S}/runs")
    assert "Under way" in seen.text
    assert "BigCommerce answers 503" in seen.text


def test_an_owner_lets_drift_stay_with_an_end_and_a_reason_and_takes_it_back(shop: Shop) -> None:
    compared(shop)
    (link,) = [
        each
        for each in visit(shop, RUN, person=OLIVIA).values("a", "href")
        if "p-1007" in each and "accept" in each
    ]
    seen = visit(shop, link.split("?")[0], asked=_query(link), person=OLIVIA)
    assert len(seen.values("input[name=place]", "value")) == 7
    asked = {"product": "p-1007", "run": HELD, "page": "0", "until": "week", "why": "A sale"}
    where = post(shop, f"{S}/accept", {**asked, "place": "stock"})
    assert where.endswith("said=may_stay")
    seen = visit(shop, where.split("?")[0], asked=_query(where), person=OLIVIA)
    assert "A sale" in seen.text
    assert len(seen.values("input[name=place]", "value")) == 6
    (said,) = shop.deps.runs.accepted_of(SHOP, "p-1007").values()
    assert (said.by, said.until_ms - said.at_ms) == (OLIVIA.name, 7 * 86_400_000)
    post(shop, f"{S}/accept", {**asked, "again": "stock"})
    assert shop.deps.runs.accepted_of(SHOP, "p-1007") == {}


def test_nothing_ticked_and_no_end_say_so_and_accept_nothing(shop: Shop) -> None:
    compared(shop)
    asked = {"product": "p-1007", "run": HELD, "page": "0"}
    for odd in ({"until": "week"}, {"place": "stock"}, {"place": "stock", "until": "x"}):
        assert post(shop, f"{S}/accept", {**asked, **odd}).endswith("which_may_stay")
    odd = {**asked, "place": "never", "until": "day"}
    assert post(shop, f"{S}/accept", odd).startswith("409 ")
    assert shop.deps.runs.accepted(SHOP) == {}


def test_a_product_page_may_lead_here_without_a_run(shop: Shop) -> None:
    let_stay(compared(shop))
    seen = visit(shop, f"{S}/accept", product="p-1001", person=OLIVIA)
    assert seen.values("input[name=place]", "value") == ["price"]
    assert "until" in visit(shop, f"{S}/accept", product="p-1007", person=OLIVIA).text


def _query(where: str) -> dict[str, str]:
    return dict(parse_qsl(where.partition("?")[2]))
