"""Conversion of plain values to DynamoDB's typed attributes and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from tillbridge.adapters.dynamodb.keys import Key
from tillbridge.domain.errors import SavedByNewer

SHAPE = 1
"""The version of every stored item's shape, kept in the item as `v`, and the highest that is read. A
writer whose items an older release could not read, or would read wrongly, raises it
(docs/adr/0052-a-newer-row-is-refused-alone.md). An item without `v` is of the first."""

HIGHEST = {"N": str(SHAPE)}
"""The highest version as a value of a query's filter."""

type Item = dict[str, Any]

_to = TypeSerializer()
_from = TypeDeserializer()


def to_item(values: Mapping[str, Any]) -> Item:
    """Return typed attributes; values that are None are left out."""
    return {name: _to.serialize(value) for name, value in values.items() if value is not None}


def new_item(key: Key, values: Mapping[str, Any]) -> Item:
    """Return a complete item: its key, its values and the version of its shape."""
    return {**key, **to_item({**values, "v": SHAPE})}


def from_item(item: Mapping[str, Any]) -> Item:
    """Return plain values; whole numbers are int. Raise SavedByNewer for an item of a later release, whose
    values may mean something else."""
    refuse_newer(item)
    return {name: _plain(_from.deserialize(value)) for name, value in item.items()}


def is_newer(item: Mapping[str, Any]) -> bool:
    """Return whether an item is of a later release. One that says so in a way that nobody knows is."""
    version = item.get("v")
    return version is not None and not 0 < float(version.get("N", "inf")) <= SHAPE


def refuse_newer(item: Mapping[str, Any]) -> None:
    """Raise SavedByNewer for an item of a later release."""
    if is_newer(item):
        where = f"{item['pk']['S']} / {item['sk']['S']}" if "pk" in item and "sk" in item else ""
        raise SavedByNewer("This row", next(iter(item["v"].values())), SHAPE, where)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
