"""A mirror on real tables, and clients that stand before one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.keys import version_counter
from tillbridge.adapters.pos_mirror.table import DynamoPosMirror

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class MirrorTables:
    """The tables of one mirror."""

    def __init__(self, client: "DynamoDBClient", make_table: MakeTable) -> None:
        self.client = client
        self.mirror, self.counters = make_table("PosMirrorTable"), make_table("CountersTable")

    def open(
        self, before: Callable[[Any], Any] = lambda client: client, counters: str = ""
    ) -> DynamoPosMirror:
        """Return the mirror, with what stands before its client; its versions may come from another table."""
        client = cast("DynamoDBClient", before(self.client))
        versions = DynamoCounters(client, counters or self.counters, version_counter, first=1)
        return DynamoPosMirror(client, self.mirror, versions)


class Killed(Exception):
    """The process died here."""


class DiesAt:
    """A client that makes so many calls and then no more; the last one reaches DynamoDB if `done`."""

    def __init__(self, client: Any, calls: int, *, done: bool) -> None:
        self._client, self._left, self._done = client, calls, done
        self.meta = client.meta

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name == "get_paginator":
            return real
        return lambda **arguments: self._call(real, arguments)

    def _call(self, real: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        self._left -= 1
        if self._left > 0:
            return real(**arguments)
        if self._left == 0 and self._done:
            real(**arguments)
        raise Killed


class Meanwhile:
    """A client before whose first call of a kind something else happens, once; or that makes it twice, as
    botocore does after a lost reply."""

    def __init__(self, client: Any, call: str, happens: Callable[[], object] | None = None) -> None:
        self._client, self._name, self._happens = client, call, happens
        self._over = False

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name != self._name or self._over:
            return real

        def call(**arguments: Any) -> Any:
            self._over = True
            if self._happens is None:
                real(**arguments)
            else:
                self._happens()
            return real(**arguments)

        return call


@pytest.fixture
def tables(dynamodb: "DynamoDBClient", make_table: MakeTable) -> MirrorTables:
    return MirrorTables(dynamodb, make_table)
