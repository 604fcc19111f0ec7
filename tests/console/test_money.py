"""Prices are shown as the store of the page writes them."""

import pytest

from tests.builders import a_connection
from tests.console.shop import SHOP, Shop
from tests.console.visits import S, visit
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
