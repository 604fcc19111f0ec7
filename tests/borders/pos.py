"""Borders to the POS: an odd record, page or answer, with a good one beside it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, cast

from tests.borders.places import Path, places_in, trouble_of, with_odd, worth_it
from tests.builders import a_product
from tests.fakes.clock import FakeClock
from tests.fakes.store_api import FakeStoreApi
from tests.unit.adapters.canned_http import Canned, answer
from tests.world import WRITES, World
from tillbridge.adapters.bigcommerce.encoding import encode
from tillbridge.adapters.borders.values import is_sound
from tillbridge.adapters.pos_cloud.at_first import PosByContract
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.pos_cloud.feed import PosCloudFeed
from tillbridge.domain.errors import CannotConnect, PosDown, Refused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.new_product import NewProduct
from tillbridge.ports.store_api import StoreApi

_LEVEL = {"outlet_id": "o-main", "on_hand": "4", "committed": "1", "version": 2}
_VARIANT = {
    "id": "x-1",
    "sku": "ODD-S",
    "product_number": "",
    "price": "2.00",
    "cost": None,
    "barcodes": [{"type": "EAN", "code": "4006381333931"}],
    "mpn": "",
    "option_values": [{"name": "Size", "value": "S"}],
    "stock": [_LEVEL],
}
RECORD: dict[str, Any] = {
    "id": "odd",
    "version": 2,
    "updated_at": "2026-11-21T10:00:00Z",
    "deleted_at": None,
    "name": "Odd lamp",
    "sku": "ODD",
    "product_number": "7",
    "description_html": "<p>Odd</p>",
    "department": {"id": "d", "name": "Lamps"},
    "vendor": {"id": "v", "name": "No Vendor"},
    "brand": "Oak",
    "price": "7.00",
    "cost": "3.00",
    "barcodes": [{"type": "UPC", "code": "036000291452"}],
    "mpn": "M",
    "bin_picking_number": "B",
    "condition": "New",
    "track_stock": True,
    "stock": [_LEVEL],
    "weight": "1.5",
    "images": [{"url": "https://img.example/a.jpg"}],
    "options": [],
    "variants": [],
    "active": True,
    "nobody_knows": "this",
}
FAMILY = {**RECORD, "options": [{"name": "Size"}], "variants": [_VARIANT], "stock": []}
TOMBSTONE = {"id": "odd", "version": 2, "name": "Odd", "deleted_at": "2026-11-21T10:00:00Z"}
GOOD = {**RECORD, "id": "good", "name": "Good lamp", "sku": "GOOD", "price": "7.00"}

RECORD_PLACES: list[tuple[dict[str, Any], Path]] = [
    *((RECORD, place) for place in places_in(RECORD)),
    *((FAMILY, place) for place in places_in(FAMILY) if place[0] in ("options", "variants")),
    *((TOMBSTONE, place) for place in places_in(TOMBSTONE)),
]


class Encoding:
    """A store whose writes are encoded as the real client encodes them, before a fake takes them."""

    def __init__(self, web: FakeStoreApi) -> None:
        self._web = web

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._web, name)
        if name not in WRITES:
            return call

        def send(*args: Any, **named: Any) -> Any:
            if name != "set_stock":  # ids and numbers alone
                encode([each if isinstance(each, int) else _plain(each) for each in args])
            return call(*args, **named)

        return send


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def calls_on(*bodies: bytes, status: int = 200) -> PosCalls:
    """Return calls to a POS that answers with these bodies, then with the last one again."""
    last = [answer(status, bodies[-1])] * 500
    canned = Canned([*(answer(status, body) for body in bodies[:-1]), *last])
    clock = FakeClock()
    return PosCalls(
        "https://pos.example", lambda _: "t", clock, clock.now_ms() + 60_000, canned.http_session()
    )


def record_cross(odd: bytes) -> int:
    """Push a good product that is read with records of which each has an odd thing in another
    place."""
    records = [numbered(number, *case) for number, case in enumerate(_cases(odd))]
    push_beside([with_odd(record, place, odd) for record, place in records])
    return len(records)


def _cases(odd: bytes) -> list[tuple[dict[str, Any], Path]]:
    return [(record, place) for record, place in RECORD_PLACES if worth_it(place, odd)]


def push_beside(raws: Sequence[bytes]) -> None:
    """Push a good product that is read with these records, of the products odd-0, odd-1 and so on."""
    body = b'{"data": [' + b", ".join([*raws, json.dumps(GOOD).encode()]) + b'], "not_found": []}'
    world = World()
    good = a_product("good", name="Good lamp", sku="GOOD")
    bad = [a_product(f"odd-{n}", name=f"Odd {n}", sku=f"ODD-{n}") for n in range(len(raws))]
    world.linked(good, *bad)
    pos = PosCloud("https://pos.example", lambda _: "t", world.clock, 2**62, calls_on(body).http)
    web = cast("StoreApi", Encoding(world.web))
    world.deps = replace(world.deps, open_pos=lambda *_: pos, open_store=lambda *_: web)
    world.happens("sale.completed", *(replace(each, version=2) for each in (good, *bad)))
    world.push()
    number = world.link(good).id
    assert number is not None
    assert world.link(good).content_version == 2
    assert world.web.records.products[number].fields["price"] == Decimal(7)
    for product in bad:
        _nothing_unsaid(world, product.id)


def numbered(number: int, record: dict[str, Any], place: Path) -> tuple[dict[str, Any], Path]:
    own = {"id": f"odd-{number}", "name": f"Odd {number}", "sku": f"ODD-{number}"}
    named: dict[str, Any] = {key: value for key, value in own.items() if key in record}
    if record.get("variants"):
        (variant,) = record["variants"]
        named["variants"] = [{**variant, "id": f"x-{number}", "sku": f"ODD-{number}-S"}]
    return {**record, **named}, place


def _nothing_unsaid(world: World, product: PosProductId) -> None:
    link = world.link(product)
    waits = any(row.product == product for row in world.pending.rows)
    assert link.content_version == 2 or link.status is LinkStatus.FAILED or waits, product
    if link.problem is not None:
        assert is_sound((link.name, link.problem.words)), product
        assert len(link.problem.words) <= 2_000, product


def feed_cross(odd: bytes) -> int:
    """Read a page of changes with an odd record in it, and one that is odd itself."""
    cases = _cases(odd)
    for record, place in cases:
        page = _page(with_odd(record, place, odd))
        read = _feed(calls_on(page)).changes(0)
        assert "good" in {each.id for each in read.products}, place
        assert 0 <= read.settled <= read.next_version, place
    return len(cases) + _odd_pages(odd, "feed")


def catalogue_cross(odd: bytes) -> int:
    """Read the POS's changes for an import with an odd record among them."""
    cases = _cases(odd)
    for record, place in cases:
        calls = calls_on(_page(with_odd(record, place, odd)))
        (page,) = PosCloudCatalogue(calls).changed(0)
        assert "good" in {each.id for each in page.products}, place
    return len(cases) + _odd_pages(odd, "catalogue")


def first_cross(odd: bytes) -> int:
    """Ask a POS for the first time, which answers with something odd in a record or in a page: the store is
    connected, or it is refused in words."""
    tried = 0
    outlets = b'{"data": [{"id": "o-main"}]}'
    pages = [_page(with_odd(record, place, odd)) for record, place in _cases(odd)]
    pages += [with_odd({"data": []}, place, odd) for place in places_in({"data": []})]
    for page in pages:
        for bodies in ((outlets, page), (page, page)):
            last = [answer(200, body) for body in bodies]
            pos = PosByContract(Canned([*last]).http_session, FakeClock())
            trouble = trouble_of(partial(pos.currency, "https://pos.example", "t"))
            assert isinstance(trouble, CannotConnect | None)
            tried += 1
        for asked in (PosByContract.outlets, PosByContract.takes_web_orders):
            pos = PosByContract(Canned([answer(200, page)]).http_session, FakeClock())
            trouble = trouble_of(partial(asked, pos, "https://pos.example", "t"))
            assert isinstance(trouble, CannotConnect | None)
            tried += 1
    return tried


def _page(record: bytes) -> bytes:
    good = json.dumps(GOOD).encode()
    return b'{"data": [' + record + b", " + good + b'], "next_version": 9, "has_more": false}'


def _feed(calls: PosCalls) -> PosCloudFeed:
    return PosCloudFeed(calls.address, calls.token, calls.clock, calls.deadline_ms, calls.http)


def _odd_pages(odd: bytes, reader: str) -> int:
    page: dict[str, Any] = {"data": [], "next_version": 9, "has_more": False}
    for name in page:
        calls = calls_on(with_odd(page, (name,), odd))
        read: Callable[[], object] = (
            partial(_feed(calls).changes, 0)
            if reader == "feed"
            else partial(list, PosCloudCatalogue(calls).changed(0))
        )
        # A page without its frame says nothing of any product: it is read later.
        assert isinstance(trouble_of(read), PosDown | None)
    return len(page)


_NEW = NewProduct(
    external_id="h/1",
    name="Lamp",
    sku="A1",
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
    plain=(),
    images=(),
    variants=(),
)
_MADE = {"id": "p-1", "version": 3}
_PROBLEM: dict[str, Any] = {
    "title": "No",
    "detail": "No",
    "code": "sku_taken",
    "existing_id": "p-9",
    "errors": [{"field": "sku", "detail": "taken"}],
}


def create_cross(odd: bytes) -> int:
    """Create a product and a department whose answers are odd: done, later, or refused in words."""
    tried = 0
    for status, document in ((200, _MADE), (409, _PROBLEM), (422, _PROBLEM)):
        for place in places_in(document):
            raw = with_odd(document, place, odd)
            for call in (_create, _department):
                tried += 1
                catalogue = PosCloudCatalogue(calls_on(raw, status=status))
                trouble = trouble_of(partial(call, catalogue))
                said = trouble.said if isinstance(trouble, Refused) else ""
                assert is_sound((str(trouble), said)), place
    return tried


def _create(catalogue: PosCloudCatalogue) -> None:
    made = catalogue.create(_NEW, again=False)
    assert is_sound((made.id, made.version))


def _department(catalogue: PosCloudCatalogue) -> None:
    assert is_sound(catalogue.ensure_department("Lamps"))
