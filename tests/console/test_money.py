"""Prices are shown as the store of the page writes them."""

import pytest

from tests.builders import a_connection
from tests.console import exact_shop, products, run_shop
from tests.console.catalogue import SHOP
from tests.console.shop import Shop
from tests.console.shop_states import PUSHED, pushed_by_hand
from tests.console.visits import S, post, visit
from tillbridge.domain.money_format import MoneyFormat, Side

EUROS = MoneyFormat("EUR", "€", Side.RIGHT, 2, ",", ".")


def prices(shop: Shop, path: str, **query: str) -> list[str]:
    return visit(shop, path, asked=query).texts("td.price")


@pytest.mark.parametrize("path", ["/pos", "/web"])
def test_a_list_shows_prices_in_the_stores_format(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    shop = Shop(connection=a_connection(SHOP, money=EUROS)).play(monkeypatch)
    assert "1.240,00 €" in prices(shop, f"{S}{path}", q="rug")
    assert "12,00 €\N{EN DASH}18,00 €" in prices(shop, f"{S}{path}", q="Beeswax candle, tall")


def test_the_choice_of_a_partner_does_too(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop(connection=a_connection(SHOP, money=EUROS)).play(monkeypatch)
    assert prices(shop, f"{S}/link", pos="p-1002", q="Ash") == ["99,00 €"]


def test_of_a_store_that_does_not_tell_prices_are_plain(shop: Shop) -> None:
    assert prices(shop, f"{S}/pos", q="rug") == ["1,240.00"]


def test_a_symbol_from_outside_is_only_ever_text(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = MoneyFormat("USD", "<b>$</b>")
    shop = Shop(connection=a_connection(SHOP, money=odd)).play(monkeypatch)
    seen = visit(shop, f"{S}/pos", q="rug")
    assert seen.texts("td.price") == ["<b>$</b>1,240.00"]
    assert seen.tree.select("td.price b") == []


@pytest.fixture
def euros(monkeypatch: pytest.MonkeyPatch) -> Shop:
    return Shop(connection=a_connection(SHOP, money=EUROS)).play(monkeypatch)


def test_so_do_the_fields_of_a_product_and_of_its_variants(euros: Shop) -> None:
    page = f"{S}/products/{products.APART}"
    seen = visit(euros, page)
    assert seen.texts("tr.apart mark")[1] == "14,50 €"
    assert "4,10 €" in seen.texts("[data-l=POS]")
    assert "29,00 €" in " ".join(visit(euros, page, tab="variants").texts("[data-l=Price]"))


def test_so_does_the_answer_why(euros: Shop) -> None:
    seen = visit(euros, f"{S}/products/{products.APART}", tab="why", field="price")
    assert seen.texts(".answer h2") == ["Why is the price 14,50 € online?"]
    assert "12,90 € → 14,50 €" in seen.texts(".boxes")[0]
    assert "The POS has 16,00 € now" in seen.text


def test_so_do_an_exact_plan_what_a_run_found_and_what_may_stay(euros: Shop) -> None:
    exact_shop.ready(exact_shop.planned(euros, "p-1007"))
    plan = visit(euros, f"{S}/plans/{exact_shop.PLAN}").text
    assert "16,00 €" in plan
    assert "14,50 €" in plan
    run_shop.compared(euros)
    run = visit(euros, f"{S}/runs/{run_shop.HELD}").text
    assert "179,00 € → becomes 189,00 €" in run
    accept = visit(euros, f"{S}/accept", product="p-1001").texts(".ch")
    assert accept == ["Online 179,00 €, in the POS 189,00 €"]


def test_so_does_an_undo_before_and_in_its_plan(euros: Shop) -> None:
    shop = pushed_by_hand(euros)
    undo = visit(shop, f"{S}/undo", product="p-1001")
    assert "“169,00 €” in place of “189,00 €”" in undo.text
    for form in ({"job": PUSHED}, {"id": "p-1001", "field": "price"}):
        plan = visit(shop, post(shop, f"{S}/plans", form, do="undo"))
        assert "price “169,00 €” in place of “189,00 €”" in plan.text
