"""Plain values to DynamoDB's typed attributes and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

type Item = dict[str, Any]

_to = TypeSerializer()
_from = TypeDeserializer()


def to_item(values: Mapping[str, Any]) -> Item:
    """Typed attributes; what is None is left out."""
    return {name: _to.serialize(value) for name, value in values.items() if value is not None}


def from_item(item: Mapping[str, Any]) -> Item:
    """Plain values; whole numbers are int."""
    return {name: _plain(_from.deserialize(value)) for name, value in item.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
