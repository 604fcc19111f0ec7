"""Keys of indexes no longer than DynamoDB takes them. ministack measures those of the tables alone."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

LONGEST = {"HASH": 2_048, "RANGE": 1_024}
"""Bytes of a partition key and of a sort key."""

_WORDS = {"HASH": "hash", "RANGE": "range"}


def bound_index_keys(dynamodb: ModuleType) -> None:
    """Make ministack refuse an item whose key in an index is too long, with DynamoDB's words."""
    of_blank = dynamodb._index_key_empty_reason  # noqa: SLF001 - ministack has no other way in

    def reason(table: Mapping[str, Any], item: Mapping[str, Any], *more: Any, **named: Any) -> Any:
        return of_blank(table, item, *more, **named) or _too_long(table, item)

    dynamodb._index_key_empty_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001 - ministack's own


def _too_long(table: Mapping[str, Any], item: Mapping[str, Any]) -> str | None:
    indexes = (
        *(table.get("GlobalSecondaryIndexes") or ()),
        *(table.get("LocalSecondaryIndexes") or ()),
    )
    for part in (part for index in indexes for part in index["KeySchema"]):
        text, kind = (item.get(part["AttributeName"]) or {}).get("S", ""), part["KeyType"]
        if len(text.encode()) > LONGEST[kind]:
            return (
                "One or more parameter values were invalid: Aggregated size of all"
                f" {_WORDS[kind]} keys has exceeded the size limit of {LONGEST[kind]} bytes"
            )
    return None
