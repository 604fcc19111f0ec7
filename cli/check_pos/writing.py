"""The checks of the POS contract that create something in the POS; import depends on them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from cli.check_pos.check import NOT_OFFERED, Check, listed
from cli.check_pos.client import (
    Missing,
    NotKnown,
    PosUnderTest,
    json_object,
    must_fit,
    optional_values,
)
from cli.check_pos.looking_up import FOUND_AGAIN
from cli.counted import counted


def _generates_skus(pos: PosUnderTest) -> None:
    answered = pos.call("POST", "/v1/skus:generate", body={"count": 3})
    if answered.status_code in NOT_OFFERED:
        raise NotKnown("this POS gives out no SKUs; Tillbridge counts its own")
    if answered.status_code != 200:
        raise Missing(f"POST /v1/skus:generate returns {answered.status_code}")
    skus = json_object(answered).get("skus", [])
    if len(set(skus)) != 3:
        raise Missing(
            f"it was asked for 3 different SKUs, and {len(set(skus))} of those it returned differ"
        )


def _one_of_a_name(kind: str, name: str) -> Callable[[PosUnderTest], None]:
    def ensures(pos: PosUnderTest) -> None:
        spellings = [name, name.upper(), f"%20{name}%20", name.lower()] * 2
        paths = [f"/v1/{kind}/by-name/{spelling.replace(' ', '%20')}" for spelling in spellings]
        with ThreadPoolExecutor(len(paths)) as pool:
            made = list(pool.map(lambda path: pos.json("PUT", path, (200, 201)), paths))
        for named in made:
            must_fit(named, "Named", f"one of the {kind}")
        if len({named["id"] for named in made}) > 1:
            raise Missing(
                f"{counted(len(paths), 'call')} at once made more than one with the name {name!r}"
            )

    return ensures


def _creates_once(pos: PosUnderTest) -> None:
    key = f"tillbridge-check-{uuid.uuid4()}"
    body = {"name": f"Tillbridge check {key[-6:]}", "external_ids": {"bigcommerce": key[-12:]}}
    created = [_create(pos, body, key) for _ in range(2)]
    must_fit(created[0], "Created", "the response to a create")
    if created[0] != created[1]:
        raise Missing("the same Idempotency-Key created two products")
    other = pos.call(
        "POST", "/v1/products", body=body | {"name": "Other"}, headers={"Idempotency-Key": key}
    )
    if other.status_code < 400:
        raise Missing("an Idempotency-Key was accepted again with another body")
    record = pos.json("POST", "/v1/products:batchGet", body={"ids": [created[0]["id"]]})["data"]
    if [product["version"] for product in record] != [created[0]["version"]]:
        raise Missing("the version returned by a create is not the version read back")


def _keeps_values(pos: PosUnderTest) -> None:
    """Create a product with one variant and read it back: keys that the POS knows must be equal."""
    size = {"option_values": [{"name": "Size", "value": "Check"}]}
    variant = {"product_number": "TB CHECK-1", **optional_values("Variant")}
    product = {
        "name": f"Tillbridge check {uuid.uuid4().hex[:8]}",
        "product_number": "TB CHECK",
        "description_html": "<p>Made by tillbridge check-pos.</p>",
        "brand": "Tillbridge Check",
        **optional_values("Product"),
    }
    body = product | {"variants": [size | variant]}
    made = _create(pos, body, str(uuid.uuid4()))["id"]
    (record, *_) = listed(pos.json("POST", "/v1/products:batchGet", body={"ids": [made]})) or [{}]
    variants = record.get("variants") or [{}]
    changed = [*_changed("", product, record), *_changed("the variant's ", variant, variants[0])]
    if changed:
        raise Missing("; ".join(changed))


def _changed(whose: str, sent: dict[str, Any], record: dict[str, Any]) -> list[str]:
    return [
        f"{whose}{key} {value!r} comes back as {record[key]!r}"
        for key, value in sent.items()
        if key in record and record[key] != value
    ]


def _names_clashes(pos: PosUnderTest) -> None:
    sku = f"TBCHECK{uuid.uuid4().hex[:8].upper()}"
    body = {"name": f"Tillbridge check {sku}", "sku": sku, "external_ids": {"bigcommerce": sku}}
    holder = _create(pos, body, str(uuid.uuid4()))["id"]
    for code, clash in (
        ("sku_taken", {"name": "Clash", "sku": sku}),
        ("external_id_taken", {"name": "Clash", "external_ids": {"bigcommerce": sku}}),
    ):
        headers: dict[str, str | None] = {"Idempotency-Key": str(uuid.uuid4())}
        answered = pos.call("POST", "/v1/products", body=clash, headers=headers)
        if answered.status_code != 409:
            raise Missing(f"a clash ({code}) returns {answered.status_code}, not 409")
        problem = json_object(answered)
        must_fit(problem, "Taken", f"the response to a clash ({code})")
        if (problem["code"], problem["existing_id"]) != (code, holder):
            raise Missing(
                f"a clash returns {problem['code']}, existing_id {problem['existing_id']!r}"
            )


def _create(pos: PosUnderTest, body: dict[str, Any], key: str) -> dict[str, Any]:
    headers = {"Idempotency-Key": key}
    return pos.json("POST", "/v1/products", (200, 201), body=body, headers=headers)


WRITING = (
    Check(
        "a department is made once per name",
        "imports create the same department twice",
        _one_of_a_name("departments", "Tillbridge Check"),
        needed=False,
    ),
    Check(
        "a vendor is made once per name",
        "imports create the same vendor twice",
        _one_of_a_name("vendors", "No Vendor"),
        needed=False,
    ),
    Check(
        "an Idempotency-Key creates once",
        "when an answer is lost, the product is created twice",
        _creates_once,
        needed=False,
    ),
    Check(
        "a created product keeps the values it was sent",
        "where the POS changed a value, the web store keeps its own",
        _keeps_values,
        needed=False,
    ),
    Check(
        "a clash names the product that is in the way",
        "an import that fails cannot say which product is in the way",
        _names_clashes,
        needed=False,
    ),
    FOUND_AGAIN,
    Check(
        "the POS gives out SKUs (optional)",
        "nothing: Tillbridge counts SKUs itself",
        _generates_skus,
        needed=False,
    ),
)
"""The checks that create something in the POS. Import needs them, push does not."""
