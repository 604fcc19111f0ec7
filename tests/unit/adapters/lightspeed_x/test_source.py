"""Pages of X-Series: what is asked, where the next one begins, and what spoils no page."""

import json
import logging
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.adapters.canned_http import answer
from tests.unit.adapters.lightspeed_x.rows import (
    BEFORE_TAX,
    a_level,
    a_row,
    calls_on,
    page,
    source_on,
    stock,
)
from tillbridge.adapters.lightspeed_x.source import LightspeedSource, source_of
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, PosDown, PosRefused
from tillbridge.domain.ids import MemberId, PosAccountKey
from tillbridge.domain.polling import Cursor
from tillbridge.domain.pos_account import PosAccount

START = Cursor(0)
RETAILER = {
    "id": "r-1",
    "name": "Lantern",
    "tax_exclusive": False,
    "currency": {"code": "nzd", "symbol": "$"},
    "discount_product_id": "d-1",
}


def retailer(**changes: Any) -> Any:
    return answer(200, json.dumps({"data": RETAILER | changes}).encode())


def test_the_catalogue_is_asked_for_by_version_with_its_tombstones() -> None:
    calls, canned, _ = calls_on(page(a_row(1), a_row(2)))
    found = LightspeedSource(calls, BEFORE_TAX).items(Cursor(59_780_000))
    assert [part.version for part in found.parts] == [59_780_001, 59_780_002]
    assert (found.next, found.asked, found.rows) == (59_780_002, 200, 2)
    url = str(canned.asked[0].url)
    assert url.endswith("/products?after=59780000&page_size=200&deleted=true")


def test_stock_is_always_asked_for_oldest_first() -> None:
    calls, canned, _ = calls_on(stock(a_level(1), a_level(2)))
    found = LightspeedSource(calls, BEFORE_TAX).levels(Cursor(5))
    assert (found.next, found.asked, found.rows) == (1_639_002, 5_000, 2)
    assert json.loads(canned.asked[0].body or b"") == {
        "after": 5,
        "size": 5_000,
        "sort_direction": "asc",
        "include_deleted": True,
    }


def test_a_page_without_rows_is_the_end_and_moves_no_cursor() -> None:
    source = source_on(page(), stock())
    for found in (source.items(Cursor(9)), source.levels(Cursor(9))):
        assert (found.parts, found.next, found.rows) == ((), 9, 0)


def test_a_row_without_an_id_is_counted_and_stops_no_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = source_on(page(a_row(1), a_row(2, id=None), a_row(3))).items(START)
    assert [part.version for part in found.parts] == [59_780_001, 59_780_003]
    assert (found.next, found.left_out, found.rows) == (59_780_003, 1, 3)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    levels = source_on(stock(a_level(1), {}, a_level(3))).levels(START)
    assert (len(levels.parts), levels.left_out, levels.next) == (2, 1, 1_639_003)


@pytest.mark.parametrize("version", [2**53, 2**63 - 1, -1, "new", None])
def test_an_odd_version_leaves_no_row_out(version: Any) -> None:
    odd = a_row(2) | {"version": version}
    for rows in ((a_row(1), odd, a_row(3)), (a_row(1), a_row(3), odd)):
        found = source_on(page(*rows, highest=59_780_003)).items(START)
        assert (found.next, len(found.parts), found.rows) == (59_780_003, 2, 3)
    stray = a_level(2, version=version)
    for rows in ((a_level(1), stray, a_level(3)), (a_level(1), a_level(3), stray)):
        levels = source_on(stock(*rows)).levels(START)
        assert (levels.next, len(levels.parts), levels.rows) == (1_639_003, 2, 3)


def test_a_page_ends_no_further_than_it_says() -> None:
    early = a_row(2) | {"version": 59_990_000}
    found = source_on(page(a_row(1), early, a_row(3))).items(START)
    assert (found.next, len(found.parts)) == (59_780_003, 3)
    ends = source_on(page(a_row(1), a_row(3), early, highest=59_780_003)).items(START)
    assert (ends.next, len(ends.parts)) == (59_780_003, 3)
    assert source_on(page(a_row(1), a_row(3), highest=1)).items(START).next == 59_780_003


def test_a_list_that_does_not_advance_is_told() -> None:
    rows = [a_row(n) for n in (1, 2, 3)]
    with pytest.raises(PosDown, match="does not advance"):
        source_on(page(*rows)).items(Cursor(59_780_003))
    alone = source_on(page(a_row(1), highest=0)).items(Cursor(59_780_003))
    assert (alone.next, alone.rows) == (59_780_003, 0), "one odd row says nothing of the list"


def test_rows_of_which_nothing_can_be_read_are_passed_by_what_the_page_says() -> None:
    found = source_on(page({}, highest=70)).items(Cursor(60))
    assert (found.parts, found.next, found.rows) == ((), 70, 1)
    end = source_on(stock({})).levels(Cursor(60))
    assert (end.parts, end.next, end.rows) == ((), 60, 0), "nothing behind it can be read"


def test_a_page_that_is_too_large_is_asked_for_in_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tillbridge.adapters.http.MOST_BYTES", 1_000)
    large = answer(200, b"x" * 1_001)
    calls, canned, _ = calls_on(large, large, page(a_row(1)))
    found = LightspeedSource(calls, BEFORE_TAX).items(START)
    assert (found.asked, found.rows) == (50, 1)
    assert "page_size=50" in str(canned.asked[-1].url)
    with pytest.raises(PosDown, match="larger than"):
        source_on(*[large] * 8).items(START)


def test_costs_are_unknown_when_no_row_of_the_page_tells_one() -> None:
    blind = source_on(page(a_row(1, supply_price=None), a_row(2, supply_price=None))).items(START)
    assert all("cost" in part.fields.unknown for part in blind.parts)
    seeing = source_on(page(a_row(1, supply_price=None), a_row(2))).items(START)
    assert all("cost" not in part.fields.unknown for part in seeing.parts)
    assert [part.fields.cost for part in seeing.parts] == [None, Decimal("1.5")]


def test_one_row_is_read_by_its_id() -> None:
    row = a_row(4)
    found = source_on(answer(200, json.dumps({"data": row}).encode())).item(MemberId(row["id"]))
    assert found is not None
    assert found.fields.name == "Lamp 4"
    assert source_on(answer(404)).item(MemberId("gone")) is None


@pytest.mark.parametrize("body", [{"data": a_row(5)}, {"data": []}, {"data": None}, [], {}])
def test_an_answer_about_another_product_is_none_about_this_one(body: Any) -> None:
    with pytest.raises(PosDown):
        source_on(answer(200, json.dumps(body).encode())).item(MemberId("p-1"))


def test_a_read_that_is_refused_says_why() -> None:
    refused = answer(400, b'{"error": "bad_request", "message": "after is no number"}')
    with pytest.raises(PosRefused, match="after is no number"):
        source_on(refused).items(START)


@pytest.mark.parametrize("body", [b"{}", b'{"data": 3}', b"3", b"true"])
def test_an_answer_that_is_no_page_is_read_later(body: bytes) -> None:
    for read in (source_on(answer(200, body)).items, source_on(answer(200, body)).levels):
        with pytest.raises(PosDown, match="no list of records"):
            read(START)


def test_facts_tell_the_habit_the_quota_and_what_our_token_may_not() -> None:
    registers = page({"id": "a", "version": 1}, {"id": "b", "version": 2, "deleted_at": "2026"})
    calls, canned, _ = calls_on(retailer(), registers, page())
    facts = LightspeedSource(calls, granted=["products:read", "products:write"]).facts()
    assert (facts.name, facts.id, facts.currency) == ("Lantern", "r-1", "NZD")
    assert (facts.tax_in_prices, facts.registers, facts.quota) == (True, 1, 350)
    assert facts.kept == {"discount_product": "d-1"}
    assert "inventory:read" in facts.missing_scopes
    assert "products:read" not in facts.missing_scopes
    assert len(canned.asked) == 3


def test_without_the_scope_for_registers_the_quota_is_not_known() -> None:
    facts = source_facts(retailer(), answer(403))
    assert (facts.registers, facts.quota, facts.missing_scopes) == (1, None, ("registers:read",))


def source_facts(*steps: Any) -> Any:
    return source_on(*steps).facts()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"tax_exclusive": None}, "tax exclusive is not as it should be"),
        ({"currency": {}}, "currency code is missing"),
        ({"currency": {"code": " "}}, "no currency"),
    ],
)
def test_a_retailer_whose_prices_cannot_be_understood_is_not_guessed(
    changes: dict[str, Any], what: str
) -> None:
    with pytest.raises(NeedsAttention, match=what) as expired:
        source_facts(retailer(**changes))
    assert expired.value.code == AttentionCode.POS_API_EXPIRED


def test_the_facts_of_the_account_save_asking_the_retailer() -> None:
    calls, canned, clock = calls_on(page(a_row(1)))
    account = PosAccount(
        PosAccountKey("lightspeed-lantern"),
        "https://lantern.retail.lightspeed.app",
        "pos.lightspeed-x",
        facts={"currency": "NZD", "tax_in_prices": "yes"},
    )
    http = canned.http_session()
    source = source_of(account, lambda _: "t", clock, clock.now_ms() + 60_000, http)
    (part,) = source.items(START).parts
    assert part.fields.price == Decimal("3.03")
    assert len(canned.asked) == 1
    assert calls.quota_left is None


def test_without_them_the_retailer_is_asked_once() -> None:
    calls, canned, _ = calls_on(retailer(), page(a_row(1, id="d-1")), page())
    source = LightspeedSource(calls)
    (part,) = source.items(START).parts
    assert part.deleted
    source.items(Cursor(59_780_001))
    assert [each.path_url.partition("?")[0] for each in canned.asked] == [
        "/api/2026-07/retailer",
        "/api/2026-07/products",
        "/api/2026-07/products",
    ]


@pytest.mark.parametrize("name", [None, 7, ["Main"], "\ud800"])
def test_an_outlet_whose_name_cannot_be_read_is_there_without_one(name: object) -> None:
    outlets = source_on(page({"id": "o-1", "name": name, "deleted_at": None}), page()).outlets()
    assert [(each.id, each.name, each.active) for each in outlets] == [("o-1", "", True)]


def test_outlets_are_told_with_the_closed_ones() -> None:
    rows = page(
        {"id": "o-1", "name": "Main", "version": 1},
        {"id": "", "name": "Odd", "version": 2},
        {"id": "o-3", "name": "Old", "version": 3, "deleted_at": "2026-01-01T00:00:00Z"},
    )
    outlets = source_on(rows, page()).outlets()
    assert [(each.id, each.name, each.active) for each in outlets] == [
        ("o-1", "Main", True),
        ("o-3", "Old", False),
    ]


def categories(*rows: Any, after: str | None = None) -> Any:
    info = {"has_next": after is not None, "last_seen": after}
    return answer(200, json.dumps({"data": {"categories": rows}, "page_info": info}).encode())


def test_names_are_those_of_brands_suppliers_and_categories() -> None:
    brands = page({"id": "b", "name": "Oak"}, {"id": "b2"}, "odd", highest=4)
    suppliers = page({"id": "s", "name": "Peak"}, highest=7)
    leaves = (
        categories({"id": "c", "name": "Lamps"}, after="c"),
        categories({"id": "d", "name": "D"}),
    )
    calls, canned, _ = calls_on(page(a_row(1)), brands, page(), suppliers, page(), *leaves)
    names = LightspeedSource(calls, BEFORE_TAX).names()
    assert names == {"b": "Oak", "s": "Peak", "c": "Lamps", "d": "D"}
    assert str(canned.asked[-1].url).endswith("/product_categories?page_size=1000&after=c")


def test_a_list_of_categories_that_is_none_is_read_later() -> None:
    with pytest.raises(PosDown, match="categories"):
        source_on(page(a_row(1)), page(), page(), answer(200, b'{"data": []}')).names()
