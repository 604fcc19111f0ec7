"""POS accounts that are polled, in the table of stores: their rows, their stores, and a note of each one's polls."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.dynamodb.store_items import account_of
from tillbridge.adapters.dynamodb.store_list import note_in_list
from tillbridge.adapters.dynamodb.told_trouble import POS_TROUBLE
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.polling import PollNote
from tillbridge.domain.pos_account import POLLED, PosAccount
from tillbridge.domain.pos_trouble import PosTrouble
from tillbridge.ports.polled_accounts import PolledAccounts
from tillbridge.ports.store_list import StoreList

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

log = logging.getLogger(__name__)


class DynamoPolledAccounts(PolledAccounts):
    """`store_list` says which of the stores that were once connected to an account still are: connecting a store leaves a
    row with the account, which stays until nothing is left of the store (adapters/dynamodb/removals.py)."""

    def __init__(self, client: "DynamoDBClient", table: str, store_list: StoreList) -> None:
        self._client = client
        self._table = table
        self._store_list = store_list

    @override
    def find(self, account: PosAccountKey) -> tuple[PosAccount | None, PollNote]:
        wanted = [keys.key(keys.ACCOUNTS, account), keys.key(keys.POLLS, account)]
        rows = {row["pk"]["S"]: row for row in bulk.read_all(self._client, self._table, wanted)}
        there = rows.get(keys.ACCOUNTS)
        return account_of(from_item(there)) if there else None, _note_of(rows.get(keys.POLLS))

    @override
    def all(self) -> Sequence[tuple[PosAccount, PollNote]]:
        notes = {row["sk"]["S"]: row for row in self._partition(keys.POLLS)}
        found: list[tuple[PosAccount, PollNote]] = []
        for row in self._partition(keys.ACCOUNTS):
            try:
                account = account_of(from_item(row))
                note = _note_of(notes.get(account.key))
            except Exception:  # whatever is wrong with one account must not stop the others' polls
                log.exception("POS account cannot be read", extra={"account": row["sk"]["S"]})
                continue
            if account.kind in POLLED:
                found.append((account, note))
        return found

    @override
    def stores_of(self, account: PosAccountKey) -> Sequence[StoreId] | None:
        once = [StoreId(row["sk"]["S"]) for row in self._partition(keys.stores_of_account(account))]
        if not once:
            return None
        found = self._store_list.connections(once)
        # One that cannot be read now is told all the same: it is refused or taken where it is read.
        return sorted(
            store for store, c in found.items() if c is None or c.pos_account.key == account
        )

    @override
    def note(self, account: PosAccountKey, note: PollNote) -> None:
        with our_errors():
            item = new_item(keys.key(keys.POLLS, account), asdict(note))
            self._client.put_item(TableName=self._table, Item=item)

    @override
    def tell(self, stores: Sequence[StoreId], trouble: PosTrouble | None) -> None:
        values = {POS_TROUBLE: asdict(trouble)} if trouble else {}
        removes = () if trouble else (f"#{POS_TROUBLE}",)

        def note(store: StoreId) -> None:
            sets = expressions.put(values)
            note_in_list(self._client, self._table, store, sets, values, removes)

        bulk.in_parallel(note, stores)

    @override
    def keep_facts(self, account: PosAccountKey, facts: Mapping[str, str]) -> None:
        sets = [f"#facts.#{name} = :{name}" for name in facts]
        with suppress(ConditionFailed), our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=keys.key(keys.ACCOUNTS, account),
                **expressions.update(sets, facts, "attribute_exists(#facts)"),
            )

    def _partition(self, partition: str) -> Sequence[Item]:
        arguments: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": partition}},
        }
        return list(bulk.query_all(self._client, **arguments))


def _note_of(row: Item | None) -> PollNote:
    if row is None:
        return PollNote()
    values = from_item(row)
    return PollNote(values["good_ms"], values["due_ms"], values["not_before_ms"], values["trouble"])
