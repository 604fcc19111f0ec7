"""Cancel leads back to the page from which something was asked, and nowhere else."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl

import pytest

from tests.console.shop import Shop
from tests.console.shop_states import pushed_by_hand
from tests.console.visits import S, Seen, post, visit
from tillbridge.domain.selection import Do


def follow(shop: Shop, where: str) -> Seen:
    """Return the page that an address with a query leads to."""
    path, _, query = where.partition("?")

    return visit(shop, path, asked=dict(parse_qsl(query)))


def cancel(seen: Seen) -> str:
    return seen.values(".head .acts a.bare", "href")[0]


def sent(seen: Seen, form: str) -> dict[str, str | Sequence[str]]:
    """Return the hidden fields of a form, as its button would send them."""
    names, values = (seen.values(f"{form} input[type=hidden]", each) for each in ("name", "value"))
    return dict(zip(names, values, strict=True))


@pytest.mark.parametrize(
    ("page", "form", "button"),
    [
        ("products/p-1001", ".head form", "push:p-1001"),
        ("products/p-1001", ".head form", "look:p-1001"),
        ("products/p-1002", "form.said", "retry:p-1002"),
        ("web/902", ".head form", "import:902"),
    ],
)
def test_the_plan_of_a_product_s_page_goes_back_to_it(
    shop: Shop, page: str, form: str, button: str
) -> None:
    at = f"{S}/{page}"
    seen = visit(shop, at, asked={"tab": "variants", "said": "list_changed"})
    assert button in seen.values(f"{form} button", "value")
    plan = follow(shop, post(shop, f"{S}/plans", sent(seen, form), one=button))
    assert cancel(plan) == f"{at}?tab=variants"
    assert sent(plan, "form.two")["back"] == f"{at}?tab=variants", "what is pressed there keeps it"


def test_so_do_those_of_a_problem_a_job_and_an_undo(shop: Shop) -> None:
    problems = visit(shop, f"{S}/problems")
    plan = post(shop, f"{S}/plans", sent(problems, ".causes form"), do="retry")
    assert cancel(follow(shop, plan)) == f"{S}/problems"
    shop = pushed_by_hand(shop)
    undo = visit(shop, f"{S}/undo", product="p-1001", back=f"{S}/products/p-1001")
    assert cancel(undo) == f"{S}/products/p-1001"
    plan = post(shop, f"{S}/plans", sent(undo, "form"), do="undo", field="price")
    assert (
        cancel(follow(shop, plan)) == f"{S}/undo"
    )  # the query is the address's, which is not made here


def test_a_product_is_linked_from_its_page_and_back(shop: Shop) -> None:
    seen = visit(shop, f"{S}/products/p-1006")
    (link,) = seen.values(".head a.b", "href")
    choice = follow(shop, f"{link}&q=Gift")
    assert cancel(choice) == f"{S}/products/p-1006"
    plan = post(shop, f"{S}/plans", sent(choice, "form.list"), pair="901:p-1006")
    assert cancel(follow(shop, plan)) == f"{S}/products/p-1006"


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example/",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\\\\evil.example",
        "/sign-out",
        "/stores/another/pos",
        f"{S}-more/pos",
        f"{S}/pos\r\nSet-Cookie: a=b",
        f"{S}/" + "x" * 2_000,
    ],
)
def test_nobody_is_led_off_this_store_s_pages(shop: Shop, back: str) -> None:
    where = post(shop, f"{S}/plans", one="push:p-1001", side="pos", back=back)
    assert where == f"{S}/plans/plan-1"
    plan = visit(shop, where, back=back)
    assert cancel(plan) == f"{S}/pos"
    assert "evil" not in plan.answer.body
    undo = visit(pushed_by_hand(shop), f"{S}/undo", product="p-1001", back=back)
    assert cancel(undo) == f"{S}/products/p-1001"


def test_every_button_that_asks_for_something_asks_for_what_can_be_planned(shop: Shop) -> None:
    for page in ("pos", "web", "products/p-1001", "products/p-1002", "products/p-1006", "web/902"):
        seen = visit(shop, f"{S}/{page}")
        asked = seen.values("button[name=do]", "value") + [
            each.partition(":")[0] for each in seen.values("button[name=one]", "value")
        ]
        assert asked, page
        for each in asked:
            assert each in set(Do), (page, each)


def test_the_bar_of_the_pos_view_looks_at_what_is_ticked(shop: Shop) -> None:
    seen = visit(shop, f"{S}/pos")
    (button,) = [b for b in seen.tree.select(".bar button") if b.get("value") == "look"]
    assert re.sub(r"\s+", " ", button.get_text()).strip() == "Look now…"
    where = post(shop, f"{S}/plans", side="pos", do="look", id="p-1001")
    assert where == f"{S}/plans/plan-1"
