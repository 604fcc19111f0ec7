"""What was sold more often than there was, in the table of web orders."""

import logging
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item, new_item, refuse_newer
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.ids import StoreId
from tillbridge.domain.oversold import Oversold
from tillbridge.ports.oversold import OversoldRows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from pydantic import TypeAdapter

KEPT_SECONDS = 365 * 24 * 3600


log = logging.getLogger(__name__)


class DynamoOversold(OversoldRows):
    """One partition a store, its debts by time."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def note(self, store: StoreId, debts: Iterable[Oversold]) -> None:
        for debt in debts:
            with our_errors():
                self._client.put_item(TableName=self._table, Item=_item(store, debt))

    @override
    def latest(self, store: StoreId, limit: int) -> Sequence[Oversold]:
        found: dict[tuple[object, ...], Oversold] = {}
        goes_on: dict[str, Any] = {}
        while len(found) < limit:
            with our_errors():
                answer = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression="pk = :pk",
                    ExpressionAttributeValues={":pk": {"S": keys.oversold(store)}},
                    ScanIndexForward=False,
                    Limit=limit,
                    **goes_on,
                )
            for debt in filter(None, map(_debt, answer["Items"])):
                # A drain that was killed noticed it twice: the first time is the time.
                found[debt.holder, debt.version, debt.debt, debt.orders] = debt
            if "LastEvaluatedKey" not in answer:
                break
            goes_on = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return sorted(found.values(), key=lambda debt: -debt.at_ms)[:limit]


@cache  # built when a debt is first noticed: it takes milliseconds of each start
def _debts() -> "TypeAdapter[Oversold]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - the console starts without it

    return TypeAdapter(Oversold)


def _item(store: StoreId, debt: Oversold) -> Item:
    row = f"{keys.moment(debt.at_ms)}#{keys.short(f'{debt.holder.product}#{debt.holder.variant}')}"
    values = {
        "debt": _debts().dump_json(debt, exclude_defaults=True).decode(),
        "expires_at": debt.at_ms // 1_000 + KEPT_SECONDS,
    }
    return new_item(keys.key(keys.oversold(store), row), values)


def _debt(row: Item) -> Oversold | None:
    try:
        refuse_newer(row)
        return _debts().validate_json(row["debt"]["S"])
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with one row
        extra = {"row": f"{row['pk']['S']} / {row['sk']['S']}", "why": repr(problem)}
        log.warning("a debt cannot be read", extra=extra)
        return None
