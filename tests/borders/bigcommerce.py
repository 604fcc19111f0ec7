"""Borders to BigCommerce: an odd record in a list, or an odd answer to a call, with good ones
beside it."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from tests.borders.places import Path, places_in, trouble_of, with_odd, worth_it
from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.bigcommerce.hooks import BigCommerceHooks
from tillbridge.adapters.bigcommerce.kept_back import BigCommerceKeptBack
from tillbridge.adapters.bigcommerce.orders import BigCommerceOrders
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.borders.values import is_sound
from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import StoreProductId, StoreVariantId, WebOrderId
from tillbridge.domain.import_messages import Ask

_VARIANT: dict[str, Any] = {
    "id": 71,
    "product_id": 7,
    "sku": "LAMP-S",
    "price": 5,
    "cost_price": None,
    "upc": "",
    "gtin": "",
    "mpn": "",
    "bin_picking_number": "",
    "inventory_level": 3,
    "weight": 1,
    "retail_price": "",
    "option_values": [{"option_display_name": "Size", "label": "S"}],
}
_IMAGE = {"id": 4, "sort_order": 0, "is_thumbnail": True, "url_zoom": "https://i.example/a.jpg"}
PRODUCT: dict[str, Any] = {
    "id": 7,
    "name": "Odd lamp",
    "sku": "ODD",
    "type": "physical",
    "description": "<p>Odd</p>",
    "price": 5.5,
    "cost_price": None,
    "brand_id": 3,
    "categories": [9],
    "is_visible": True,
    "upc": "",
    "gtin": "",
    "mpn": "",
    "condition": "New",
    "inventory_tracking": "product",
    "inventory_level": 3,
    "variants": [_VARIANT],
    "images": [_IMAGE],
    "primary_image": _IMAGE,
    "custom_url": {"url": "/odd"},
}
GOOD = {**PRODUCT, "id": 8, "name": "Good lamp", "sku": "GOOD"}

type Read = Callable[[bytes], Iterable[tuple[int, str]]]


def _transport(*answers: tuple[int, bytes]) -> Transport:
    steps = [answer(status, body) for status, body in answers] * 30
    clock = FakeClock()
    http = Canned(steps).http_session()
    return Transport("https://api.example/h", lambda _: "t", clock, 2**62, http)


def _store(*answers: tuple[int, bytes]) -> BigCommerceStore:
    http = Canned([answer(status, body) for status, body in answers] * 30).http_session()
    return BigCommerceStore("https://api.example", "h", lambda _: "t", FakeClock(), 2**62, http)


def _reader(body: bytes) -> BigCommerceReader:
    http = Canned([answer(200, body)] * 30).http_session()
    return BigCommerceReader("https://api.example", "h", lambda _: "t", FakeClock(), 2**62, http)


def _kept_back(body: bytes) -> BigCommerceKeptBack:
    http = Canned([answer(200, body)] * 30).http_session()
    return BigCommerceKeptBack("https://api.example", "h", lambda _: "t", FakeClock(), 2**62, http)


def _hooks(body: bytes) -> BigCommerceHooks:
    http = Canned([answer(200, body)] * 30).http_session()
    return BigCommerceHooks("https://api.example", "h", lambda _: "t", FakeClock(), 2**62, http)


def a_list(*records: bytes) -> bytes:
    total = f'"meta": {{"pagination": {{"total": {len(records)}}}}}'.encode()
    return b'{"data": [' + b", ".join(records) + b"], " + total + b"}"


def _found(products: Iterable[Any]) -> list[tuple[int, str]]:
    found = list(products)
    assert all(map(is_sound, found))
    return [(each.id, each.name) for each in found]


PRODUCT_LISTS: dict[str, Read] = {
    "walk": lambda body: _found(_store((200, body)).walk()),
    "by name": lambda body: _found(_store((200, body)).find_by_name("Good lamp")),
    "by SKU": lambda body: [(n, "Good lamp") for n in _store((200, body)).find_by_sku("GOOD")],
    "reconcile's page": lambda body: _found(_reader(body).page(StoreProductId(0)).products),
    "reconcile's look": lambda body: _found(_reader(body).products([StoreProductId(8)])),
    "import": lambda body: _found(
        BigCommerceCatalogue(_transport((200, body))).page(Ask(), 0).products
    ),
}


def products_cross(odd: bytes) -> int:
    """Read each list of products with an odd one on it. The good one is read, and the odd one is
    there too, when it says who it is: left out, it would count as deleted."""
    places = [place for place in places_in(PRODUCT) if worth_it(place, odd)]
    good = json.dumps(GOOD).encode()
    for place in places:
        body = a_list(with_odd(PRODUCT, place, odd), good)
        for name, read in PRODUCT_LISTS.items():
            if name != "walk" and len(place) > 1:
                continue  # what stands deeper is read in one place, whatever the list
            found = dict(read(body))
            assert found.get(8) == "Good lamp", (name, place)
            assert name.startswith("by ") or place == ("id",) or 7 in found, (name, place)
    return len(places)


_CATEGORY = {"category_id": 9, "name": "Lamps", "parent_id": 0}
_OPTION: dict[str, Any] = {
    "id": 5,
    "display_name": "Size",
    "option_values": [{"id": 6, "label": "S"}],
}
_LEVEL: dict[str, Any] = {
    "identity": {"product_id": 7, "variant_id": 71},
    "total_inventory_onhand": 3,
}


_HOOK: dict[str, Any] = {
    "id": 5,
    "scope": "store/order/created",
    "destination": "https://h.example/hooks",
    "headers": {"x-tillbridge-hook": "s"},
    "is_active": True,
}


def _names(store: BigCommerceStore) -> Iterable[str]:
    return store.categories(1)


SMALL_LISTS: dict[str, tuple[dict[str, Any], dict[str, Any], Callable[[bytes], bool]]] = {
    "categories": (
        _CATEGORY,
        {"category_id": 10, "name": "Good"},
        lambda body: "good" in _store((200, body)).categories(1),
    ),
    "brands": (
        {"id": 3, "name": "Oak"},
        {"id": 2, "name": "Good"},
        lambda body: _reader(body).brands([2])[2] == "Good",
    ),
    "levels": (
        _LEVEL,
        {"identity": {"product_id": 8, "variant_id": 81}, "total_inventory_onhand": 4},
        lambda body: (
            _reader(body).levels(1, [StoreProductId(8)])[StoreProductId(8)][StoreVariantId(81)] == 4
        ),
    ),
    "units kept back": (
        {"settings": {"safety_stock": 2}},
        {"settings": {"safety_stock": 1}},
        lambda body: _kept_back(body).items(1) >= 1,
    ),
    "webhooks": (
        _HOOK,
        {**_HOOK, "id": 6},
        lambda body: 6 in [hook.id for hook in _hooks(body).all()],
    ),
    "variants found by SKU": (
        _VARIANT,
        {"id": 81, "product_id": 8, "sku": "GOOD"},
        lambda body: 8 in _store((200, body)).find_by_sku("GOOD"),
    ),
}


def small_lists_cross(odd: bytes) -> int:
    """Read the other lists of a whole store with an odd record on them."""
    tried = 0
    for name, (record, good, read) in SMALL_LISTS.items():
        for place in places_in(record):
            body = a_list(with_odd(record, place, odd), json.dumps(good).encode())
            assert read(body), (name, place)
            tried += 1
    return tried


_REFUSAL: dict[str, Any] = {
    "status": 422,
    "title": "No",
    "errors": {"price": "is wrong", "0": {"title": "No"}},
    "batch_errors": [{"status": 404, "errors": {"sku": "x"}, "title": "No"}],
}
_PARTLY: dict[str, Any] = {"data": [{"id": 7}], "errors": [{"id": 7, "title": "No"}], "meta": {}}
_SEVEN = StoreProductId(7)
_UPDATE = [{"id": 7, "price": 5}]

CALLS: dict[str, Callable[[BigCommerceStore], Any]] = {
    "create": lambda store: store.create({"name": "Lamp", "variants": [{"sku": "LAMP-S"}]}),
    "update": lambda store: store.update_products(_UPDATE),
    "variants": lambda store: store.update_variants([{"id": 71, "price": 5}]),
    "variant": lambda store: store.update_variant(_SEVEN, StoreVariantId(71), {"price": 5}),
    "find": lambda store: store.find(_SEVEN),
    "highest id": lambda store: store.highest_id(),
    "options": lambda store: store.options(_SEVEN),
    "an option": lambda store: store.create_option(_SEVEN, "Size", ["S"]),
    "variants of one": lambda store: store.variants(_SEVEN),
    "images of one": lambda store: store.images(_SEVEN),
    "an image": lambda store: store.add_image(_SEVEN, {"image_url": "https://i.example/a.jpg"}),
    "categories": lambda store: store.create_categories(1, ["Lamps"]),
    "time": lambda store: store.ping(),
}
REFUSED = ("create", "update", "find")
ANSWERS: Sequence[tuple[int, dict[str, Any]]] = [
    (422, _REFUSAL),
    (403, _REFUSAL),
    (503, {"title": "Down"}),
    (207, _PARTLY),
    (207, {**_PARTLY, "errors": {"0": "is wrong", "²": "is wrong"}}),
    (200, {"data": {"id": 7, "name": "Lamp"}, "meta": {}}),
    (200, {"data": [_OPTION], "meta": {"pagination": {"total": 1}}}),
    (200, {"data": [_VARIANT], "meta": {"pagination": {"total": 1}}}),
    (200, {"time": 5}),
]


def answers_cross(odd: bytes) -> int:
    """Make each call, and get each kind of answer with an odd thing in it: it is done, refused in
    words that can be kept, or made later. No other error leaves the client."""
    tried = 0
    for status, document in ANSWERS:
        for place in places_in(document):
            if len(place) > 1 and len(odd) > 9_000:
                continue  # what is this large takes its time, and deeper down is no worse
            tried += answered(status, with_odd(document, place, odd), place)
    tried += answered(200, odd, ())
    return tried


def answered(status: int, body: bytes, place: Path) -> int:
    # A refusal is read in one place, whatever was refused.
    tried = CALLS if status < 300 else {name: CALLS[name] for name in REFUSED}
    for name, call in tried.items():
        trouble = trouble_of(partial(_sound_result, call, status, body))
        said = trouble.said if isinstance(trouble, Refused) else ""
        assert is_sound((str(trouble), said)), (name, place)
    return len(tried)


def _sound_result(call: Callable[[BigCommerceStore], Any], status: int, body: bytes) -> None:
    assert is_sound(call(_store((status, body))))


def time_cross(odd: bytes) -> int:
    """Ask for the store's time."""
    reader = _reader(b'{"time": ' + odd + b"}")
    trouble = trouble_of(lambda: is_sound(datetime.fromtimestamp(reader.now_ms() / 1_000, UTC)))
    assert trouble is None or isinstance(trouble, StoreDown | Refused)
    return 1


_ORDER_LINE = {"id": 1, "product_id": 7, "variant_id": 71, "quantity": 2, "type": "physical"}
_ORDER: dict[str, Any] = {
    "id": 40,
    "status_id": 11,
    "date_created": "Fri, 27 Nov 2026 01:00:00 +0000",
    "date_modified": "Fri, 27 Nov 2026 01:00:00 +0000",
    "items_total": 2,
    "external_source": None,
    "channel_id": 1,
    "total_inc_tax": "5.0000",
    "consignments": {"shipping": [{"line_items": [_ORDER_LINE]}]},
}


def orders_cross(odd: bytes) -> int:
    """Read a list of orders with an odd one on it. The good one is read; the odd one is read, or told
    by its id, so that nobody takes it for one that is not there."""
    tried = 0
    good = json.dumps({**_ORDER, "id": 41}).encode()
    for place in places_in(_ORDER):
        body = b"[" + with_odd(_ORDER, place, odd) + b", " + good + b"]"
        http = Canned([answer(200, body)] * 30).http_session()
        orders = BigCommerceOrders(
            "https://api.example", "h", lambda _: "t", FakeClock(), 2**62, http
        )
        page = orders.changed(0, WebOrderId(1))
        assert is_sound((page.orders, page.odd)), place
        assert 41 in {order.id for order in page.orders}, place
        told = {order.id for order in page.orders} | {each.id for each in page.odd}
        assert place == ("id",) or 40 in told, place
        tried += 1
    return tried
