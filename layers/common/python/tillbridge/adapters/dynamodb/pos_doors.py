"""Which POS account the address of a webhook leads to, in the table of stores."""

from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.hooks.pos_access import PosDoor, digest_of
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosKind
from tillbridge.ports.pos_doors import PosDoors

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoPosDoors(PosDoors):
    """One row a path key, in one partition."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def find(self, path_key: str) -> PosDoor | None:
        wanted = [keys.key(keys.POS_DOORS, digest_of(path_key))]
        # In a batch, for the function on the open internet has no other right to read.
        found = list(bulk.read_all(self._client, self._table, wanted))
        return door_of(found[0]) if found else None

    @override
    def keep(self, path_key: str, door: PosDoor) -> None:
        values = {"account": door.account, "kind": door.kind.value}
        with our_errors():
            item = new_item(keys.key(keys.POS_DOORS, digest_of(path_key)), values)
            self._client.put_item(TableName=self._table, Item=item)


def door_of(item: Item) -> PosDoor | None:
    """Return the door that a row is; None of a kind that this release does not know."""
    values = from_item(item)
    try:
        return PosDoor(PosAccountKey(values["account"]), PosKind(values["kind"]))
    except ValueError:
        return None
