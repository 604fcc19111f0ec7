"""The border to a POS that books web orders: an odd answer, refusal or listed order, beside a good one."""

import json
from typing import Any

from tests.borders.places import places_in, trouble_of, with_odd
from tests.borders.pos import calls_on
from tests.unit.domain.web_orders.orders import an_entry
from tillbridge.adapters.borders.values import is_sound
from tillbridge.adapters.pos_cloud.web_orders import PosCloudWebOrders
from tillbridge.domain.errors import PosDown
from tillbridge.ports.pos_web_orders import Outcome

_EFFECT = {"line_id": "1", "product_id": "p-1", "variant_id": None, "version": 3, "units": "2"}
_BOOKED: dict[str, Any] = {"id": "x", "revision": 1, "state": "booked", "effects": [_EFFECT]}
_LISTED: dict[str, Any] = {
    "external_id": "bigcommerce:h:40",
    "revision": 1,
    "state": "booked",
    "version": 3,
    "effects": [_EFFECT],
}
_PAGE: dict[str, Any] = {"data": [], "next_version": 9, "has_more": False}
_REFUSED: dict[str, Any] = {
    "code": "older_revision",
    "title": "older",
    "detail": "The POS is ahead.",
    "revision": 2,
    "errors": [{"field": "lines", "detail": "There is no such line."}],
}


def web_orders_cross(odd: bytes) -> int:
    """Tell a POS of an order that answers and refuses oddly, and list an odd order beside a good one. The
    answer is sound, or asked for again; a refusal is one of that order."""
    tried = 0
    for answer, status in ((_BOOKED, 200), (_REFUSED, 409), (_REFUSED, 422)):
        for place in places_in(answer):
            _tells(with_odd(answer, place, odd), status)
            tried += 1
    good = json.dumps({**_LISTED, "external_id": "bigcommerce:h:41"}).encode()
    for place in places_in(_LISTED):
        page = b'{"data": [' + with_odd(_LISTED, place, odd) + b", " + good
        read = _orders(page + b'], "next_version": 9, "has_more": false}', 200).booked(0)
        assert is_sound(read.orders), place
        assert "bigcommerce:h:41" in {each.external_id for each in read.orders}, place
        tried += 1
    for place in places_in(_PAGE):
        calls = _orders(with_odd(_PAGE, place, odd), 200)
        assert isinstance(trouble_of(lambda: calls.booked(0)), PosDown | None)  # noqa: B023 - called at once
        tried += 1
    return tried


def _tells(body: bytes, status: int) -> None:
    told = an_entry().told
    assert told is not None
    outcomes: list[Outcome] = []
    trouble = trouble_of(lambda: outcomes.append(_orders(body, status).tell("x", told)))
    assert isinstance(trouble, PosDown | None)
    assert status == 200 or outcomes, "a refusal is no outage"
    assert is_sound(tuple(outcomes))


def _orders(body: bytes, status: int) -> PosCloudWebOrders:
    return PosCloudWebOrders(calls_on(body, status=status))
