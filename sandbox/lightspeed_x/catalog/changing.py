"""`PUT /products/{id}`: the only way to say that stock is not tracked (fact 7)."""

from collections.abc import Iterable
from typing import Any

from sandbox.lightspeed_x.calls.bodies import body_of
from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.refusal import invalid, not_found
from sandbox.lightspeed_x.catalog.new_product import Changed
from sandbox.pos.model import Variant


def put_product(call: Call) -> Answer:
    """Track the stock of a family or not, named by any of its members."""
    changed = body_of(call, Changed)
    row = call.account.book.products.find(call.params["product_id"])
    if row is None or row.deleted_at is not None:
        raise not_found("The product")
    if changed.common.track_inventory is None:
        raise invalid("The sandbox changes common.track_inventory, and nothing else.")
    fields: dict[str, Any] = {"track_stock": changed.common.track_inventory}
    if row.record.variants:
        # The shop keeps the levels of variants that are not saved with the product.
        fields["variants"] = as_they_are(row.record.variants)
    call.account.cloud.save_product(row.record.id, **fields)
    return Answer({})


def as_they_are(variants: Iterable[Variant]) -> list[dict[str, Any]]:
    """Return variants as a save in the shop names those that stay as they are."""
    return [
        {
            "id": variant.id,
            "sku": variant.sku,
            "option_values": [
                {"name": name, "value": value} for name, value in variant.option_values
            ],
        }
        for variant in variants
    ]
