"""The check that what was just created is found by each of its numbers, and by nothing else."""

from __future__ import annotations

import uuid
from typing import Any

from cli.check_pos.check import Check, listed
from cli.check_pos.client import Missing, PosUnderTest

LOOK_UP_COST = (
    "push and import go on, for they read by id and learn of a clash from the 409; whoever looks a "
    "product up by hand finds none, or another one"
)


def _found_again(pos: PosUnderTest) -> None:
    """Create a product with a variant, and look both up: a number is read as it is, without regard to case."""
    mark = uuid.uuid4().hex[:8]
    variant = {
        "sku": f"TBV{mark}".upper(),
        "product_number": f"TB look/{mark}-1",
        "option_values": [{"name": "Size", "value": "Check"}],
    }
    body = {
        "name": f"Tillbridge look-up {mark}",
        "sku": f"TBP{mark}".upper(),
        "product_number": f"TB look/{mark}",
        "external_ids": {"bigcommerce": f"Tillbridge-Check/{mark}"},
        "variants": [variant],
    }
    headers: dict[str, str | None] = {"Idempotency-Key": str(uuid.uuid4())}
    made = pos.json("POST", "/v1/products", (200, 201), body=body, headers=headers)["id"]
    asked = [
        ("sku", body["sku"]),
        ("product_number", body["product_number"]),
        ("external_id", f"Tillbridge-Check/{mark}"),
        ("sku", variant["sku"]),
        ("product_number", variant["product_number"]),
    ]
    wrong = [words for name, value in asked if (words := _wrong_with(pos, name, str(value), made))]
    if wrong:
        raise Missing("; ".join(wrong))


def _wrong_with(pos: PosUnderTest, name: str, value: str, made: Any) -> str:
    """Return what is wrong with a look-up of the product `made`, or ''."""
    for spelt in (value, value.lower()):
        found = [each.get("id") for each in listed(_asked(pos, name, spelt))]
        if made not in found:
            whose = " in small letters" if spelt != value else ""
            return f"{name}={spelt}{whose} does not find the product just created with it"
        if found != [made]:
            return f"{name}={spelt} also finds products without this value"
    return ""


def _asked(pos: PosUnderTest, name: str, value: str) -> dict[str, Any]:
    return pos.json("GET", "/v1/products", query={name: value})


FOUND_AGAIN = Check(
    "a created product is found by SKU, product number and external id",
    LOOK_UP_COST,
    _found_again,
    needed=False,
)
