"""Pokes: a mark in the table of pending rows, and a signal on a FIFO queue."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, override
from uuid import uuid4

from tillbridge.adapters.dynamodb import expressions, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.messages.batches import fifo_entry, send_all
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosAccountKey, Rev
from tillbridge.domain.poke_mark import PokeMark
from tillbridge.ports.pokes import Pokes

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient


class AwsPokes(Pokes):
    """The queue by its URL; one group an account, so that its polls run one after the other."""

    def __init__(
        self, dynamodb: "DynamoDBClient", pending: str, sqs: "SQSClient", polls_url: str
    ) -> None:
        self._client = dynamodb
        self._table = pending
        self._sqs = sqs
        self._url = polls_url

    @override
    def poke(self, account: PosAccountKey, *, hooked_ms: int = 0) -> None:
        values = {"rev": uuid4().hex, **({"hooked_ms": hooked_ms} if hooked_ms else {})}
        with our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=keys.poke(account),
                **expressions.update(expressions.put(values), values),
            )
        if self.signal_all([account]):
            raise RetryLater("The queue of polls takes no signal. Tillbridge tries again.")

    @override
    def marked(self, account: PosAccountKey) -> PokeMark | None:
        with our_errors():
            answer = self._client.get_item(
                TableName=self._table, Key=keys.poke(account), ConsistentRead=True
            )
        return mark_of(answer["Item"]) if "Item" in answer else None

    @override
    def clear(self, account: PosAccountKey, rev: Rev) -> None:
        unchanged = expressions.conditional("#rev = :rev", {"rev": rev})
        try:
            with our_errors():
                self._client.delete_item(TableName=self._table, Key=keys.poke(account), **unchanged)
        except ConditionFailed:
            pass  # marked anew, or cleared by another poll

    @override
    def signal_all(self, accounts: Sequence[PosAccountKey]) -> Sequence[PosAccountKey]:
        messages = [
            fifo_entry(place, each, json.dumps({"account": each}))
            for place, each in enumerate(accounts)
        ]
        return [accounts[place] for place in send_all(self._sqs, self._url, messages)]


def mark_of(item: Item) -> PokeMark:
    """Return the mark that a row is."""
    values = from_item(item)
    return PokeMark(Rev(values["rev"]), values.get("hooked_ms", 0))
