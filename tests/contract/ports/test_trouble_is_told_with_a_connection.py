"""The trouble of a POS account comes with each connection that is read to be shown, and with none that is decided by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.builders import STORE, a_connection
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import SHAPE
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.polled_accounts import DynamoPolledAccounts
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_trouble import PosTrouble

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TROUBLE = PosTrouble(a_connection().pos_account.key, "pos_token_dead", "Renew it in the POS.")


@dataclass
class Kept:
    """What reads connections of one table."""

    client: "DynamoDBClient"
    table: str
    stores: DynamoStores
    listed: DynamoStoreList
    jobs: DynamoJobs

    def tell(self, trouble: PosTrouble | None) -> None:
        DynamoPolledAccounts(self.client, self.table, self.listed).tell([STORE], trouble)

    def write(self, attribute: str, value: Mapping[str, str]) -> None:
        """Write an attribute of the store's entry in the list."""
        self.client.update_item(
            TableName=self.table,
            Key=keys.key(keys.CONNECTED, STORE),
            UpdateExpression=f"SET {attribute} = :it",
            ExpressionAttributeValues={":it": value},
        )

    def shown(self) -> list[Connection | None]:
        """Return the store's connection in each way that pages read it."""
        return [
            self.stores.as_told(STORE),
            self.stores.with_compared(STORE)[0],
            self.jobs.with_store(STORE, "job-1")[1],
            self.listed.figures([STORE]).stores[STORE].connection,
        ]


@pytest.fixture
def kept(dynamodb: "DynamoDBClient", make_table: MakeTable) -> Kept:
    table = make_table("StoresTable")
    jobs = DynamoJobs(dynamodb, table, "no-pending", "no-history")
    stores = DynamoStores(dynamodb, table)
    stores.save_connection(a_connection())
    return Kept(dynamodb, table, stores, DynamoStoreList(dynamodb, table), jobs)


def _words(found: list[Connection | None]) -> set[tuple[StoreState, str]]:
    return {(each.state, each.attention_words) for each in found if each}


def test_pages_show_it_and_what_decides_does_not_see_it(kept: Kept) -> None:
    kept.tell(TROUBLE)
    assert _words(kept.shown()) == {(StoreState.NEEDS_ATTENTION, "Renew it in the POS.")}
    assert kept.stores.find(STORE) == a_connection()
    kept.tell(None)
    assert _words(kept.shown()) == {(StoreState.ACTIVE, "")}


def test_that_of_an_account_of_before_is_not_shown(kept: Kept) -> None:
    kept.tell(PosTrouble(PosAccountKey("before"), "pos_token_dead", "Renew it."))
    assert _words(kept.shown()) == {(StoreState.ACTIVE, "")}


def test_what_cannot_be_read_of_it_hides_no_store(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    kept.write("pos_trouble", {"S": "odd"})
    assert _words(kept.shown()) == {(StoreState.ACTIVE, "")}
    assert "trouble of a POS account cannot be read" in caplog.text


def test_an_entry_of_a_later_release_hides_no_store_and_is_no_error(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    kept.tell(TROUBLE)
    kept.write("v", {"N": str(SHAPE + 1)})
    assert kept.stores.as_told(STORE) == a_connection()
    assert kept.jobs.with_store(STORE, "job-1")[1] is not None
    assert "cannot be read" not in caplog.text
    kept.write("v", {"N": str(SHAPE)})
