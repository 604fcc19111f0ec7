"""Variants: update up to 50 at a time, list all, delete."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from tillbridge.adapters.bigcommerce.answer import Answer, UnreadableAnswerError
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.error_map import fields_of, words_of
from tillbridge.adapters.bigcommerce.pages import every
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bigcommerce.wire_product import VariantRecord, read_variant
from tillbridge.domain.errors import Gone, Refused
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import sku_key
from tillbridge.domain.web_product import WebVariant

_OF_PRODUCT = "/catalog/products/{product_id}/variants"
_FIELDS = frozenset(wire for wire, entry in FIELDS.items() if entry.variant)


def update(transport: Transport, items: Sequence[Json]) -> Sequence[WebVariant]:
    """Update up to 50 variants by PUT, and return them in the order of `items`. An item without an
    id creates a variant, and a call with such an item is never retried. Raise Refused for a 207,
    which does not say which items were not saved."""
    call = Call(
        "PUT",
        "/catalog/variants",
        body=list(items),
        creates=any("id" not in item for item in items),
    )
    return transport.send(call, lambda answer: _in_order(answer, items))


def update_one(
    transport: Transport, product: StoreProductId, variant: StoreVariantId, values: Json
) -> WebVariant:
    """Update one variant by PUT, which takes more fields than a batch does, and return it as far as
    the answer can be read. A repeat does no harm. Raise Gone."""
    ids = {"product_id": product, "variant_id": variant}
    call = Call("PUT", _OF_PRODUCT + "/{variant_id}", ids, body=values)
    return transport.send(call, partial(_one, variant))


def of(transport: Transport, product: int) -> tuple[VariantRecord, ...]:
    """Return every variant of a product, read to the last page. Raise Gone."""
    return tuple(every(transport, _OF_PRODUCT, read_variant, ids={"product_id": product}))


def delete(transport: Transport, product: StoreProductId, variant: StoreVariantId) -> None:
    """Delete a variant; return when it is gone already."""
    ids = {"product_id": product, "variant_id": variant}
    with suppress(Gone):
        transport.send(Call("DELETE", _OF_PRODUCT + "/{variant_id}", ids), lambda _: None)


def _one(variant: StoreVariantId, answer: Answer) -> WebVariant:
    try:
        return _answered(answer.one)
    except UnreadableAnswerError:  # it was written; what of it cannot be told
        return WebVariant(variant, unanswered=_FIELDS)


def _answered(item: Any) -> WebVariant:
    shown = read_variant(item).as_read()
    return replace(shown, unanswered=_FIELDS - item.keys())


def _in_order(answer: Answer, items: Sequence[Json]) -> Sequence[WebVariant]:
    if answer.status == 207:
        errors = answer.body.get("errors") if isinstance(answer.body, dict) else None
        raise Refused(207, words_of(errors), fields_of(errors))
    shown = [_answered(item) for item in answer.many]
    by_id = {variant.id: variant for variant in shown}
    by_sku = {sku_key(variant.sku): variant for variant in shown}
    answered = [
        by_id.get(item["id"]) if "id" in item else by_sku.get(sku_key(item["sku"]))
        for item in items
    ]
    if None in answered:
        raise UnreadableAnswerError("the answer lacks variants that were sent")
    return [variant for variant in answered if variant is not None]
