"""The versions of settings in DynamoDB: one item beside the store's connection."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import expressions, keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import TransactionCancelled, busy_words, our_errors
from tillbridge.adapters.dynamodb.store_items import settings_values
from tillbridge.adapters.dynamodb.stores import readable
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import Conflict, RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.settings_versions import SettingChange, SettingsVersion
from tillbridge.ports.settings_versions import SettingsVersions

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_SAME = "attribute_exists(#pk) AND #settings_version = :seen"
_FIRST = "attribute_exists(#pk) AND (attribute_not_exists(#settings_version) OR #settings_version = :seen)"
"""A connection that an older release has written has no version: it was never changed."""


class DynamoSettingsVersions(SettingsVersions):
    """Ten versions of settings, each with texts of some kilobytes at most, are far below an item's 400 kB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def of(self, store: StoreId) -> Sequence[SettingsVersion]:
        with our_errors():
            answer = self._client.get_item(
                TableName=self._table, Key=keys.key(store, keys.SETTINGS), ConsistentRead=True
            )
        if "Item" not in answer:
            return ()
        item = answer["Item"]
        return readable(store, lambda: list(map(_version_of, from_item(item)["versions"])))

    @override
    def save(self, changed: Connection, seen: int, versions: Sequence[SettingsVersion]) -> None:
        values: dict[str, Any] = {
            "settings": settings_values(changed.settings),
            "settings_version": changed.settings_version,
            "web_orders_since_ms": changed.web_orders_since_ms,
        }
        learns = changed.settings.learned_safety is not None
        update: Any = {
            "TableName": self._table,
            "Key": keys.key(changed.store, keys.CONNECTION),
            **expressions.update(
                expressions.put(values),
                {**values, "seen": seen},
                _SAME if seen else _FIRST,
                () if learns else ["#safety"],
            ),
        }
        kept = {"versions": list(map(_values, versions))}
        item = new_item(keys.key(changed.store, keys.SETTINGS), kept)
        try:
            with our_errors():
                self._client.transact_write_items(
                    TransactItems=[
                        {"Update": update},
                        {"Put": {"TableName": self._table, "Item": item}},
                    ]
                )
        except TransactionCancelled as lost:
            if not lost.refused:  # something else was just being written of this connection
                raise RetryLater(busy_words()) from lost
            raise Conflict(f"The settings of '{changed.store}' were changed meanwhile.") from lost


def _values(version: SettingsVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "at_ms": version.at_ms,
        "by": version.by,
        "words": dict(version.words),
        "changes": [[each.name, each.before, each.after] for each in version.changes],
    }


def _version_of(values: Mapping[str, Any]) -> SettingsVersion:
    return SettingsVersion(
        values["number"],
        values["at_ms"],
        values["by"],
        values["words"],
        tuple(SettingChange(*each) for each in values["changes"]),
    )
