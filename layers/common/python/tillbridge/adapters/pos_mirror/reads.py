"""What pushes, imports and reconcile read of the mirror, in DynamoDB."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.pos_mirror import keys
from tillbridge.adapters.pos_mirror.items import (
    kept_of,
    name_in_index,
    product_of,
    state_of,
    version_of,
)
from tillbridge.domain.errors import PosDown, SavedByNewer
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.domain.polling import PollState, usable
from tillbridge.domain.product import Product
from tillbridge.ports.pos import BATCH
from tillbridge.ports.pos_mirror import MirrorPage, MirrorReads

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoMirrorReads(MirrorReads):
    """Every read is strongly consistent: an event may overtake nothing that was written before it."""

    def __init__(self, client: "DynamoDBClient", table: str, epoch: int = 0) -> None:
        """`epoch`: that of the account whose products are read."""
        self._client = client
        self._table = table
        self._epoch = epoch

    @override
    def products(
        self, account: PosAccountKey, ids: Sequence[PosProductId]
    ) -> Mapping[PosProductId, Product]:
        """Return them with one request, which reads the account's state too; the 100th needs a second, because
        DynamoDB takes 100 keys. Raise ValueError for more."""
        if len(ids) > BATCH:
            raise ValueError(f"{len(ids)} ids; a read takes {BATCH}")
        if not ids:
            return {}
        asked = [keys.state(account), *(keys.family(account, each) for each in ids)]
        items = list(bulk.read_all(self._client, self._table, asked))
        states = [item for item in items if item["sk"]["S"] == keys.STATE]
        state = self._usable(states[0] if states else None)
        families = (kept_of(item) for item in items if item["sk"]["S"] != keys.STATE)
        found = (product_of(kept, state) for kept in families)
        return {product.id: product for product in found}

    @override
    def changed(self, account: PosAccountKey, since: int, most: int) -> MirrorPage:
        # Before the index: all that was told by then had been written.
        state = self._usable(self._state(account))
        found: list[Product] = []
        more = True
        while more and len(found) < most:
            rows, more = self._above(account, since, most - len(found))
            if not rows:
                break
            since = version_of(rows[-1])
            families = self.read(account, [keys.product_of(row["sk"]["S"]) for row in rows])
            page = [self._product_at(families, row, state) for row in rows]
            # What was written again meanwhile comes at its new version.
            found += [product for product in page if product is not None]
            more = more or None in page
        return MirrorPage(tuple(found), state.emitted)

    @override
    def named(self, account: PosAccountKey, name: str) -> PosProductId | None:
        self._usable(self._state(account))
        wanted = name_in_index(name)
        if not wanted:
            return None
        found = self._query(keys.BY_NAME, "#name = :at", account, {"S": wanted}, "name", Limit=1)
        return next((keys.product_of(item["sk"]["S"]) for item in found["Items"]), None)

    @override
    def families_of(
        self, account: PosAccountKey, members: Collection[MemberId]
    ) -> Mapping[MemberId, PosProductId]:
        asked = [keys.member(account, each) for each in members]
        return {
            keys.member_of(item["sk"]["S"]): PosProductId(item["family"]["S"])
            for item in bulk.read_all(self._client, self._table, asked)
        }

    @override
    def read(
        self, account: PosAccountKey, ids: Collection[PosProductId]
    ) -> Mapping[PosProductId, KeptFamily]:
        asked = [keys.family(account, each) for each in ids]
        found = map(kept_of, bulk.read_all(self._client, self._table, asked))
        return {kept.family.id: kept for kept in found}

    def _state(self, account: PosAccountKey) -> Item | None:
        with our_errors():
            answer = self._client.get_item(
                TableName=self._table, Key=keys.state(account), ConsistentRead=True
            )
        return answer.get("Item")

    def _above(
        self, account: PosAccountKey, version: int, most: int
    ) -> tuple[Sequence[Item], bool]:
        """Return the next rows of the index by version, and whether more may follow."""
        answer = self._query(
            keys.BY_VERSION, "#version > :at", account, {"N": str(version)}, "version", Limit=most
        )
        return answer["Items"], "LastEvaluatedKey" in answer

    def _query(
        self,
        index: str,
        condition: str,
        account: PosAccountKey,
        at: Mapping[str, str],
        attribute: str,
        **more: Any,
    ) -> Any:
        with our_errors():
            return self._client.query(
                TableName=self._table,
                IndexName=index,
                KeyConditionExpression=f"pk = :pk AND {condition}",
                ExpressionAttributeNames={f"#{attribute}": attribute},
                ExpressionAttributeValues={":pk": {"S": account}, ":at": at},
                ConsistentRead=True,
                **more,
            )

    def _begins(self, account: PosAccountKey, begins: str, **more: Any) -> Iterator[Item]:
        """Yield the rows of an account whose sort keys begin so, a page in memory at a time."""
        return bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues={":pk": {"S": account}, ":sk": {"S": begins}},
            **more,
        )

    def _usable(self, item: Item | None) -> PollState:
        try:
            state = PollState() if item is None else state_of(item)
        except SavedByNewer as newer:
            raise PosDown(str(newer)) from newer
        return usable(state, self._epoch)

    @staticmethod
    def _product_at(
        families: Mapping[PosProductId, KeptFamily], row: Item, state: PollState
    ) -> Product | None:
        kept = families.get(keys.product_of(row["sk"]["S"]))
        if kept is None or kept.version != version_of(row):
            return None
        return product_of(kept, state)
