"""Products as they were before a first push replaced them, in the table of stores."""

import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, override
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.clock import Clock
from tillbridge.ports.replaced import Replaced

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from pydantic import TypeAdapter

KEPT_SECONDS = 90 * 24 * 3600
PART_BYTES = 350_000
"""DynamoDB takes 400 KB a row; descriptions with embedded pictures are longer."""


class DynamoReplaced(Replaced):
    """One compressed item per product, with further rows for a long one."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    @override
    def keep(self, store: StoreId, product: PosProductId, before: WebProduct) -> None:
        packed = zlib.compress(_product().dump_json(before, exclude_defaults=True))
        expires = {"expires_at": self._clock.now_ms() // 1_000 + KEPT_SECONDS}
        if len(packed) > PART_BYTES:
            # Parts have a token of their own: a kill half-way leaves the earlier copy complete.
            token = uuid4().hex
            begins = range(0, len(packed), PART_BYTES)
            parts = [
                new_item(
                    keys.key(store, keys.replaced_part(token, place)),
                    {"piece": packed[begin : begin + PART_BYTES], **expires},
                )
                for place, begin in enumerate(begins)
            ]
            bulk.write_all(self._client, self._table, parts)
            values: dict[str, Any] = {"token": token, "parts": len(begins), **expires}
        else:
            values = {"before": packed, **expires}
        row = new_item(keys.key(store, keys.replaced(product)), values)
        with our_errors():
            self._client.put_item(TableName=self._table, Item=row)

    @override
    def find(self, store: StoreId, product: PosProductId) -> WebProduct | None:
        with our_errors():
            found = self._client.get_item(
                TableName=self._table,
                Key=keys.key(store, keys.replaced(product)),
                ConsistentRead=True,
            )
        if "Item" not in found:
            return None
        values = from_item(found["Item"])
        # DynamoDB deletes late: a row whose time is over counts as gone.
        if values["expires_at"] <= self._clock.now_ms() // 1_000:
            return None
        packed = bytes(values["before"]) if "before" in values else self._pieces(store, values)
        return _product().validate_json(zlib.decompress(packed))

    def _pieces(self, store: StoreId, head: dict[str, Any]) -> bytes:
        asked = [
            keys.key(store, keys.replaced_part(head["token"], place))
            for place in range(head["parts"])
        ]
        rows = map(from_item, bulk.read_all(self._client, self._table, asked))
        pieces = {row["sk"]: bytes(row["piece"]) for row in rows}
        return b"".join(pieces[sk] for sk in sorted(pieces))


@cache  # built for the first first push: it takes milliseconds of each start
def _product() -> "TypeAdapter[WebProduct]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - the console reads these seldom, and starts without it

    return TypeAdapter(WebProduct)
