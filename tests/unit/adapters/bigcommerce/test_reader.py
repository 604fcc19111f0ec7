"""Reading a store for reconcile: what is asked, and how values become the domain's."""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.domain.errors import StoreDown
from tillbridge.domain.ids import StoreProductId

AFTER = StoreProductId(7)


def a_reader(*steps: Step) -> tuple[BigCommerceReader, Canned]:
    canned, clock = Canned(list(steps)), FakeClock()
    reader = BigCommerceReader(
        "https://api.example/",
        "h1",
        lambda _: "sesame",
        clock,
        clock.now_ms() + 60_000,
        canned.http_session(),
    )
    return reader, canned


def a_list(*data: dict[str, Any], total: int | None = None) -> Step:
    pages = {"pagination": {"total": len(data) if total is None else total}}
    return answer(200, json.dumps({"data": data, "meta": pages}).encode())


def a_product(number: int = 8, **fields: Any) -> dict[str, Any]:
    return {"id": number, "name": "Lantern", "variants": [{"id": 80 + number}], **fields}


def query_of(canned: Canned, place: int = 0) -> dict[str, list[str]]:
    return parse_qs(urlparse(str(canned.asked[place].url)).query)


def test_a_page_is_asked_for_by_the_last_id_seen() -> None:
    reader, canned = a_reader(a_list(a_product(), total=300))
    page = reader.page(AFTER)
    assert ([product.id for product in page.products], page.last) == ([8], False)
    query = query_of(canned)
    assert (query["id:greater"], query["sort"], query["limit"]) == (["7"], ["id"], ["250"])
    assert "date_modified:min" not in query


def test_changes_are_asked_for_with_a_whole_timestamp() -> None:
    reader, canned = a_reader(a_list())
    assert reader.page(AFTER, 1_795_262_400_000).last
    assert query_of(canned)["date_modified:min"] == ["2026-11-21T12:00:00+00:00"]


def test_a_page_that_repeats_what_was_seen_ends_the_walk() -> None:
    reader, _ = a_reader(a_list(a_product(5), total=900))
    page = reader.page(AFTER)
    assert (page.products, page.last) == ((), True)


def test_blank_absent_and_textual_values_are_read() -> None:
    odd = a_product(price="12.50", cost_price=None, brand_id=None, upc=None, primary_image={})
    reader, _ = a_reader(a_list(odd))
    (shown,) = reader.page(AFTER).products
    assert (shown.price, shown.cost) == (Decimal("12.50"), Decimal(0))
    assert (shown.brand_id, shown.upc, shown.thumbnail) == (0, "", "")


def test_variants_that_fill_a_page_are_read_to_their_end() -> None:
    def sized(number: int) -> dict[str, Any]:
        chosen = {"option_display_name": "Size", "label": str(number)}
        return {"id": number, "sku": f"S{number}", "price": None, "option_values": [chosen]}

    cut = a_product(variants=[sized(number) for number in range(50)])
    whole = [sized(number) for number in range(60)]
    reader, canned = a_reader(a_list(cut), a_list(*whole))
    (shown,) = reader.products([StoreProductId(8)])
    assert len(shown.variants) == 60
    assert shown.variants[0].price is None
    assert "/catalog/products/8/variants" in str(canned.asked[1].url)


def test_no_ids_cost_no_call() -> None:
    reader, canned = a_reader()
    assert reader.products([]) == []
    assert canned.asked == []


def test_the_stores_clock_is_told_in_seconds() -> None:
    reader, canned = a_reader(answer(200, b'{"time": 1795262400}'))
    assert reader.now_ms() == 1_795_262_400_000
    assert str(canned.asked[0].url).endswith("/v2/time")


def test_a_clock_that_says_nothing_is_an_outage() -> None:
    reader, _ = a_reader(*[answer(200, b"{}")] * 3)
    with pytest.raises(StoreDown):
        reader.now_ms()


def test_stock_of_a_location_is_read_page_by_page() -> None:
    def item(number: int) -> dict[str, Any]:
        return {
            "identity": {"product_id": AFTER, "variant_id": number},
            "total_inventory_onhand": number,
        }

    first = [item(number) for number in range(1, 1_001)]
    reader, _ = a_reader(a_list(*first, total=1_001), a_list(item(1_001), total=1_001))
    levels = reader.levels(4, [AFTER])[AFTER]
    assert len(levels) == 1_001
    assert sum(levels.values()) == sum(range(1_002))
