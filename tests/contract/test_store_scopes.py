"""What a token may is told scope by scope, by a store that refuses as strictly as BigCommerce."""

from collections.abc import Iterator

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import ALL_SCOPES
from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.bigcommerce.scopes import ScopesOfBigCommerce
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.errors import NeedsAttention, Refused, StoreDown, StoreThrottled
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.scopes import SCOPES, ScopeRead

LEAST = {
    "store_v2_products",
    "store_inventory",
    "store_v2_information_read_only",
    "store_channel_listings",
}
SCOPES_ASKED = ScopesOfBigCommerce(new_http_session, SystemClock())


@pytest.fixture(scope="module")
def store() -> Iterator[StoreServer]:
    with StoreServer(quota="none") as server:
        yield server


def read(
    store: StoreServer, scopes: set[str] | frozenset[str], *, orders: bool = False
) -> dict[str, ScopeRead]:
    store.control.make_token("given", scopes)
    store.control.reset_counts()
    found = SCOPES_ASKED.read(store.api_url, store.store_hash, "given", orders=orders)
    calls = store.control.counts(agent="tillbridge")["calls"]
    assert all(name.startswith("GET ") for name in calls), "nothing is changed there"
    assert sum(calls.values()) <= 5
    return {each.name: each for each in found}


def test_a_token_with_all_scopes_is_ticked_everywhere(store: StoreServer) -> None:
    found = read(store, ALL_SCOPES, orders=True)
    assert list(found) == [scope.name for scope in SCOPES]
    assert all(each.ok for each in found.values())
    assert [each.name for each in found.values() if each.there is None] == ["Channel listings"]
    assert "the first push does" in found["Products"].words


@pytest.mark.parametrize(
    ("lacks", "name", "click"),
    [
        ("store_v2_products", "Products", "“Products: modify”"),
        ("store_inventory", "Inventory", "“Inventory: modify”"),
        (
            "store_v2_information_read_only",
            "Information & settings",
            "“Information & settings: read-only”",
        ),
    ],
)
def test_a_scope_that_is_missing_is_named_with_what_to_click(
    store: StoreServer, lacks: str, name: str, click: str
) -> None:
    found = read(store, LEAST - {lacks})
    assert [each.name for each in found.values() if not each.ok] == [name]
    assert f"lacks {click}" in found[name].words
    assert "Store-level API accounts" in found[name].words


def test_orders_are_needed_only_by_who_reads_them(store: StoreServer) -> None:
    assert read(store, LEAST)["Orders"].ok
    assert read(store, LEAST)["Orders"].there is False
    assert not read(store, LEAST, orders=True)["Orders"].ok


def test_a_token_that_only_reads_is_told_from_one_without(store: StoreServer) -> None:
    reads = {"store_v2_products_read_only", "store_inventory_read_only", "store_v2_information"}
    found = read(store, reads)
    assert all(each.ok for each in found.values())


def test_a_token_that_is_gone_and_a_hash_of_no_store_are_said_alone(store: StoreServer) -> None:
    store.control.make_token("given", None)
    (gone,) = SCOPES_ASKED.read(store.api_url, store.store_hash, "given")
    assert (gone.name, gone.ok) == ("Access token", False)
    (wrong,) = SCOPES_ASKED.read(store.api_url, "other", store.token)
    assert (wrong.name, wrong.ok) == ("Store hash", False)


def test_the_facts_of_a_store_say_how_it_writes_money(store: StoreServer) -> None:
    facts = SCOPES_ASKED.facts(store.api_url, store.store_hash, store.token)
    assert (facts.currency, facts.channel_id) == ("USD", 1)
    assert facts.money == MoneyFormat("USD", "$")


def asked(*steps: object) -> ScopesOfBigCommerce:
    return ScopesOfBigCommerce(Canned(list(steps)).http_session, FakeClock())  # type: ignore[arg-type]  # steps


@pytest.mark.parametrize(
    ("status", "error"), [(500, StoreDown), (429, StoreThrottled), (302, StoreDown)]
)
def test_a_store_in_trouble_says_nothing_about_its_token(
    status: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        asked(answer(status, b"<html>")).read("https://api.example", "abc", "t")
    good = answer(200, b"{}")
    with pytest.raises(error):
        asked(good, answer(status, b"")).read("https://api.example", "abc", "t")
    with pytest.raises(error):
        asked(answer(status, b"")).facts("https://api.example", "abc", "t")


def test_a_firewall_is_not_taken_for_a_missing_scope() -> None:
    wall = answer(403, b"<html>no</html>")
    found = asked(*[answer(200, b"{}"), wall, wall, wall, wall]).read(
        "https://api.example", "abc", "t"
    )
    assert [each.ok for each in found] == [False, False, False, True, True]
    assert all("refuses to show it" in each.words for each in found if not each.ok)


def test_no_token_goes_to_an_address_in_clear_text() -> None:
    with pytest.raises(NeedsAttention):
        asked().read("http://api.example", "abc", "t")


@pytest.mark.parametrize("body", [b"[]", b"7", b"", b"<html>", b"[" * 90_000])
def test_facts_that_are_none_are_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        asked(answer(200, body)).facts("https://api.example", "abc", "t")


@pytest.mark.parametrize(
    "odd",
    [
        {"decimal_places": "2"},
        {"decimal_places": 9},
        {"decimal_places": True},
        {"currency_symbol": 7},
        {"currency_symbol": "x" * 9},
        {"decimal_separator": ""},
        {"decimal_separator": ","},
        {"thousands_separator": "00"},
        {"decimal_separator": "5"},
    ],
)
def test_a_money_format_that_makes_no_sense_is_not_told(odd: dict[str, object]) -> None:
    import json

    body = {
        "currency": "USD",
        "currency_symbol": "$",
        "decimal_separator": ".",
        "thousands_separator": ",",
        "decimal_places": 2,
        "currency_symbol_location": "left",
    } | odd
    facts = asked(answer(200, json.dumps(body).encode())).facts("https://api.example", "abc", "t")
    assert (facts.money, facts.currency) == (None, "USD")


def test_a_store_that_answers_slowly_is_not_waited_for_longer_than_a_page_has() -> None:
    clock = FakeClock()

    def slow(request: object) -> object:
        clock.advance(7)
        return answer(200, b"{}")(request)  # type: ignore[operator, arg-type]  # a step that answers

    reader = ScopesOfBigCommerce(Canned([slow, slow, slow]).http_session, clock)  # type: ignore[list-item]  # steps
    with pytest.raises(StoreDown):
        reader.read("https://api.example", "abc", "t")
    assert clock.now_ms() - FakeClock().now_ms() <= 15_000
