"""The checks of the POS contract, each a sentence that is true of a server or is not."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from cli.pos_client import Missing, PosUnderTest, json_object, must_fit

_NOBODY = "tillbridge-check-nobody-has-this-id"


@dataclass(frozen=True, slots=True)
class Check:
    """A sentence, what it costs when it is not true, and how to find out."""

    sentence: str
    cost: str
    run: Callable[[PosUnderTest], None]
    needed: bool = True


def _token_opens(pos: PosUnderTest) -> None:
    pos.json("GET", "/v1/outlets")


def _closed_without_token(pos: PosUnderTest) -> None:
    status = pos.call("GET", "/v1/outlets", headers={"Authorization": None}).status_code
    if status != 401:
        raise Missing(f"without a token it answers {status}, not 401")


def _says_why(pos: PosUnderTest) -> None:
    answered = pos.call("GET", "/v1/products", query={"limit": 0})
    if answered.status_code < 400:
        raise Missing(f"limit=0 is answered with {answered.status_code}")
    if not answered.headers.get("Content-Type", "").startswith("application/problem+json"):
        raise Missing("errors are not application/problem+json")
    must_fit(json_object(answered), "Problem", "an error")


def _lists_outlets(pos: PosUnderTest) -> None:
    outlets = _list(pos.json("GET", "/v1/outlets"))
    if not outlets:
        raise Missing("there is no outlet")
    for outlet in outlets:
        if not {"id", "name", "active"} <= outlet.keys():
            raise Missing(f"an outlet has only {', '.join(sorted(outlet))}")


def _products_complete(pos: PosUnderTest) -> None:
    query = {"since_version": 0, "limit": 50}
    page = pos.json("GET", "/v1/products", query=query)
    must_fit(page, "ProductPage", "a page of products")


def _ascending(pos: PosUnderTest) -> None:
    versions: list[int] = []
    since = 0
    for _ in range(3):
        page = pos.json("GET", "/v1/products", query={"since_version": since, "limit": 2})
        found: list[Any] = [product.get("version") for product in _list(page)]
        if any(not isinstance(version, int) or version <= since for version in found):
            raise Missing(f"since_version={since} answers versions {found}")
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
    if len(_list(pos.json("GET", "/v1/products", query=query))) > 1:
        raise Missing("limit=1 answers more than one product")
    pos.json("GET", "/v1/products", query={"since_version": 0, "limit": 500})


def _tombstones(pos: PosUnderTest) -> None:
    query = {"since_version": 0, "limit": 500, "include_deleted": "true"}
    for product in _list(pos.json("GET", "/v1/products", query=query)):
        if "deleted_at" not in product:
            raise Missing("records do not say deleted_at")


def _reads_batches(pos: PosUnderTest) -> None:
    known = [product["id"] for product in _some_products(pos)]
    asked = [*known, _NOBODY]
    answered = pos.json("POST", "/v1/products:batchGet", body={"ids": asked})
    found = {product.get("id") for product in _list(answered)}
    if found != set(known):
        raise Missing(f"of {len(known)} known products it answers {len(found)}")
    if answered.get("not_found") != [_NOBODY]:
        raise Missing("an unknown id is not named in not_found")


def _takes_hundred(pos: PosUnderTest) -> None:
    ids = [f"{_NOBODY}-{number}" for number in range(100)]
    answered = pos.json("POST", "/v1/products:batchGet", body={"ids": ids})
    if len(answered.get("not_found", [])) != len(ids):
        raise Missing("100 unknown ids are not all named in not_found")


def _finds_by(name: str) -> Callable[[PosUnderTest], None]:
    def finds(pos: PosUnderTest) -> None:
        if _list(pos.json("GET", "/v1/products", query={name: _NOBODY})):
            raise Missing(f"{name}= answers products that do not have it")
        if name != "sku":
            return
        for product in _some_products(pos)[:1]:
            found = _list(pos.json("GET", "/v1/products", query={"sku": product["sku"]}))
            if product["id"] not in {holder.get("id") for holder in found}:
                raise Missing(f"sku={product['sku']} does not find its product")

    return finds


def _lists_departments(pos: PosUnderTest) -> None:
    for department in _list(pos.json("GET", "/v1/departments")):
        must_fit(department, "Named", "a department")


def _generates_skus(pos: PosUnderTest) -> None:
    skus = pos.json("POST", "/v1/skus:generate", body={"count": 3}).get("skus", [])
    if len(set(skus)) != 3:
        raise Missing(f"3 SKUs were asked for, {len(set(skus))} different ones came")


def _one_of_a_name(kind: str, name: str) -> Callable[[PosUnderTest], None]:
    def ensures(pos: PosUnderTest) -> None:
        spellings = [name, name.upper(), f"%20{name}%20", name.lower()] * 2
        paths = [f"/v1/{kind}/by-name/{spelling.replace(' ', '%20')}" for spelling in spellings]
        with ThreadPoolExecutor(len(paths)) as pool:
            made = list(pool.map(lambda path: pos.json("PUT", path, (200, 201)), paths))
        for named in made:
            must_fit(named, "Named", f"one of the {kind}")
        if len({named["id"] for named in made}) > 1:
            raise Missing(f"{len(paths)} calls at once made more than one of the name {name!r}")

    return ensures


def _creates_once(pos: PosUnderTest) -> None:
    key = f"tillbridge-check-{uuid.uuid4()}"
    body = {"name": f"Tillbridge check {key[-6:]}", "external_ids": {"bigcommerce": key[-12:]}}
    created = [_create(pos, body, key) for _ in range(2)]
    must_fit(created[0], "Created", "the answer to a create")
    if created[0] != created[1]:
        raise Missing("the same Idempotency-Key created twice")
    other = pos.call(
        "POST", "/v1/products", body=body | {"name": "Other"}, headers={"Idempotency-Key": key}
    )
    if other.status_code < 400:
        raise Missing("an Idempotency-Key was taken for another body")
    record = pos.json("POST", "/v1/products:batchGet", body={"ids": [created[0]["id"]]})["data"]
    if [product["version"] for product in record] != [created[0]["version"]]:
        raise Missing("the version answered is not the version read back")


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
            raise Missing(f"a clash ({code}) is answered with {answered.status_code}, not 409")
        problem = json_object(answered)
        must_fit(problem, "Taken", f"the answer to a clash ({code})")
        if (problem["code"], problem["existing_id"]) != (code, holder):
            raise Missing(f"a clash says {problem['code']}, existing_id {problem['existing_id']!r}")


def _create(pos: PosUnderTest, body: dict[str, Any], key: str) -> dict[str, Any]:
    headers = {"Idempotency-Key": key}
    return pos.json("POST", "/v1/products", (200, 201), body=body, headers=headers)


def _some_products(pos: PosUnderTest) -> list[dict[str, Any]]:
    query = {"since_version": 0, "limit": 20}
    return _list(pos.json("GET", "/v1/products", query=query))


def _list(answered: dict[str, Any]) -> list[dict[str, Any]]:
    data = answered.get("data")
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise Missing("the answer has no list of objects in `data`")
    return data


READING = (
    Check("the token opens the API", "nothing works", _token_opens),
    Check(
        "without the token it is closed",
        "anybody who finds the address reads the catalogue",
        _closed_without_token,
    ),
    Check(
        "errors say what is wrong (RFC 9457)",
        "failures are shown without their reason",
        _says_why,
        needed=False,
    ),
    Check(
        "outlets are listed",
        "stock cannot be chosen by outlet",
        _lists_outlets,
    ),
    Check(
        "products carry every field",
        "a field that is missing cannot be pushed; one of another form fails the product",
        _products_complete,
    ),
    Check(
        "changes are listed by since_version, ascending",
        "reconcile must walk the whole catalogue every time, and missed changes wait for it",
        _ascending,
        needed=False,
    ),
    Check(
        "pages hold up to 500 and keep the limit",
        "reconcile takes more calls",
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
        "push cannot read back what changed",
        _reads_batches,
    ),
    Check("a hundred ids are taken in one call", "push cannot read a full batch", _takes_hundred),
    *(
        Check(
            f"products are found by {name}",
            "an import cannot tell that the product is already there",
            _finds_by(name),
            needed=False,
        )
        for name in ("sku", "product_number", "external_id")
    ),
    Check(
        "departments are listed",
        "an import asks for each department by name",
        _lists_departments,
        needed=False,
    ),
)
"""Checks that only read; none is needed for push but those that say so."""

WRITING = (
    Check(
        "a department is made once per name",
        "imports make doubled departments",
        _one_of_a_name("departments", "Tillbridge Check"),
        needed=False,
    ),
    Check(
        "a vendor is made once per name",
        "imports make doubled vendors",
        _one_of_a_name("vendors", "No Vendor"),
        needed=False,
    ),
    Check(
        "an Idempotency-Key creates once",
        "a lost answer makes a doubled product",
        _creates_once,
        needed=False,
    ),
    Check(
        "a clash names the product that is in the way",
        "an import that clashes cannot say with what",
        _names_clashes,
        needed=False,
    ),
    Check(
        "the POS gives out SKUs (optional)",
        "nothing: Tillbridge has its own counter",
        _generates_skus,
        needed=False,
    ),
)
"""Checks that leave something behind in the POS: import needs them, push does not."""
