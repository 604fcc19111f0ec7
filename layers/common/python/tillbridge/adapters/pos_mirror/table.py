"""The mirror in DynamoDB."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import bulk, expressions, statements
from tillbridge.adapters.dynamodb.attributes import Item, is_newer, new_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.pos_mirror import keys, walks
from tillbridge.adapters.pos_mirror.items import (
    family_values,
    kept_of,
    state_of,
    state_values,
    told_of,
    version_of,
)
from tillbridge.adapters.pos_mirror.reads import DynamoMirrorReads
from tillbridge.domain.errors import Conflict
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.domain.polling import PollState, Reference
from tillbridge.ports.counters import Counters
from tillbridge.ports.pos_mirror import PosMirror

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

log = logging.getLogger(__name__)


class DynamoPosMirror(DynamoMirrorReads, PosMirror):
    """One item a family; minted versions come from a counter that never falls. `versions` counts by account
    (dynamodb.counters with keys.version_counter)."""

    def __init__(self, client: "DynamoDBClient", table: str, versions: Counters) -> None:
        super().__init__(client, table)
        self._versions = versions
        self._highest: dict[PosAccountKey, int] = {}

    @override
    def state(self, account: PosAccountKey) -> PollState:
        item = self._state(account)
        return PollState() if item is None else state_of(item)

    @override
    def keep_state(self, account: PosAccountKey, state: PollState) -> PollState:
        values = state_values(state)
        same = "#rev = :before" if state.rev else "attribute_not_exists(#rev)"
        try:
            with our_errors():
                self._client.put_item(
                    TableName=self._table,
                    Item=new_item(keys.state(account), values),
                    **expressions.conditional(same, {"before": state.rev}),
                )
        except ConditionFailed as refusal:
            # By its token a write that botocore repeats after a lost reply recognises itself.
            if (refusal.item or {}).get("rev") != {"S": values["rev"]}:
                raise
        return replace(state, rev=values["rev"])

    @override
    def put(self, account: PosAccountKey, changed: Sequence[KeptFamily]) -> Sequence[KeptFamily]:
        if not changed:
            return []
        minted = self._mint(account, len(changed))
        wanted = [
            self._write(account, kept, version)
            for kept, version in zip(changed, minted, strict=True)
        ]
        refused = statements.run(self._client, wanted)
        there = self._there(account, changed, refused)
        written, unchanged, races = [], [], []
        for kept, version, refusal in zip(changed, minted, refused, strict=True):
            item = there.get(kept.family.id)
            if refusal is None or (item and version_of(item) == version):
                written.append(replace(kept, version=version))
            elif item and is_newer(item):
                row = {"account": account, "product": kept.family.id}
                log.error("a family of a newer Tillbridge is left as it is", extra=row)
            elif item and version_of(item) == kept.version:
                unchanged.append(kept)
            else:
                races.append(kept.family.id)
        self._index(account, [*written, *unchanged])
        if races:
            raise Conflict(f"The mirror's row of {races[0]} changed before it could be written.")
        return [replace(kept, joining=frozenset()) for kept in written]

    @override
    def begin_above(self, account: PosAccountKey, version: int) -> None:
        self._versions.raise_to(account, version + 1)

    @override
    def untold(self, account: PosAccountKey, after: int, most: int) -> Sequence[Reference]:
        rows, more = self._above(account, after, most)
        while more and len(rows) < most:
            some, more = self._above(account, version_of(rows[-1]), most - len(rows))
            rows = [*rows, *some]
        return [
            Reference(keys.product_of(row["sk"]["S"]), version_of(row), told_of(row))
            for row in rows
        ]

    @override
    def newest(self, account: PosAccountKey) -> int:
        last = {"ScanIndexForward": False, "Limit": 1}
        answer = self._query(
            keys.BY_VERSION, "#version > :at", account, {"N": "0"}, "version", **last
        )
        return next((version_of(row) for row in answer["Items"]), 0)

    @override
    def note_seen(
        self, account: PosAccountKey, walk: int, page: int, members: Collection[MemberId]
    ) -> None:
        item = new_item(keys.note(account, walk, page), {"seen": walks.noted(members)})
        with our_errors():
            self._client.put_item(TableName=self._table, Item=item)

    @override
    def unseen(self, account: PosAccountKey, walk: int) -> Iterator[MemberId]:
        seen = walks.seen_in(self._begins(account, keys.notes(walk)))
        members = self._begins(account, keys.MEMBER)
        for some in walks.unseen_among(members, seen):
            families = self.read(account, frozenset(some.values()))
            for member, family in some.items():
                part = families[family].family.items.get(member) if family in families else None
                if part is not None and not part.deleted:
                    yield member

    @override
    def forget_walks(self, account: PosAccountKey, number: int) -> None:
        rows = self._begins(account, keys.NOTE, ProjectionExpression="pk, sk")
        old = (row for row in rows if row["sk"]["S"] < keys.notes(number + 1))
        bulk.delete_all(self._client, self._table, old)

    @override
    def families(
        self, account: PosAccountKey, after: PosProductId | None = None
    ) -> Iterator[KeptFamily]:
        behind = {} if after is None else {"ExclusiveStartKey": keys.family(account, after)}
        return map(kept_of, self._begins(account, keys.FAMILY, **behind))

    def _mint(self, account: PosAccountKey, count: int) -> range:
        """Return as many new versions. A counter that fell, because its table was restored and this one was not, is
        raised first: what is minted below the last told version would never be told."""
        highest = self._highest.get(account)
        if highest is None:
            highest = self.newest(account)
        minted = self._versions.take(account, count)
        if minted.start <= highest:
            self.begin_above(account, highest)
            minted = self._versions.take(account, count)
        self._highest[account] = minted[-1]
        return minted

    def _write(
        self, account: PosAccountKey, kept: KeptFamily, version: int
    ) -> statements.Statement:
        key = keys.family(account, kept.family.id)
        values, is_cut = family_values(kept, version)
        if not kept.version:
            return statements.insert(self._table, new_item(key, values))
        conditions = [("version", "=", kept.version), statements.NOT_NEWER]
        if is_cut:  # what is cut off is read anew with each walk, and then nothing is new
            conditions.append(("body", "<>", values["body"]))
        return statements.update(self._table, key, values, conditions)

    def _there(
        self,
        account: PosAccountKey,
        changed: Sequence[KeptFamily],
        refused: Sequence[statements.Refused | None],
    ) -> Mapping[PosProductId, Item]:
        """Return the rows that refused a write. One that was to be new does not say what it is: it may be this very
        write, which botocore repeated after a lost reply."""
        both = list(zip(changed, refused, strict=True))
        told = {kept.family.id: no.item for kept, no in both if no is not None and no.item}
        asked = [
            keys.family(account, kept.family.id)
            for kept, no in both
            if no is not None and no.is_there and not no.item
        ]
        read = bulk.read_all(self._client, self._table, asked, ["sk", "version", "v"])
        return told | {keys.product_of(item["sk"]["S"]): item for item in read}

    def _index(self, account: PosAccountKey, written: Sequence[KeptFamily]) -> None:
        """Give the joining members to their families: last, so that a kill leaves what a repeat finds unfinished."""
        rows = (
            new_item(keys.member(account, member), {"family": kept.family.id})
            for kept in written
            for member in sorted(kept.joining)
        )
        bulk.write_all(self._client, self._table, rows)
