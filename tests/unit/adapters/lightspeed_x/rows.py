"""Rows as the vendor's OpenAPI file samples them, and a source over canned answers."""

import json
from typing import Any

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.prices import Terms
from tillbridge.adapters.lightspeed_x.source import LightspeedSource
from tillbridge.domain.spending import Spender

ADDRESS = "https://lantern.retail.lightspeed.app"
BEFORE_TAX = Terms("USD", tax_in_prices=False)
WITH_TAX = Terms("NZD", tax_in_prices=True)


def a_row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a simple product; a change to None takes its key away."""
    row: dict[str, Any] = {
        "id": f"b8ca3a65-0183-11e4-fbb5-{number:012d}",
        "version": 59_780_000 + number,
        "name": f"Lamp {number}",
        "handle": f"lamp{number}",
        "sku": f"LAMP-{number}",
        "active": True,
        "is_active": True,
        "has_inventory": True,
        "is_composite": False,
        "has_variants": False,
        "variant_options": [],
        "price_including_tax": 3.02632,
        "price_excluding_tax": 2.63158,
        "supply_price": 1.5,
        "type": {},
        "supplier": {},
        "brand": {},
        "images": [],
        "product_codes": [],
    }
    return {key: value for key, value in (row | changes).items() if value is not None}


def a_level(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return the stock of a product at an outlet."""
    row: dict[str, Any] = {
        "id": f"7896f269-2b20-ff38-602a-{number:012d}",
        "product_id": a_row(number)["id"],
        "outlet_id": "o-1",
        "version": 1_639_000 + number,
        "current_inventory_level": 4,
        "average_cost": None,
        "deleted_at": None,
    }
    return row | changes


def page(*rows: Any, highest: Any = None) -> Step:
    """Return a page with its frame."""
    told = [row.get("version") for row in rows if isinstance(row, dict)]
    versions = [each for each in told if isinstance(each, int)]
    top = max(versions, default=None) if highest is None else highest
    body = {"data": rows, "version": {"min": min(versions, default=None), "max": top}}
    return answer(200, json.dumps(body).encode())


def stock(*rows: Any) -> Step:
    """Return a page of stock, which has no frame."""
    return answer(200, json.dumps(rows).encode())


def calls_on(*steps: Step | Exception, **more: Any) -> tuple[LightspeedCalls, Canned, FakeClock]:
    """Return calls to a vendor that answers so, what it was asked, and the clock."""
    canned, clock = Canned(list(steps)), FakeClock()
    deadline = clock.now_ms() + 60_000
    token = more.pop("token", lambda _: "sesame")
    calls = LightspeedCalls(ADDRESS, token, clock, deadline, canned.http_session(), **more)
    return calls, canned, clock


def source_on(*steps: Step | Exception, spender: Spender = Spender.POLL) -> LightspeedSource:
    """Return a source whose prices are before tax."""
    calls, _, _ = calls_on(*steps, spender=spender)
    return LightspeedSource(calls, BEFORE_TAX)
