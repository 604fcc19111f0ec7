"""The check of the optional part of the POS contract that books web orders."""

from __future__ import annotations

import uuid
from typing import Any

from cli.check_pos.check import NOT_OFFERED, Check, listed
from cli.check_pos.client import Missing, NotKnown, PosUnderTest, json_object, must_fit

type Json = dict[str, Any]


def _books_web_orders(pos: PosUnderTest) -> None:
    """Book a unit of a new product, send it again, take it back, and send the first state again."""
    product, made = _new_product(pos)
    outlets = listed(pos.json("GET", "/v1/outlets"))
    outlet = next(each["id"] for each in outlets if each["active"])
    path = f"/v1/web-orders/tillbridge-check:{uuid.uuid4().hex[:12]}"
    first = _order(1, product, outlet, "1", "open")
    booked = _put(pos, path, first)
    if booked != _put(pos, path, first):
        raise Missing("the same revision is answered in another way the second time")
    if booked["state"] == "booked":
        _contained(pos, product, booked, free="-1", outlet=outlet, after=made)
    back = _put(pos, path, _order(2, product, outlet, "0", "cancelled"))
    if back["state"] == "booked":
        _contained(pos, product, back, free="0", outlet=outlet, after=_newest(booked))
    older = pos.call("PUT", path, body=first)
    if older.status_code != 409:
        raise Missing(f"an older revision returns {older.status_code}, not 409")
    must_fit(json_object(older), "OlderRevision", "the response to an older revision")
    if any("line_id" not in effect for effect in back.get("effects", ())):
        raise NotKnown(
            "effects do not name lines: where one order has a product on several lines or in several"
            " variants, fewer units than are free may be offered online until all are booked"
        )


def _newest(told: Json) -> int:
    return max((int(effect["version"]) for effect in told.get("effects", ())), default=0)


def _new_product(pos: PosUnderTest) -> tuple[str, int]:
    key = str(uuid.uuid4())
    body = {"name": f"Tillbridge check {key[-6:]}", "sku": f"TBCHECK{key[:8].upper()}"}
    headers: dict[str, str | None] = {"Idempotency-Key": key}
    made = pos.json("POST", "/v1/products", (200, 201), body=body, headers=headers)
    return str(made["id"]), int(made["version"])


def _put(pos: PosUnderTest, path: str, body: Json) -> Json:
    answered = pos.call("PUT", path, body=body)
    if answered.status_code in NOT_OFFERED:
        raise NotKnown(
            "this POS takes no web orders: what the web sells stays on sale at the till, and"
            " Tillbridge can only list it to be set aside by hand"
        )
    if answered.status_code not in (200, 201, 202):
        raise Missing(f"PUT /v1/web-orders/... returns {answered.status_code}")
    told = json_object(answered)
    received = answered.status_code == 202
    must_fit(told, "WebOrderReceived" if received else "WebOrderBooked", "the response to an order")
    return told


def _contained(
    pos: PosUnderTest, product: str, told: Json, *, free: str, outlet: str, after: int
) -> None:
    """Raise Missing unless the product, read back, contains the booking, and the effect names a
    version later than `after`, the last before the booking."""
    (effect,) = told["effects"] or [None]
    if effect is None:
        raise Missing("an answer without effects: the version that contains a booking is not told")
    if effect["version"] <= after:
        raise Missing("an effect names a version from before the booking")
    record = pos.json("POST", "/v1/products:batchGet", body={"ids": [product]})["data"][0]
    if record["version"] < effect["version"]:
        raise Missing("an effect names a version that the product does not have yet")
    levels = [level for level in record["stock"] if level["outlet_id"] == outlet]
    found = [int(level["on_hand"]) - int(level["committed"]) for level in levels]
    if found != [int(free)]:
        raise Missing(f"after a booking {found} are free at {outlet!r}, not {free}")


def _order(revision: int, product: str, outlet: str, units: str, state: str) -> Json:
    line = {
        "line_id": "1",
        "product_id": product,
        "variant_id": None,
        "sku": "",
        "name": "Tillbridge check",
        "units": units,
        "ordered": "1",
        "returned": "0",
        "unit_price_inc_tax": "1.00",
        "unit_price_ex_tax": "1.00",
    }
    return {
        "revision": revision,
        "placed_at": "2026-01-01T00:00:00Z",
        "number": "check",
        "channel": {"id": 1, "name": "Web"},
        "outlet_id": outlet,
        "state": state,
        "currency": "USD",
        "payment": {"method": "Check"},
        "lines": [line],
        "extras": [],
        "total_inc_tax": "1.00",
    }


WEB_ORDERS = Check(
    "web orders are booked once per revision (optional)",
    "what the web sells is booked twice, or goes back on sale online",
    _books_web_orders,
    needed=False,
)
