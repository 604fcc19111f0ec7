"""`DELETE /products/{id}` takes one member, `/all` its whole family; neither answers a word."""

from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.refusal import not_found
from sandbox.lightspeed_x.catalog.changing import as_they_are
from sandbox.lightspeed_x.state.rows import ProductRow


def delete_member(call: Call) -> Answer:
    """Delete one member; of a family that has others, another is the parent then (fact 6)."""
    row = _living(call)
    others = [each for each in row.record.variants if each != row.variant]
    if others:
        call.account.cloud.save_product(row.record.id, variants=as_they_are(others))
    else:
        call.account.cloud.delete_product(row.record.id)
    return Answer()


def delete_family(call: Call) -> Answer:
    """Delete a family, named by any of its members."""
    call.account.cloud.delete_product(_living(call).record.id)
    return Answer()


def _living(call: Call) -> ProductRow:
    row = call.account.book.products.find(call.params["product_id"])
    if row is None or row.deleted_at is not None:
        raise not_found("The product")
    return row
