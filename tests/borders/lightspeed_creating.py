"""The border to X-Series where imports look and create: an odd name, row or answer, with a good one beside it."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import requests

from tests.borders.places import places_in, trouble_of, with_odd
from tests.fakes.clock import FakeClock
from tests.fakes.pokes import FakePokes
from tests.fakes.pos_mirror import FakePosMirror
from tests.mirrored import ACCOUNT, walked
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.catalogue import LightspeedCatalogue
from tillbridge.adapters.lightspeed_x.made import with_sku
from tillbridge.adapters.lightspeed_x.reading_back import Mirrored
from tillbridge.domain.errors import Refused, RetryLater
from tillbridge.domain.new_product import NewProduct

_NAME: dict[str, Any] = {
    "id": "odd",
    "name": "Odd",
    "parent_category_id": "c-0",
    "deleted_at": None,
}
_ROW: dict[str, Any] = {
    "id": "odd",
    "name": "Odd",
    "sku": "S",
    "variant_parent_id": None,
    "has_inventory": True,
    "source_id": "hash/7",
    "deleted_at": None,
}
_GOOD = b'{"id": "good", "name": "Good", "sku": "S", "source_id": "hash/7", "version": 3}'
_END = b'{"data": [], "version": {"min": null, "max": null}}'
_NEW = NewProduct(
    external_id="hash/7",
    name="Lamp",
    sku="S",
    product_number="",
    description="",
    department_id="d",
    vendor_id="v",
    brand="",
    price=Decimal(1),
    cost=None,
    upc="",
    gtin="",
    track_stock=True,
    active=True,
)


def _calls(bodies: Mapping[tuple[str, str], bytes]) -> LightspeedCalls:
    """Return calls that are answered so by method and path, once; then by an empty list."""
    left = dict(bodies)

    def respond(request: requests.PreparedRequest) -> requests.Response:
        path = request.path_url.partition("?")[0].removeprefix("/api/2026-07")
        said = answer(200, left.pop((str(request.method), path), _END))
        assert not isinstance(said, Exception)
        return said(request)

    clock = FakeClock()
    http = Canned([respond] * 50).http_session()
    deadline = clock.now_ms() + 60_000
    return LightspeedCalls("https://x.retail.lightspeed.app", lambda _: "t", clock, deadline, http)


def _catalogue(bodies: Mapping[tuple[str, str], bytes]) -> LightspeedCatalogue:
    clock = FakeClock()
    mirrored = Mirrored(
        ACCOUNT, walked(FakePosMirror()), FakePokes(), clock, clock.now_ms() + 60_000
    )
    return LightspeedCatalogue(_calls(bodies), mirrored, tax_in_prices=False)


def looks_cross(odd: bytes) -> int:
    """Look for names and for products among odd rows, and create with odd answers."""
    return _names_cross(odd) + _rows_cross(odd) + _answers_cross(odd)


def _names_cross(odd: bytes) -> int:
    for place in places_in(_NAME):
        rows = b"[" + with_odd(_NAME, place, odd) + b", " + odd + b", " + _GOOD + b"]"
        categories = b'{"data": {"categories": ' + rows + b'}, "page_info": {"has_next": false}}'
        suppliers = b'{"data": ' + rows + b', "version": {"min": 3, "max": 3}}'
        catalogue = _catalogue(
            {("GET", "/product_categories"): categories, ("GET", "/suppliers"): suppliers}
        )
        assert catalogue.ensure_department("good") == "good"
        assert catalogue.ensure_vendor("Good") == "good"
    return len(_NAME) * 2


def _rows_cross(odd: bytes) -> int:
    places = list(places_in(_ROW))
    for place in places:
        rows = b"[" + with_odd(_ROW, place, odd) + b", " + _GOOD + b"]"
        calls = _calls({("GET", "/products"): b'{"data": ' + rows + b"}"})
        found = with_sku(calls, "S")
        assert found is not None
        assert found.id
    return len(places)


def _answers_cross(odd: bytes) -> int:
    """Create with odd answers: it ends in an id, or in an error after which the product is looked for."""
    answers = [odd, b'{"data": ' + odd + b"}", b'{"data": [' + odd + b"]}"]
    for body in answers:
        create = partial(_catalogue({("POST", "/products"): body}).create, _NEW, again=False)
        trouble = trouble_of(create)
        assert trouble is None or isinstance(trouble, RetryLater | Refused)
        ensure = _catalogue({("POST", "/suppliers"): body}).ensure_vendor
        trouble = trouble_of(partial(ensure, "No Vendor"))
        assert trouble is None or isinstance(trouble, RetryLater)
    good = _catalogue({("POST", "/products"): json.dumps({"data": ["good"]}).encode()})
    assert good.create(_NEW, again=False).id == "good"
    return len(answers) * 2
