"""One brand or supplier by its id: read, renamed, deleted. The vendor's text frames the answers of the two otherwise."""

from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.refusal import invalid, not_found
from sandbox.lightspeed_x.catalog.naming import BRAND_FIELDS, name_in, supplier_name
from sandbox.lightspeed_x.catalog.renaming import Renamed, names_of, rename_row, take_off
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.names import NamedRow
from sandbox.lightspeed_x.wire.json_text import Json


def get_brand(call: Call) -> Answer:
    """GET a brand."""
    row = _known(call, "brand")
    return Answer({"data": {"id": row.id, "name": row.name, "version": row.version}})


def put_brand(call: Call) -> Answer:
    """PUT a brand: another name, which no other brand has."""
    row, name = _known(call, "brand"), name_in(call.json(BRAND_FIELDS))
    other = call.account.names.brands.called(name)
    if other is not None and other.id != row.id:
        raise invalid("A brand with this name already exists.")
    rename_row(call.account, "brand", row, name)
    return Answer({"data": {"id": row.id}})


def delete_brand(call: Call) -> Answer:
    """DELETE a brand, off the products that bear it too."""
    return Answer({"payload": {"data": _deleted(call, "brand")}})


def get_supplier(call: Call) -> Answer:
    """GET a supplier."""
    row = _known(call, "supplier")
    return Answer({"data": {"id": row.id, "name": row.name, "description": "", "source": "USER"}})


def put_supplier(call: Call) -> Answer:
    """PUT a supplier: another name, be it another's too (fact 14)."""
    row = _known(call, "supplier")
    rename_row(call.account, "supplier", row, supplier_name(call))
    return Answer({"id": row.id})


def delete_supplier(call: Call) -> Answer:
    """DELETE a supplier, off the products that bear it too."""
    return Answer({"data": _deleted(call, "supplier")})


def _deleted(call: Call, kind: Renamed) -> Json:
    row = _known(call, kind)
    take_off(call.account, kind, row)
    return {"id": row.id, "job_id": made_id("job", row.id)}


def _known(call: Call, kind: Renamed) -> NamedRow:
    call.account.names.take_in()
    row = names_of(call.account, kind).find(call.params[f"{kind}_id"])
    if row is None:
        raise not_found(f"The {kind}")
    return row
