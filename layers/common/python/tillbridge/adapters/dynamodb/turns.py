"""The turn of a slice to write to its store, as the item of the store's writer keeps it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tillbridge.adapters.dynamodb import expressions
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.dynamodb.keys import Key
from tillbridge.adapters.dynamodb.store_items import lags_of
from tillbridge.domain.lag_histogram import HourLags, packed
from tillbridge.domain.order_cursor import OrdersRead, ReadSoFar
from tillbridge.domain.slices import CLOCKS_DIFFER_MS, Turn, is_spent

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LEFT = ("#sure", "#oldest_next", "#killed_ms", "#settled_ms", "#after_ms")
"""What a slice left to the next, and that one takes. How far the orders are read stays, and the lags of
the running hour: one that is killed writes nothing."""


def begin(
    client: "DynamoDBClient",
    table: str,
    writer: Key,
    token: str,
    now_ms: int,
    until_ms: int,
    sent_ms: int,
) -> Turn:
    """Take a turn until `until_ms` (epoch ms), or return why there is none. Raise RetryLater."""
    # A write that botocore repeats after a lost reply finds its own token.
    condition = "(attribute_not_exists(#pk) OR #until_ms <= :now_ms OR #token = :token)"
    values = {"token": token, "until_ms": until_ms}
    known = {"token": token, "now_ms": now_ms}
    if sent_ms:
        condition += " AND (attribute_not_exists(#settled_ms) OR #settled_ms <= :spends)"
        known["spends"] = sent_ms + CLOCKS_DIFFER_MS
    change = expressions.update(expressions.put(values), {**values, **known}, condition, _LEFT)
    try:
        with our_errors():
            before = client.update_item(
                TableName=table, Key=writer, ReturnValues="ALL_OLD", **change
            )
    except ConditionFailed as refusal:
        there = from_item(refusal.item or {})
        if is_spent(sent_ms, int(there.get("settled_ms", 0))):
            return Turn(spent=True)
        return Turn(busy_until_ms=int(there.get("until_ms", until_ms)))
    return _turn(from_item(before.get("Attributes") or {}))


def end(client: "DynamoDBClient", table: str, writer: Key, token: str, left: Turn) -> None:
    """End a turn, and keep what it leaves to the next; nothing when another has it. Raise RetryLater."""
    condition = expressions.conditional("#token = :token", {"token": token})
    with suppress(ConditionFailed), our_errors():
        if left == Turn():
            client.delete_item(TableName=table, Key=writer, **condition)
        else:
            item = new_item(writer, {"token": token, **_values(left)})
            client.put_item(TableName=table, Item=item, **condition)


def running_hour(client: "DynamoDBClient", table: str, writer: Key) -> HourLags:
    """Return the lags of the hour that no later slice has put down yet. Raise RetryLater."""
    with our_errors():
        answer = client.get_item(TableName=table, Key=writer, ConsistentRead=True)
    return hour_of(from_item(answer.get("Item", {})))


def _turn(left: Mapping[str, Any]) -> Turn:
    # A slice that ended well left nothing, or that it was sure. Our own token means that the answer to
    # our first try was lost, and with it what was there before.
    return Turn(
        unsure=bool(left) and not left.get("sure", False),
        oldest_next=left.get("oldest_next", False),
        after_ms=int(left.get("after_ms", 0)),
        hooks_checked_ms=int(left.get("hooks_checked_ms", 0)),
        hooks_rearmed_ms=int(left.get("hooks_rearmed_ms", 0)),
        orders=_orders_read(left.get("orders")),
        hour=hour_of(left),
        killed_ms=int(left.get("until_ms", 0)) or int(left.get("killed_ms", 0)),
    )


def _values(left: Turn) -> dict[str, Any]:
    return {
        "until_ms": 0,
        "sure": not left.unsure,
        "oldest_next": left.oldest_next,
        "killed_ms": left.killed_ms if left.unsure else 0,
        **({"settled_ms": left.settled_ms} if left.settled_ms else {}),
        "after_ms": left.after_ms,
        "hooks_checked_ms": left.hooks_checked_ms,
        **({"hooks_rearmed_ms": left.hooks_rearmed_ms} if left.hooks_rearmed_ms else {}),
        **({"orders": asdict(left.orders)} if left.orders != OrdersRead() else {}),
        **_hour_values(left.hour),
    }


def _orders_read(stored: Mapping[str, Any] | None) -> OrdersRead:
    if stored is None:
        return OrdersRead()
    return OrdersRead(**{**stored, "so_far": ReadSoFar(**stored["so_far"])})


def _hour_values(hour: HourLags) -> dict[str, Any]:
    return {"hour": hour.hour, "lags": packed(hour.lags)} if hour != HourLags() else {}


def hour_of(left: Mapping[str, Any]) -> HourLags:
    """Return the lags of the running hour that a writer's item has."""
    return (
        HourLags(left["hour"], lags_of(left["lags"]))
        if {"hour", "lags"} <= left.keys()
        else HourLags()
    )
