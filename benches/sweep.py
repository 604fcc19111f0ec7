"""One sweep of 10,000 stores on tables and queues of the local AWS: idle, and with rows in five
hundred of them. Prints the requests by kind, and seconds. Usage: sweep.py [STORES]"""

import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from benches.helpers.results import Figure, finish
from sandbox.aws.server import LocalAws, start_aws
from tests.builders import a_change, a_connection
from tests.fakes.canary_bus import FakeCanaryBus
from tests.fakes.removals import FakeLeftovers
from tests.fakes.stores import FakeStores
from tests.knife.tables import RealTables
from tillbridge.adapters.aws import CONFIG
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, new_item
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.pending_scan import DynamoPendingScan
from tillbridge.adapters.dynamodb.removals import DynamoRemovals
from tillbridge.adapters.dynamodb.store_items import connection_values
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.domain.backlog import Swept
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.usecases.delete_leftovers import LeftoverDeps
from tillbridge.usecases.sweep import SweepDeps, sweep

ALL_STORES = 10_000
STORES = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_STORES
AT_WORK = STORES // 20
ROWS_OF_EACH = 4
EVERY_S = 270.0
"""The timeout of the function."""

IDLE_REQUESTS = STORES // 100 + 20
"""A hundred connections a request; the list, the segments of the pending rows and the place."""

WORK_REQUESTS = AT_WORK // 10 + AT_WORK
"""Beside those: ten signals a request, and the figures of each store whose figures changed."""


@dataclass(frozen=True)
class Tables:
    """The local AWS, and the names of two tables there."""

    aws: LocalAws
    pending: str
    stores: str

    def client(self, service: str) -> Any:
        """Return a new client."""
        session = self.aws.session()
        return session.client(service, endpoint_url=self.aws.endpoint_url, config=CONFIG)  # type: ignore[call-overload]  # any service


@dataclass
class Case:
    """What a sweep cost."""

    swept: Swept
    requests: Counter[str]
    seconds: float

    def says(self, title: str) -> str:
        """Return one line."""
        kinds = ", ".join(f"{count} {name}" for name, count in sorted(self.requests.items()))
        return (
            f"{title}: {self.requests.total()} requests ({kinds}), {self.seconds:.1f} s, "
            f"{self.swept.signalled} stores signalled, {self.swept.rows} rows"
        )


def main() -> int:
    """Print a line for each case. Return 0 when none needs more requests than it may."""
    with start_aws() as aws:
        tables = _tables(aws)
        _connect(tables)
        fifo = {"FifoQueue": "true"}
        url = tables.client("sqs").create_queue(QueueName="work.fifo", Attributes=fifo)["QueueUrl"]
        idle = _sweep(tables, url)
        print(idle.says(f"{STORES:,} idle stores"))
        _mark(tables)
        busy = _sweep(tables, url)
        print(busy.says(f"{AT_WORK} of them with rows"))
        again = _sweep(tables, url)
        print(again.says("the same five minutes later"))
    assert (idle.swept.signalled, busy.swept.signalled) == (0, AT_WORK)
    longest = max(case.seconds for case in (idle, busy, again))
    figures = [
        Figure("requests, all stores idle", idle.requests.total(), IDLE_REQUESTS),
        Figure("requests, one of 20 at work", busy.requests.total(), IDLE_REQUESTS + WORK_REQUESTS),
        Figure("requests, the same again", again.requests.total(), IDLE_REQUESTS + AT_WORK // 10),
        Figure("the longest sweep", longest, EVERY_S, "s"),
    ]
    return finish("sweep", figures, whole=STORES >= ALL_STORES)


def _names() -> list[StoreId]:
    return [StoreId(f"store-{number:05d}") for number in range(STORES)]


def _tables(aws: LocalAws) -> Tables:
    client = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url, config=CONFIG)
    made = RealTables(client)
    made.world()
    return Tables(aws, made.newest["PendingTable"], made.newest["StoresTable"])


def _connect(tables: Tables) -> None:
    items: list[Item] = []
    for name in _names():
        items.append(new_item(keys.key(keys.CONNECTED, name), {}))
        values = connection_values(a_connection(name))
        items.append(new_item(keys.key(name, keys.CONNECTION), values))
    bulk.write_all(tables.client("dynamodb"), tables.stores, items)


def _mark(tables: Tables) -> None:
    DynamoPending(tables.client("dynamodb"), tables.pending).mark(
        a_change(store=name, lane=lane, product=PosProductId(f"p-{number}"))
        for name in _names()[:: STORES // AT_WORK]
        for number, lane in enumerate([Lane.STOCK, Lane.CONTENT] * (ROWS_OF_EACH // 2))
    )


def _sweep(tables: Tables, queue: str) -> Case:
    counted: Counter[str] = Counter()
    dynamodb, sqs = tables.client("dynamodb"), tables.client("sqs")
    for client in (dynamodb, sqs):
        client.meta.events.register("before-send", _counter(counted))
    deps = SweepDeps(
        pending=DynamoPendingScan(dynamodb, tables.pending),
        stores=DynamoStoreList(dynamodb, tables.stores),
        signals=SqsSignals(sqs, queue, queue),
        order_signals=SqsSignals(sqs, queue, queue, "orders"),
        clock=SystemClock(),
        canaries=FakeCanaryBus(),
        leftovers=LeftoverDeps(
            DynamoRemovals(dynamodb, tables.stores, tables.stores),
            FakeLeftovers(FakeStores()),
            DynamoStoreList(dynamodb, tables.stores),
            SystemClock(),
        ),
    )
    began = time.monotonic()
    swept = sweep(deps)
    return Case(swept, counted, time.monotonic() - began)


def _counter(counted: Counter[str]) -> Any:
    def count(request: Any, **_: Any) -> None:
        target = request.headers.get("X-Amz-Target", b"?")
        name = target.decode() if isinstance(target, bytes) else str(target)
        counted[name.rpartition(".")[2]] += 1

    return count


if __name__ == "__main__":
    sys.exit(main())
