"""The checks of the POS contract that only read; push and reconcile depend on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cli.check_pos.check import NOBODY, NOT_OFFERED, Check, listed, some_products
from cli.check_pos.client import (
    Missing,
    NotKnown,
    PosUnderTest,
    json_object,
    must_fit,
    optional_values,
)
from cli.check_pos.key_costs import costs_of_keys
from cli.check_pos.looking_up import LOOK_UP_COST
from cli.counted import counted


def _token_opens(pos: PosUnderTest) -> None:
    pos.json("GET", "/v1/outlets")


def _closed_without_token(pos: PosUnderTest) -> None:
    status = pos.call("GET", "/v1/outlets", headers={"Authorization": None}).status_code
    if status != 401:
        raise Missing(f"without a token it returns {status}, not 401")


def _says_why(pos: PosUnderTest) -> None:
    answered = pos.call("GET", "/v1/products", query={"limit": 0})
    if answered.status_code < 400:
        raise Missing(f"limit=0 returns {answered.status_code}, not an error")
    if not answered.headers.get("Content-Type", "").startswith("application/problem+json"):
        raise Missing("errors are not application/problem+json")
    must_fit(json_object(answered), "Problem", "an error")


def _lists_outlets(pos: PosUnderTest) -> None:
    outlets = listed(pos.json("GET", "/v1/outlets"))
    if not outlets:
        raise Missing("there is no outlet")
    for outlet in outlets:
        if lacking := {"id", "name", "active"} - outlet.keys():
            raise Missing(f"an outlet lacks {', '.join(sorted(lacking))}")


def _products_complete(pos: PosUnderTest) -> None:
    query = {"since_version": 0, "limit": 50}
    page = pos.json("GET", "/v1/products", query=query)
    try:
        must_fit(page, "ProductPage", "a page of products")
    except Missing as found:
        raise Missing(f"{found}{costs_of_keys(listed(page))}") from found


def _optional_known(pos: PosUnderTest) -> None:
    products = some_products(pos)
    variants = [v for product in products for v in product.get("variants") or ()]
    unknown = [
        f"{key} of {called}"
        for schema, called, records in (
            ("Product", "products", products),
            ("Variant", "variants", variants),
        )
        for key in optional_values(schema)
        if records and not any(key in record for record in records)
    ]
    if unknown:
        raise NotKnown(
            f"{', '.join(unknown)}: not known to this POS; Tillbridge sends nothing for it"
        )


def _ascending(pos: PosUnderTest) -> None:
    versions: list[int] = []
    since = 0
    for _ in range(3):
        page = pos.json("GET", "/v1/products", query={"since_version": since, "limit": 2})
        found: list[Any] = [product.get("version") for product in listed(page)]
        if any(not isinstance(version, int) or version <= since for version in found):
            raise Missing(f"since_version={since} returns the versions {found}")
        versions += found
        if not isinstance(page.get("next_version"), int) or "has_more" not in page:
            raise Missing("a page has no next_version or has_more")
        since = page["next_version"]
        if not page["has_more"]:
            break
    if versions != sorted(set(versions)):
        raise Missing(f"versions do not ascend from page to page: {versions}")


def _limit_kept(pos: PosUnderTest) -> None:
    query = {"since_version": 0, "limit": 1}
    if len(listed(pos.json("GET", "/v1/products", query=query))) > 1:
        raise Missing("limit=1 returns more than one product")
    pos.json("GET", "/v1/products", query={"since_version": 0, "limit": 500})


def _tombstones(pos: PosUnderTest) -> None:
    query = {"since_version": 0, "limit": 500, "include_deleted": "true"}
    for product in listed(pos.json("GET", "/v1/products", query=query)):
        if "deleted_at" not in product:
            raise Missing("records have no deleted_at")


def _reads_batches(pos: PosUnderTest) -> None:
    known = [product["id"] for product in some_products(pos)]
    asked = [*known, NOBODY]
    answered = pos.json("POST", "/v1/products:batchGet", body={"ids": asked})
    found = {product.get("id") for product in listed(answered)}
    if found != set(known):
        raise Missing(f"of {counted(len(known), 'known product')} it returns {len(found)}")
    if answered.get("not_found") != [NOBODY]:
        raise Missing("an unknown id is not named in not_found")


def _takes_hundred(pos: PosUnderTest) -> None:
    ids = [f"{NOBODY}-{number}" for number in range(100)]
    answered = pos.json("POST", "/v1/products:batchGet", body={"ids": ids})
    if len(answered.get("not_found", [])) != len(ids):
        raise Missing("100 unknown ids are not all named in not_found")


def _finds_by(name: str) -> Callable[[PosUnderTest], None]:
    def finds(pos: PosUnderTest) -> None:
        if listed(pos.json("GET", "/v1/products", query={name: NOBODY})):
            raise Missing(f"{name}= returns products that do not have this value")
        if name != "sku":
            return
        for product in some_products(pos)[:1]:
            found = listed(pos.json("GET", "/v1/products", query={"sku": product["sku"]}))
            if product["id"] not in {holder.get("id") for holder in found}:
                raise Missing(f"sku={product['sku']} does not find its product")

    return finds


def _lists_departments(pos: PosUnderTest) -> None:
    for department in listed(pos.json("GET", "/v1/departments")):
        must_fit(department, "Named", "a department")


def _lists_web_orders(pos: PosUnderTest) -> None:
    answered = pos.call("GET", "/v1/web-orders", query={"since_version": 0, "limit": 5})
    if answered.status_code in NOT_OFFERED:
        raise NotKnown(
            "this POS takes no web orders: what the web sells stays on sale at the till, and"
            " Tillbridge can only list it to be set aside by hand"
        )
    if answered.status_code != 200:
        raise Missing(f"GET /v1/web-orders returns {answered.status_code}")
    must_fit(json_object(answered), "WebOrderPage", "a page of web orders")


READING = (
    Check("the API accepts the token", "nothing works", _token_opens),
    Check(
        "the API refuses a call without the token",
        "anybody who finds the address can read the catalogue",
        _closed_without_token,
    ),
    Check(
        "errors say what is wrong (RFC 9457)",
        "a failure is shown without its reason",
        _says_why,
        needed=False,
    ),
    Check(
        "outlets are listed",
        "a shop cannot choose which outlets sell online",
        _lists_outlets,
    ),
    Check(
        "products carry every field",
        "a missing field cannot be pushed; one in another form makes the product fail",
        _products_complete,
    ),
    Check(
        "products carry the optional fields",
        "nothing: the web store keeps its own value",
        _optional_known,
        needed=False,
    ),
    Check(
        "changes are listed by since_version, ascending",
        "reconcile must read the whole catalogue every time, and finds missed changes later",
        _ascending,
        needed=False,
    ),
    Check(
        "pages hold up to 500 products and respect the limit",
        "reconcile needs more calls",
        _limit_kept,
        needed=False,
    ),
    Check(
        "deleted products are shown as tombstones",
        "a product deleted in the POS stays for sale online until a full reconcile",
        _tombstones,
        needed=False,
    ),
    Check(
        "many products are read in one call",
        "push cannot read the products that changed",
        _reads_batches,
    ),
    Check("one call may ask for a hundred ids", "push cannot read a full batch", _takes_hundred),
    *(
        Check(
            f"products are found by {name}",
            LOOK_UP_COST,
            _finds_by(name),
            needed=False,
        )
        for name in ("sku", "product_number", "external_id")
    ),
    Check(
        "departments are listed",
        "an import needs one call for each department",
        _lists_departments,
        needed=False,
    ),
    Check(
        "web orders that are booked are listed (optional)",
        "a booking that people void goes back on sale unseen, and lost events are never found",
        _lists_web_orders,
        needed=False,
    ),
)
"""The checks that only read, the one for the token first."""
