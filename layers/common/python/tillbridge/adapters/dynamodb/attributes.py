"""Conversion of plain values to DynamoDB's typed attributes and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from tillbridge.adapters.dynamodb.keys import Key

SHAPE = 1
"""The version of every stored item's shape, kept in the item as `v`, so that later code can tell an
old shape from a new one. An item without `v` is version 1."""

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
    """Return plain values; whole numbers are int."""
    return {name: _plain(_from.deserialize(value)) for name, value in item.items()}


def of_our_shape(item: Mapping[str, Any]) -> Item:
    """Return plain values as `from_item` does. Raise ValueError for an item of a later release, whose
    values may mean something else."""
    values = from_item(item)
    if values.get("v", SHAPE) > SHAPE:
        raise ValueError(f"it has shape {values['v']}, of a later release")
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
