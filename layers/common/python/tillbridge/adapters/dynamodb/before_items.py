"""What a push is about to replace, as an item of the table of stores."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tillbridge.adapters.dynamodb.attributes import from_item
from tillbridge.domain.before_push import Before, Value, Was
from tillbridge.domain.history.product_line import FieldSent
from tillbridge.domain.ids import StoreProductId, StoreVariantId

MOST_BYTES = 350_000
"""DynamoDB takes 400 KB a row."""


def packed(before: Before) -> bytes:
    """Return what was there, compressed. What is too long goes without its longest value, until it fits."""
    while len(text := _compressed(before)) > MOST_BYTES:
        longest = max(before.fields, key=lambda key: len(str(before.fields[key].value)))
        fields = {key: was for key, was in before.fields.items() if key != longest}
        before = replace(before, fields=fields, no_room=(*before.no_room, longest))
    return text


def unpacked(item: Mapping[str, Any]) -> Before:
    """Return what an item says. Raise ValueError, KeyError or zlib.error for one that cannot be read."""
    values = json.loads(zlib.decompress(bytes(from_item(item)["before"])))
    return Before(
        number=StoreProductId(values["id"]),
        name=values["name"],
        at_ms=values["at"],
        fields={key: _was(*each) for key, each in values["fields"].items()},
        no_room=tuple(values.get("no_room", ())),
    )


def _compressed(before: Before) -> bytes:
    values = {
        "id": before.number,
        "name": before.name,
        "at": before.at_ms,
        "fields": {key: _values(was) for key, was in before.fields.items()},
        "no_room": before.no_room,
    }
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(errors="surrogatepass"))


def _values(was: Was) -> list[Any]:
    # A price is no text: 10.50 comes back as the amount that it is.
    value = {"amount": str(was.value)} if isinstance(was.value, Decimal) else was.value
    return [value, was.sent.value, was.sent.digest, was.variant]


def _was(value: Any, sent: str, digest: str, variant: int | None) -> Was:
    known: Value = Decimal(value["amount"]) if isinstance(value, dict) else value
    number = None if variant is None else StoreVariantId(variant)
    return Was(known, FieldSent(sent, digest), number)
