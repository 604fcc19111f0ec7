"""From a tick to a job: the plan, what it warns of, and what came of it."""

import json
from dataclasses import replace

import pytest

from tests.console.catalogue import MINUTE, NOW_MS, SHOP
from tests.console.shop import OLIVIA, VERA, Shop
from tests.console.shop_states import HIDES, TAKEN, a_job
from tests.console.visits import S, post, visit
from tillbridge.domain.jobs import JobState
from tillbridge.domain.selection import Do


def _plan(shop: Shop, **form: str | list[str]) -> str:
    where = post(shop, f"{S}/plans", form, side="pos")
    assert where.startswith(f"{S}/plans/"), where
    return where


def test_what_is_ticked_becomes_a_plan_before_anything_happens(shop: Shop) -> None:
    where = _plan(shop, do="push", id=["p-1001", "p-1006"])
    seen = visit(shop, where)
    assert seen.texts("h1") == ["Push 2 products?"]
    assert seen.texts(".figures > div") == ["1created online", "1updated online", "0left out"]
    assert seen.texts(".go button") == ["Push 2"]
    assert shop.requests.asked == []


def test_a_plan_carried_out_leads_to_its_job_and_is_asked_for_once(shop: Shop) -> None:
    where = _plan(shop, do="push", id="p-1001")
    plan = where.rsplit("/", 1)[1]
    job = post(shop, f"{S}/jobs", plan=plan, mode="safe")
    assert job == f"{S}/jobs/job-{plan}"
    assert post(shop, f"{S}/jobs", plan=plan, mode="safe") == job
    assert visit(shop, where).values("main .solid", "href") == [job]


def test_what_a_plan_warns_of_goes_only_when_it_is_ticked(shop: Shop) -> None:
    shop.warned = (TAKEN, HIDES)
    ids = ["p-1001", "p-1005", "p-1012", "p-1013"]
    where = _plan(shop, do="push", id=ids)
    assert visit(shop, where).texts(".go button") == [
        "Push 1, without what is marked",
        "Push all 4",
    ]
    plan = where.rsplit("/", 1)[1]
    refused = post(shop, f"{S}/jobs", plan=plan, mode="all", confirm=["hides"])
    assert refused == f"{where}?said=tick_each"
    assert shop.requests.asked == []
    post(shop, f"{S}/jobs", plan=plan, mode="safe", confirm=["hides"])
    assert shop.requests.asked[0][4] == ("p-1001", "p-1013")


def test_all_of_a_plan_goes_when_each_box_is_ticked(shop: Shop) -> None:
    shop.warned = (TAKEN,)
    plan = _plan(shop, do="push", id=["p-1001", "p-1005"]).rsplit("/", 1)[1]
    post(shop, f"{S}/jobs", plan=plan, mode="all", confirm=["taken"])
    assert shop.requests.asked[0][4] == ("p-1001", "p-1005")


def test_an_old_plan_says_so_and_can_be_made_again(shop: Shop) -> None:
    where = _plan(shop, do="push", id=["p-1001", "p-1006"])
    late = visit(shop, where, now_ms=NOW_MS + 16 * MINUTE)
    assert "is too old to carry out" in late.text
    assert late.values("form.two", "action") == [f"{S}/plans"]
    assert late.values("form.two input[name=id]", "value") == ["p-1001", "p-1006"]
    shop.clock.advance(16 * 60)
    answer = post(shop, f"{S}/jobs", plan=where.rsplit("/", 1)[1], mode="safe")
    assert answer.startswith("409 ")
    assert "This plan is too old." in answer


def test_a_row_s_own_button_is_about_that_row_whatever_is_ticked(shop: Shop) -> None:
    where = _plan(shop, one="retry:p-1002", do="push", id=["p-1001"])
    plan = shop.deps.plans.get(SHOP, where.rsplit("/", 1)[1])
    assert plan is not None
    assert (plan.do, plan.selection.ids) == (Do.RETRY, ("p-1002",))


def test_a_row_s_button_is_no_selection_of_all(shop: Shop) -> None:
    where = _plan(shop, one="unlink:p-1010", all="1", q="", status="all", shown="p-1010")
    plan = shop.deps.plans.get(SHOP, where.rsplit("/", 1)[1])
    assert plan is not None
    assert (plan.selection.question, plan.selection.ids) == (None, ("p-1010",))


def test_link_to_the_holder_of_a_name_is_one_button(shop: Shop) -> None:
    where = _plan(shop, one="link:812:p:10 02")
    plan = shop.deps.plans.get(SHOP, where.rsplit("/", 1)[1])
    assert plan is not None
    assert plan.do is Do.LINK
    assert visit(shop, f"{S}/pos").answer.status == 200


@pytest.mark.parametrize("one", ["link:x:p-1", "link:812:", "link:" + "9" * 40 + ":p", "fly:p-1"])
def test_a_button_that_no_page_has_does_nothing(shop: Shop, one: str) -> None:
    assert post(shop, f"{S}/plans", side="pos", one=one).startswith("409 ")
    assert shop.requests.asked == []


def test_nothing_ticked_is_told_on_the_list(shop: Shop) -> None:
    assert post(shop, f"{S}/plans", side="web", do="import") == f"{S}/web?said=nothing_ticked"


def test_what_cannot_be_asked_says_why(shop: Shop) -> None:
    answer = post(shop, f"{S}/plans", side="pos", do="push", all="1", q="zebra", status="all")
    assert answer.startswith("409 ")
    assert "Nothing fits any more." in answer


def test_link_of_one_product_leads_to_the_choice_of_its_partner(shop: Shop) -> None:
    assert post(shop, f"{S}/plans", side="pos", do="link", id="p 1/2") == f"{S}/link?pos=p+1%2F2"
    several = post(shop, f"{S}/plans", side="pos", do="link", id=["a", "b"])
    assert several == f"{S}/pos?said=one_to_link"


def test_a_partner_is_searched_by_name_on_the_other_side_and_chosen(shop: Shop) -> None:
    seen = visit(shop, f"{S}/link", pos="p-1002")
    assert seen.values("input[name=q]", "value") == ["Ash"]
    assert seen.values("input[name=pair]", "value") == ["812:p-1002"]
    where = _plan(shop, do="link", pair="812:p-1002", link_of="pos")
    assert visit(shop, where).texts("h1") == ["Link 1 product?"]
    back = visit(shop, f"{S}/link", web="812", q="Cork")
    assert back.values("input[name=pair]", "value") == ["812:p-1006"]


def test_no_partner_chosen_is_asked_again(shop: Shop) -> None:
    where = post(shop, f"{S}/plans", {"do": "link", "side": "pos", "for": "p-1", "link_of": "pos"})
    assert where == f"{S}/link?said=choose_partner&pos=p-1"


def test_a_person_who_may_only_look_sees_a_plan_without_its_buttons(shop: Shop) -> None:
    where = _plan(shop, do="push", id="p-1001")
    assert visit(shop, where, person=VERA).tree.select("main button") == []


def test_a_job_tells_what_failed_first_and_offers_it_again(shop: Shop) -> None:
    shop.progress["job-7"] = a_job()
    seen = visit(shop, f"{S}/jobs/job-7")
    assert seen.texts(".of b") == ["29 of 43"]
    assert seen.values("progress", "value") == ["29"]
    assert [text.split()[0] for text in seen.texts(".lines .st")] == ["Failed", "Waiting", "Done"]
    assert "Refresh and push 1 again" in seen.text
    where = post(shop, f"{S}/plans", side="pos", do="retry", id="p-1002")
    assert where.startswith(f"{S}/plans/")


def test_a_job_s_progress_is_told_once(shop: Shop) -> None:
    shop.progress["job-7"] = a_job()
    first = visit(shop, f"{S}/jobs/job-7/progress").answer
    told = json.loads(first.body)
    assert (told["ready"], told["total"], told["state"]) == (29, 43, "running")
    tag = {"if-none-match": first.headers["ETag"]}
    assert visit(shop, f"{S}/jobs/job-7/progress", headers=tag).answer.status == 304
    shop.progress["job-7"] = a_job(state=JobState.ENDED, done=42, left=0)
    assert visit(shop, f"{S}/jobs/job-7/progress", headers=tag).answer.status == 200


@pytest.mark.parametrize(
    ("state", "words", "said"),
    [
        (JobState.RUNNING, "", ["You can close this page; it goes on."]),
        (JobState.WAITS, "BigCommerce is down.", ["BigCommerce is down."]),
        (JobState.ENDED, "", [""]),
    ],
)
def test_a_job_says_what_it_waits_for_or_that_nobody_has_to(
    shop: Shop, state: JobState, words: str, said: list[str]
) -> None:
    shop.progress["job-7"] = a_job(state=state, words=words)
    assert visit(shop, f"{S}/jobs/job-7").texts("[data-part=words]") == said


def test_a_store_s_jobs_are_its_own(shop: Shop) -> None:
    assert visit(shop, f"{S}/jobs/other").answer.status == 404
    assert visit(shop, f"{S}/jobs/other/progress").answer.status == 404
    assert "No job yet" in visit(shop, f"{S}/jobs").text


def test_a_job_of_everything_knows_no_total_and_is_never_through_by_mistake(shop: Shop) -> None:
    made = replace(a_job().job, do=Do.IMPORT, total=0)
    shop.progress["job-7"] = a_job(job=made, done=0, failed=0, left=0, lines=())
    seen = visit(shop, f"{S}/jobs/job-7")
    assert seen.texts("h1") == ["Import all that are not linked"]
    assert seen.values("progress", "value") == ["0"]


def test_the_only_store_is_shown_at_once_and_several_as_cards(shop: Shop) -> None:
    assert visit(shop, "/").answer.location == S
    both = (SHOP, type(SHOP)("quay"))
    assert visit(shop, "/", stores=both).answer.location == "/stores"
    assert visit(shop, "/stores", stores=both).texts(".cards h2") == [SHOP, "quay"]


def test_a_plan_of_which_nothing_would_go_asks_for_a_tick(shop: Shop) -> None:
    shop.warned = (TAKEN,)
    where = _plan(shop, do="push", id=["p-1005", "p-1012"])
    plan = where.rsplit("/", 1)[1]
    assert post(shop, f"{S}/jobs", plan=plan, mode="safe") == f"{where}?said=all_marked"
    assert shop.requests.asked == []
    assert post(shop, f"{S}/jobs", plan=plan, mode="safe", confirm=["taken"]) != where
    assert len(shop.requests.asked) == 1


def test_lines_of_a_job_tell_their_reason_and_button_to_whom_may_act(shop: Shop) -> None:
    shop.progress["job-7"] = a_job()
    for person, again in ((OLIVIA, "retry:p-1002"), (VERA, "")):
        answer = visit(shop, f"{S}/jobs/job-7/progress", person=person).answer
        line = json.loads(answer.body)["lines"][0]
        assert (line["words"][:11], line["again"]) == ("BigCommerce", again)


def test_a_job_without_a_total_counts_what_is_left_of_it(shop: Shop) -> None:
    everything = replace(a_job().job, total=0)
    shop.progress["job-7"] = a_job(job=everything, done=28, failed=1, left=14)
    seen = visit(shop, f"{S}/jobs/job-7")
    assert seen.texts(".of b") == ["29 of 43"]
    assert seen.values("progress", "max") == ["43"]
