"""The POS accounts of a deployment that are polled."""

from cli.cannot_run import CannotRun
from cli.deployment.target import Target
from tillbridge.adapters.dynamodb.polled_accounts import DynamoPolledAccounts
from tillbridge.adapters.dynamodb.pos_accounts import DynamoPosAccounts
from tillbridge.adapters.messages.pokes import AwsPokes
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosAccount

_AT_ONCE = 500
"""Connections that are looked at in one go."""


def pos_accounts(target: Target) -> DynamoPosAccounts:
    """Return the rows of the accounts."""
    return DynamoPosAccounts(target.client("dynamodb"), target.outputs["stores_table"])


def polled_accounts(target: Target) -> DynamoPolledAccounts:
    """Return the accounts that are polled, with the stores behind them."""
    table = target.outputs["stores_table"]
    return DynamoPolledAccounts(target.client("dynamodb"), table, target.store_list)


def pokes(target: Target) -> AwsPokes:
    """Return what starts a poll."""
    return AwsPokes(
        target.client("dynamodb"),
        target.outputs["pending_table"],
        target.client("sqs"),
        target.outputs["pos_polls_queue_url"],
    )


def chosen_accounts(target: Target, key: str) -> list[PosAccount]:
    """Return the account of this key; without a key, every one. Raise CannotRun where there is none."""
    known = target.stores.pos_accounts()
    found = [each for each in known if not key or each.key == key]
    if not found:
        names = ", ".join(each.key for each in known) or "none"
        raise CannotRun(
            f"No POS account '{key}' is connected. Connected: {names}."
            if key
            else "No POS is connected. `tillbridge pos connect` and `tillbridge store add` connect one."
        )
    return found


def stores_by_account(target: Target) -> dict[PosAccountKey, list[StoreId]]:
    """Return which connected stores each account has, by name; one that cannot be read is left out."""
    names = [entry.store for entry in target.store_list.entries()]
    by: dict[PosAccountKey, list[StoreId]] = {}
    for start in range(0, len(names), _AT_ONCE):
        found = target.store_list.connections(names[start : start + _AT_ONCE])
        for store, connection in sorted(found.items()):
            if connection is not None:
                by.setdefault(connection.pos_account.key, []).append(store)
    return by
