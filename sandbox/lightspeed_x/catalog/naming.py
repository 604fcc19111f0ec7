"""Brands, suppliers and variant attributes: listed, and made by name."""

from typing import Any

from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.paging import page_of, paged
from sandbox.lightspeed_x.calls.refusal import Refusal, invalid
from sandbox.lightspeed_x.state.account import UNDATED
from sandbox.lightspeed_x.state.names import NamedRow
from sandbox.lightspeed_x.wire.json_text import Json

BRAND_FIELDS = ("name", "description")
SUPPLIER_FIELDS = ("name", "description", "default_markup", "contact")


def list_brands(call: Call) -> Answer:
    """GET brands by version."""
    return Answer(_named(call, call.account.names.brands.every(), {}))


def post_brand(call: Call) -> Answer:
    """POST a brand; the answer is its id. A name that a brand has is refused."""
    name = name_in(call.json(BRAND_FIELDS))
    with call.account.lock:
        if call.account.names.brands.called(name):
            raise invalid("A brand with this name already exists.")
        return Answer({"data": call.account.names.brands.add(name).id})


def list_suppliers(call: Call) -> Answer:
    """GET suppliers by version."""
    call.account.names.take_in()
    more = {"source": "USER", "description": ""}
    return Answer(_named(call, call.account.names.suppliers.every(), more))


def post_supplier(call: Call) -> Answer:
    """POST a supplier; nothing keeps two from bearing one name (fact 14)."""
    name = supplier_name(call)
    call.account.cloud.catalogue.vendors.ensure(name)
    return Answer({"data": call.account.names.suppliers.add(name).id})


def supplier_name(call: Call) -> str:
    """Return the name of a supplier's body, which says how to reach it since 2026-07, be it nothing. Raises Refusal."""
    body = call.json(SUPPLIER_FIELDS)
    if call.wire not in UNDATED and "contact" not in body:
        raise Refusal(422, "invalid", "contact is required.")
    return name_in(body)


def list_attributes(call: Call) -> Answer:
    """GET every variant attribute; this list has no versions."""
    call.flag("deleted")
    rows = call.account.names.attributes.every()
    return Answer({"data": [{"id": row.id, "name": row.name} for row in rows]})


def post_attribute(call: Call) -> Answer:
    """POST a variant attribute. A name that one has is refused."""
    name = name_in(call.json(("name",)))
    attributes = call.account.names.attributes
    if attributes.called(name):
        raise invalid("A variant attribute with this name already exists.")
    made = attributes.add(name)
    at = "2026-07-01T00:00:00+00:00"
    return Answer(
        {"data": {"id": made.id, "name": made.name, "created_at": at, "updated_at": at}}, 201
    )


def list_types(call: Call) -> Answer:
    """GET categories as the older list of product types, by version."""
    call.account.names.take_in()
    return Answer(_named(call, call.account.names.categories.every(), {}))


def _named(call: Call, rows: list[NamedRow], more: Json) -> Json:
    """Return a page of names; their versions are on the page only, as in the vendor's samples."""
    page = paged(call, [{"id": r.id, "name": r.name, "version": r.version} | more for r in rows])
    versions = [row["version"] for row in page["data"]]
    for row in page["data"]:
        del row["version"]
    return page_of(call, page["data"], versions)


def name_in(body: dict[str, Any]) -> str:
    """Return the name of a body. Raises Refusal 422 for a blank one."""
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise Refusal(422, "invalid", "name is required.")
    return name.strip()
