"""What first pushes replaced, in DynamoDB among what is remembered of a store."""

import zlib
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import from_item, to_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_SECONDS = 90 * 24 * 3600
_product: TypeAdapter[WebProduct] = TypeAdapter(WebProduct)


class DynamoReplaced:
    """One packed item per product."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def keep(self, store: StoreId, product: PosProductId, before: WebProduct) -> None:
        """Keeps it for 90 days from now."""
        values = {
            "before": zlib.compress(_product.dump_json(before)),
            "expires_at": self._clock.now_ms() // 1_000 + KEPT_SECONDS,
        }
        row = {**keys.key(store, keys.REPLACED + product), **to_item(values)}
        with our_errors():
            self._client.put_item(TableName=self._table, Item=row)

    def find(self, store: StoreId, product: PosProductId) -> WebProduct | None:
        """How it was; what is past its time may still lie there, and counts as gone."""
        with our_errors():
            found = self._client.get_item(
                TableName=self._table,
                Key=keys.key(store, keys.REPLACED + product),
                ConsistentRead=True,
            )
        if "Item" not in found:
            return None
        values = from_item(found["Item"])
        if values["expires_at"] <= self._clock.now_ms() // 1_000:
            return None
        return _product.validate_json(zlib.decompress(bytes(values["before"])))
