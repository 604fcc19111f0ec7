"""The border to X-Series: an odd row, page or answer, with a good one beside it."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import requests

from tests.borders.places import places_in, trouble_of, with_odd, worth_it
from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.borders.values import is_sound
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.prices import Terms
from tillbridge.adapters.lightspeed_x.source import LightspeedSource
from tillbridge.domain.errors import NeedsAttention, PosDown, Refused
from tillbridge.domain.ids import MemberId
from tillbridge.domain.polling import Cursor
from tillbridge.ports.pos_source import PosSource

PRODUCT: dict[str, Any] = {
    "id": "odd",
    "version": 20,
    "name": "Odd lamp",
    "handle": "oddlamp",
    "sku": "ODD",
    "description": "<p>Odd</p>",
    "active": True,
    "is_active": True,
    "has_inventory": True,
    "is_composite": False,
    "has_variants": False,
    "variant_parent_id": "root",
    "variant_options": [{"id": "a", "name": "Size", "value": "S"}],
    "price_including_tax": 8.05,
    "price_excluding_tax": 7,
    "supply_price": 3,
    "supplier_code": "7",
    "product_suppliers": [{"supplier_id": "s", "code": "S-7", "price": 3}],
    "product_codes": [{"type": "upc", "code": "036000291452"}],
    "type": {"id": "t", "name": "Lamps", "category_path": [{"id": "t", "name": "Lamps"}]},
    "product_category": None,
    "supplier": {"id": "s", "name": "Peak"},
    "brand": {"id": "b", "name": "Oak"},
    "images": [{"id": "i", "url": "https://img.example/a.jpg", "version": 3}],
    "weight": 1.5,
    "weight_unit": "KG",
    "created_at": "2026-11-21T10:00:00+00:00",
    "updated_at": "2026-11-21T10:00:00+00:00",
    "deleted_at": None,
}
_TOMBSTONE = {"id": "odd", "version": 20, "deleted_at": "2026-11-21T10:00:00+00:00"}
LEVEL: dict[str, Any] = {
    "id": "l",
    "product_id": "odd",
    "outlet_id": "o-1",
    "version": 20,
    "current_inventory_level": 4,
    "average_cost": None,
    "deleted_at": None,
}
_GOOD = [{**PRODUCT, "id": f"good-{n}", "version": n, "name": f"Lamp {n}"} for n in (10, 30)]
_GOOD_LEVELS = [{**LEVEL, "product_id": f"good-{n}", "version": n} for n in (10, 30)]
_PAGE: dict[str, Any] = {"data": _GOOD, "version": {"min": 10, "max": 30}}
_RETAILER = {
    "data": {
        "id": "r",
        "name": "Lantern",
        "tax_exclusive": True,
        "currency": {"code": "USD", "symbol": "$"},
        "discount_product_id": "d",
    }
}
_NAMED = {"data": [{"id": "b", "name": "Oak", "version": 3}], "version": {"min": 3, "max": 3}}
_CATEGORIES = {
    "data": {"categories": [{"id": "c", "name": "Lamps"}]},
    "page_info": {"has_next": False, "last_seen": "c"},
}
_REFUSAL: dict[str, Any] = {
    "error": "invalid",
    "message": "No.",
    "errors": {"sku": ["is taken"], "name": {"rule": "is taken"}},
}
_NONE = b'{"data": [], "version": {"min": null, "max": null}}'


def _answering(bodies: Mapping[str, bytes], status: int = 200) -> LightspeedCalls:
    """Return calls to a vendor that answers each path so, once; then with an empty list."""
    left = dict(bodies)

    def respond(request: requests.PreparedRequest) -> requests.Response:
        path = request.path_url.partition("?")[0].removeprefix("/api/2026-07")
        said = answer(status, left.pop(path, _NONE))
        assert not isinstance(said, Exception)
        return said(request)

    canned, clock = Canned([respond] * 50), FakeClock()
    deadline = clock.now_ms() + 60_000
    http = canned.http_session()
    return LightspeedCalls("https://x.retail.lightspeed.app", lambda _: "t", clock, deadline, http)


def _source(bodies: Mapping[str, bytes]) -> LightspeedSource:
    return LightspeedSource(_answering(bodies), Terms("USD", tax_in_prices=False))


def _between(odd: Sequence[bytes], good: Sequence[dict[str, Any]]) -> bytes:
    before, after = (json.dumps(each).encode() for each in good)
    return b"[" + b", ".join([before, *odd, after]) + b"]"


def products_between(odd: Sequence[bytes]) -> None:
    """Read a page of products with odd rows between two good ones: both are told, and the next page begins behind
    them."""
    body = b'{"data": ' + _between(odd, _GOOD) + b', "version": {"min": 10, "max": 30}}'
    page = _source({"/products": body}).items(Cursor(0))
    told = {part.member: part for part in page.parts}
    assert [told[MemberId(f"good-{n}")].fields.sku for n in (10, 30)] == ["ODD", "ODD"]
    assert (page.next, page.rows) == (30, 2 + len(odd))
    assert is_sound(page.parts)


def levels_between(odd: Sequence[bytes]) -> None:
    """Read a page of stock with odd rows between two good ones, in the same way."""
    levels = _source({"/inventory": _between(odd, _GOOD_LEVELS)}).levels(Cursor(0))
    counts = {part.member: part.on_hand for part in levels.parts}
    assert [counts[MemberId(f"good-{n}")] for n in (10, 30)] == [4, 4]
    assert (levels.next, levels.rows) == (30, 2 + len(odd))
    # A count may be one that cannot be one (domain/stock.py): a scanned barcode has up to 48 digits.
    assert all(is_sound((part.member, part.outlet, part.version)) for part in levels.parts)
    assert all(part.on_hand.is_finite() for part in levels.parts)


def rows_cross(odd: bytes) -> int:
    """Read pages of products, and of stock, with an odd thing at each place of a row between two good ones."""
    rows = (PRODUCT, _TOMBSTONE)
    products = [(row, at) for row in rows for at in places_in(row) if worth_it(at, odd)]
    for row, place in products:
        products_between([with_odd(row, place, odd)])
    levels = list(places_in(LEVEL))
    for place in levels:
        levels_between([with_odd(LEVEL, place, odd)])
    return len(products) + len(levels)


def pages_cross(odd: bytes) -> int:
    """Read lists and single records that are odd in themselves: what cannot be read is read later, or a person is told."""
    tried = 0
    cases: list[tuple[str, Any, Callable[[PosSource], object]]] = [
        ("/products", _PAGE, lambda source: source.items(Cursor(0))),
        ("/inventory", {"rows": _GOOD_LEVELS}, lambda source: source.levels(Cursor(0))),
        ("/products/odd", {"data": PRODUCT}, lambda source: source.item(MemberId("odd"))),
        ("/retailer", _RETAILER, lambda source: source.facts()),
        ("/registers", _NAMED, lambda source: source.outlets()),
        ("/outlets", _NAMED, lambda source: source.outlets()),
        ("/brands", _NAMED, _names),
        ("/suppliers", _NAMED, _names),
        ("/product_categories", _CATEGORIES, _names),
    ]
    for path, document, read in cases:
        for place in filter(lambda at: worth_it(at, odd), places_in(document)):
            raw = with_odd(document, place, odd)
            if path == "/inventory":  # it has no frame
                raw = raw.removeprefix(b'{"rows": ').removesuffix(b"}")
            trouble = trouble_of(partial(read, _source({path: raw})))
            assert isinstance(trouble, PosDown | NeedsAttention | None), (path, place)
            assert is_sound(str(trouble)), (path, place)
            tried += 1
    return tried


def _names(source: PosSource) -> None:
    trouble = trouble_of(source.names)
    assert isinstance(trouble, PosDown | NeedsAttention | None)


def refusals_cross(odd: bytes) -> int:
    """Be refused in odd words: they are told in words that can be kept."""
    tried = 0
    for place in places_in(_REFUSAL):
        calls = _answering({"/products": with_odd(_REFUSAL, place, odd)}, status=422)
        trouble = trouble_of(partial(calls.send, Ask("POST", "/products", body={})))
        assert isinstance(trouble, Refused), place
        assert is_sound((trouble.title, trouble.said, dict(trouble.fields))), place
        assert len(trouble.said) <= 2_000, place
        tried += 1
    return tried
