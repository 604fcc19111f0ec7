"""The rows of the POS accounts, in the table of stores."""

from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import expressions, keys
from tillbridge.adapters.dynamodb.attributes import from_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.dynamodb.store_items import account_of, account_values
from tillbridge.domain.hooks.pos_access import FACT
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount
from tillbridge.ports.pos_accounts import PosAccounts

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoPosAccounts(PosAccounts):
    """Each account is a row of one partition."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def find(self, key: PosAccountKey) -> PosAccount | None:
        with our_errors():
            answer = self._client.get_item(
                TableName=self._table, Key=keys.key(keys.ACCOUNTS, key), ConsistentRead=True
            )
        item = answer.get("Item")
        return account_of(from_item(item)) if item else None

    @override
    def keep(self, account: PosAccount, seen: PosAccount | None, *, anew: bool = False) -> bool:
        epoch = (seen or account).epoch + anew
        values = {**account_values(account), "epoch": epoch}
        there = "attribute_not_exists(#pk)"
        known = dict(values)
        if seen is not None:
            there = "#epoch = :seen_epoch AND #address = :seen_address"
            known |= {"seen_epoch": seen.epoch, "seen_address": seen.address}
            if mark := seen.facts.get(FACT):
                there += f" AND #facts.#{FACT} = :seen_mark"
                known |= {"seen_mark": mark}
            else:
                there += f" AND attribute_not_exists(#facts.#{FACT})"
        try:
            with our_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key=keys.key(keys.ACCOUNTS, account.key),
                    **expressions.update(expressions.put(values), known, there),
                )
        except ConditionFailed:
            return False
        return True
