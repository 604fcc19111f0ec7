"""The pages that take a push back."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.console.catalogue import NOW_MS, SHOP
from tests.console.shop import OLIVIA, SAM, VERA, Shop
from tests.console.shop_states import PUSHED, pushed_by_hand
from tests.console.visits import S, post, visit
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do


@pytest.fixture
def pushed(shop: Shop) -> Shop:
    return pushed_by_hand(shop)


def plan_of(shop: Shop, where: str) -> RequestPlan:
    plan = shop.plans.get(SHOP, where.rsplit("/", 1)[1])
    assert plan is not None
    return plan


def kept(shop: Shop, plan: RequestPlan) -> Sequence[str]:
    return [each.partition("#")[2] for each in shop.plans.ids(SHOP, plan.id)]


def test_a_job_offers_its_undo_and_says_until_when(pushed: Shop) -> None:
    seen = visit(pushed, f"{S}/jobs/{PUSHED}")
    assert "It can be undone until" in seen.text
    assert seen.values(".acts form input[name=job]", "value") == [PUSHED]
    assert seen.values(".lines button[name=one]", "value") == ["undo:p-1001", "undo:p-1003"]
    where = post(pushed, f"{S}/plans", job=PUSHED, do="undo")
    plan = plan_of(pushed, where)
    assert (plan.do, plan.updates, plan.creates, plan.undoes) == (Do.UNDO, 3, 1, PUSHED)
    shown = visit(pushed, where)
    assert shown.texts("h1") == ["Undo 4 products?"]
    assert "hidden online and unlinked" in shown.text
    assert "price “169” in place of “189”" in shown.text


def test_a_line_s_button_is_about_that_product(pushed: Shop) -> None:
    where = post(pushed, f"{S}/plans", side="pos", job=PUSHED, one="undo:p-1003")
    assert kept(pushed, plan_of(pushed, where)) == ["p-1003"]


@pytest.mark.parametrize("person", [SAM, VERA], ids=["staff who did not ask", "viewer"])
def test_who_may_not_take_a_job_back_sees_no_button(pushed: Shop, person: object) -> None:
    seen = visit(pushed, f"{S}/jobs/{PUSHED}", person=person)  # type: ignore[arg-type]  # people
    assert "Undo" not in seen.text
    assert "undone" not in seen.text


def test_staff_cannot_ask_for_it_by_hand_either(pushed: Shop) -> None:
    form: dict[str, Sequence[str]] = {"job": [PUSHED], "do": ["undo"]}
    seen = visit(pushed, f"{S}/plans", method="POST", person=SAM, form=form)
    assert seen.answer.status == 409
    assert "Mia asked for this." in seen.text
    assert "Mia asked for this." in visit(pushed, f"{S}/undo", person=SAM, product="p-1001").text


def test_who_asked_sees_the_button(pushed: Shop) -> None:
    mia = replace(SAM, name="Mia")
    assert "Undo…" in visit(pushed, f"{S}/jobs/{PUSHED}", person=mia).text


def test_a_product_s_fields_are_chosen_before_its_plan(pushed: Shop) -> None:
    seen = visit(pushed, f"{S}/undo", product="p-1003")
    labels = ["price", "name", "description", "UPC"]
    assert seen.values("input[name=field]", "value") == labels
    assert len(seen.tree.select("input[name=field][checked]")) == 4
    one = visit(pushed, f"{S}/undo", product="p-1003", field="price")
    assert one.values("input[name=field][checked]", "value") == ["price"]
    where = post(pushed, f"{S}/plans", do="undo", id="p-1003", job=PUSHED, field=["price", "UPC"])
    plan = plan_of(pushed, where)
    assert (plan.fields, kept(pushed, plan)) == (("price", "upc"), ["p-1003"])


def test_no_field_ticked_is_not_all_of_them(pushed: Shop) -> None:
    seen = visit(pushed, f"{S}/undo", product="p-1003")
    assert seen.values("input[name=by_field]", "value") == ["1"]
    answer = post(pushed, f"{S}/plans", do="undo", id="p-1003", job=PUSHED, by_field="1")
    assert answer.startswith("409 ")
    assert "No field is ticked." in answer


def test_an_old_plan_of_an_undo_is_planned_again_with_its_job_and_fields(pushed: Shop) -> None:
    where = post(pushed, f"{S}/plans", do="undo", id="p-1003", job=PUSHED, field="price")
    late = visit(pushed, where, now_ms=pushed.clock.now + 16 * 60_000)
    again = {
        name: late.values(f"form.two input[name={name}]", "value")
        for name in ("do", "id", "job", "field")
    }
    assert again == {"do": ["undo"], "id": ["p-1003"], "job": [PUSHED], "field": ["price"]}


def test_what_a_push_made_and_what_cannot_be_undone_say_so(pushed: Shop) -> None:
    made = visit(pushed, f"{S}/undo", product="p-1011").text
    assert "hidden in BigCommerce and unlinked" in made
    assert "none replaced anything" in visit(pushed, f"{S}/undo", product="h-7").text
    assert visit(pushed, f"{S}/undo", product="gone").answer.status == 404
    assert visit(pushed, f"{S}/undo", product="p-1001", field="weight").answer.status == 404
    assert visit(pushed, f"{S}/undo").answer.status == 404
    assert visit(pushed, f"{S}/undo", job=PUSHED).answer.location == f"{S}/jobs/{PUSHED}"


def test_an_unlinked_product_is_linked_again_by_one_button(pushed: Shop) -> None:
    product = PosProductId("p-1006")
    line = ProductLine(NOW_MS, product, Did.UNLINKED, job="job-2", web=StoreProductId(777))
    pushed.deps.history.write(SHOP, [line])
    seen = visit(pushed, f"{S}/undo", product=product)
    assert "It was unlinked from #777." in seen.text
    assert seen.values("main button[name=one]", "value") == ["link:777:p-1006"]
    assert plan_of(pushed, post(pushed, f"{S}/plans", one="link:777:p-1006")).do is Do.LINK


def test_an_owner_undoes_the_newest_push_whoever_asked_for_it(pushed: Shop) -> None:
    where = post(pushed, f"{S}/plans", do="undo", id="p-1001")
    plan = plan_of(pushed, where)
    assert (plan.updates, plan.by) == (1, OLIVIA.name)
