"""Marks of pending rows: the writes that make a row or change it, whoever else marks it meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, expressions, keys, statements
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item, refuse_newer
from tillbridge.adapters.dynamodb.errors import ConditionFailed, busy_words, our_errors
from tillbridge.domain.errors import RetryLater, SavedByNewer
from tillbridge.domain.history.packing import event_values
from tillbridge.domain.history.product_line import Because, because_first, joined
from tillbridge.domain.pending import Change, arrived_ms

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_RACES = 20
_FEW = 3
"""So many marks are a write each, of rows that are there or not. A statement must know which: where it
guesses wrong it is a write for nothing, and a sale after the other marks rows that are there."""

_TRIED_ANEW = {"attempts": 0, "not_before_ms": 0, "done_version": -1}


@dataclass(frozen=True, slots=True)
class Mark:
    """What one or several changes say of one row."""

    key: keys.Key
    version: int
    order: int
    queued_ms: int
    marked_ms: int
    force: bool
    manual: bool
    because: Because | None = None
    job_key: str = ""
    plan: str = ""

    def with_next(self, later: "Mark") -> "Mark":
        """Return what both say, the later one second: its time, and the first's place."""
        return replace(
            self,
            version=max(self.version, later.version),
            marked_ms=later.marked_ms,
            force=self.force or later.force,
            manual=self.manual or later.manual,
            because=joined(self.because, later.because),
            job_key=later.job_key or self.job_key,
            plan=later.plan if later.job_key else self.plan,
        )

    @property
    def news(self) -> dict[str, Any]:
        """What it changes of a row that is there, but for the version."""
        return {
            "rev": uuid4().hex,
            "marked_ms": self.marked_ms,
            **({"force": True, **_TRIED_ANEW} if self.force else {}),
            **({"manual": True} if self.manual else {}),
            **({"last": event_values(self.because.last)} if self.because else {}),
            # A later request has a plan of its own, or none.
            **({"job_key": self.job_key, "plan": self.plan} if self.job_key else {}),
        }

    @property
    def first(self) -> dict[str, Any]:
        """What only the first mark of a row says, and the first that an event made."""
        why = {"first": event_values(self.because.first)} if self.because else {}
        return {"order": self.order, "queued_ms": self.queued_ms, **why}

    @property
    def events(self) -> dict[str, int]:
        """How many events it stands for."""
        return {"events": self.because.events} if self.because else {}


def marks(changes: Iterable[Change]) -> list[Mark]:
    """Return one mark a row."""
    found: dict[tuple[str, str], Mark] = {}
    for change in changes:
        mark = Mark(
            key=keys.pending(change.store, change.lane, change.product),
            version=change.version,
            order=change.order,
            queued_ms=change.queued_ms,
            marked_ms=arrived_ms(change.order),
            force=change.force,
            manual=change.manual,
            because=because_first(change.seen),
            job_key=keys.of_job(change.store, change.job) if change.job else "",
            plan=change.plan if change.job else "",
        )
        row = (mark.key["pk"]["S"], mark.key["sk"]["S"])
        found[row] = found[row].with_next(mark) if row in found else mark
    return list(found.values())


def write(client: "DynamoDBClient", table: str, todo: Sequence[Mark]) -> None:
    """Write marks. Raise RetryLater, or SavedByNewer when all others are written."""
    if len(todo) <= _FEW:
        bulk.in_parallel(lambda mark: _one(client, table, mark), todo)
    else:
        _many(client, table, todo)


def _one(client: "DynamoDBClient", table: str, mark: Mark) -> None:
    # Written without a read, so that a thousand sales of one product do not wait for one another. Such
    # a write cannot know whether the row has a newer version: then the condition fails.
    news, newest = mark.news, True
    for _ in range(_RACES):
        if newest:
            sets = expressions.put([*news, "version"])
            condition = "attribute_not_exists(#version) OR #version <= :version"
        else:
            sets, condition = expressions.put(news), "attribute_exists(#version)"
        values = {**news, **mark.first, **mark.events, "version": mark.version}
        kept = expressions.keep(mark.first)
        arguments = expressions.update([*sets, *kept], values, condition, adds=mark.events)
        try:
            with our_errors():
                client.update_item(TableName=table, Key=mark.key, **arguments)
        except ConditionFailed as refusal:
            newest = _is_newest(mark, refusal.item)
        else:
            return
    raise RetryLater(busy_words())


def _many(client: "DynamoDBClient", table: str, todo: Sequence[Mark]) -> None:
    # A statement either makes a row or changes one. Most rows are new; where one is there, or is gone
    # again, its refusal says so, and the other statement goes.
    left = [(mark, _new(table, mark)) for mark in todo]
    newer: SavedByNewer | None = None
    for _ in range(_RACES):
        outcomes = statements.run(client, [statement for _, statement in left])
        tried, left = left, []
        for (mark, _), refused in zip(tried, outcomes, strict=True):
            if refused is None:
                continue
            try:
                left.append((mark, _after(table, mark, refused)))
            except SavedByNewer as row:
                newer = newer or row
        if not left:
            break
    else:
        raise RetryLater(busy_words())
    if newer is not None:
        raise newer


def _after(table: str, mark: Mark, refused: statements.Refused) -> statements.Statement:
    if refused.is_there:
        return _change(table, mark, newest=True, known=[statements.NOT_NEWER])
    if refused.item is None:
        return _new(table, mark)
    refuse_newer(refused.item)
    return _change(table, mark, newest=_is_newest(mark, refused.item))


def _new(table: str, mark: Mark) -> statements.Statement:
    values = {**mark.first, **mark.news, **mark.events, "version": mark.version}
    return statements.insert(table, new_item(mark.key, values))


def _change(
    table: str, mark: Mark, *, newest: bool, known: Sequence[statements.Condition] = ()
) -> statements.Statement:
    """Return the change of a row. `known`: what is not known of it yet, and has to hold."""
    if not newest:
        return statements.update(table, mark.key, mark.news, known)
    values = {**mark.news, "version": mark.version}
    return statements.update(table, mark.key, values, [*known, ("version", "<=", mark.version)])


def _is_newest(mark: Mark, item: Item | None) -> bool:
    return item is None or mark.version >= int(from_item(item)["version"])
