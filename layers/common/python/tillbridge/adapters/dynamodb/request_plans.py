"""Plans of requests in the table of stores."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.dynamodb.plan_items import packed, unpacked
from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import ASKING_MS, KEPT_MS, RequestPlan
from tillbridge.ports.clock import Clock
from tillbridge.ports.request_plans import RequestPlans

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PART_BYTES = 350_000
"""DynamoDB takes 400 KB a row."""


class DynamoRequestPlans(RequestPlans):
    """A plan is one item; its ids, compressed, are in as many more as they need, and so is what of the plan itself
    exceeds an item. These are written first: a plan that can be read has all its parts."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    @override
    def keep(self, plan: RequestPlan, ids: Sequence[str]) -> None:
        kept = _pieces(zlib.compress(json.dumps(list(ids), ensure_ascii=False).encode()))
        told, *more = _pieces(packed(plan))
        expires = {"expires_at": (plan.made_ms + KEPT_MS) // 1_000}
        parts = [
            new_item(
                keys.key(plan.store, keys.plan_part(plan.id, place)), {"piece": piece, **expires}
            )
            for place, piece in enumerate([*kept, *more])
        ]
        bulk.write_all(self._client, self._table, parts)
        head = {
            "plan": told,
            "made_ms": plan.made_ms,
            "parts": len(kept),
            "more": len(more),
            **expires,
        }
        with our_errors():
            self._client.put_item(
                TableName=self._table, Item=new_item(_key(plan.store, plan.id), head)
            )

    @override
    def get(self, store: StoreId, plan: str) -> RequestPlan | None:
        values = self._head(store, plan)
        if values is None:
            return None
        behind = range(values["parts"], values["parts"] + values["more"])
        kept = unpacked(bytes(values["plan"]) + self._read(store, plan, behind))
        return replace(kept, job=values.get("job", ""), asked=values.get("asked", False))

    @override
    def ids(self, store: StoreId, plan: str) -> Iterator[str]:
        values = self._head(store, plan)
        if values is None:
            return
        yield from json.loads(zlib.decompress(self._read(store, plan, range(values["parts"]))))

    @override
    def carry_out(self, store: StoreId, plan: str, job: str, now_ms: int) -> bool:
        values = {"job": job, "begun_ms": now_ms}
        condition = (
            "attribute_exists(#pk) AND attribute_not_exists(#asked)"
            " AND (attribute_not_exists(#begun_ms) OR #begun_ms <= :died)"
        )
        known = {**values, "died": now_ms - ASKING_MS}
        return self._set(store, plan, values, known, condition)

    @override
    def let_go(self, store: StoreId, plan: str) -> None:
        condition = "attribute_exists(#pk) AND attribute_not_exists(#asked)"
        self._set(store, plan, {"begun_ms": 0}, {"begun_ms": 0}, condition)

    @override
    def asked(self, store: StoreId, plan: str) -> None:
        self._set(store, plan, {"asked": True}, {"asked": True}, "attribute_exists(#pk)")

    def _set(
        self, store: StoreId, plan: str, values: Any, known: dict[str, Any], condition: str
    ) -> bool:
        try:
            with our_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key=_key(store, plan),
                    **expressions.update(expressions.put(values), known, condition),
                )
        except ConditionFailed:
            return False
        return True

    def _read(self, store: StoreId, plan: str, places: Iterable[int]) -> bytes:
        asked = [keys.key(store, keys.plan_part(plan, place)) for place in places]
        rows = map(from_item, bulk.read_all(self._client, self._table, asked))
        pieces = {row["sk"]: bytes(row["piece"]) for row in rows}
        return b"".join(pieces[sk] for sk in sorted(pieces))

    def _head(self, store: StoreId, plan: str) -> dict[str, Any] | None:
        found = list(bulk.read_all(self._client, self._table, [_key(store, plan)]))
        values = from_item(found[0]) if found else None
        # DynamoDB deletes late: a row whose time is over counts as gone.
        if values is None or values["made_ms"] + KEPT_MS <= self._clock.now_ms():
            return None
        return values


def _key(store: StoreId, plan: str) -> keys.Key:
    return keys.key(store, f"{keys.PLAN}{plan}")


def _pieces(compressed: bytes) -> list[bytes]:
    """Return what is compressed in pieces that fit a row."""
    begins = range(0, len(compressed), PART_BYTES)
    return [compressed[begin : begin + PART_BYTES] for begin in begins]
