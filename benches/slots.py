"""How long a sale in a quiet store waits while twenty others import, and when every slot is taken.

The queue is a real FIFO queue of the local AWS with a message group for each store. As many threads as the
template's PushConcurrency take one message each, as Lambda does, and work for one slice; more than the stores
that can want one are left out. Every busy store has bulk work for longer than the bench lasts, and answers
slowly, as a store does whose quota is spent.
Usage: slots.py [BUSY STORES [SLOTS]]; `slots.py 20 20` is the case in which every slot is taken."""

import json
import logging
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from botocore.config import Config

from benches.helpers.numbers import p95
from benches.helpers.results import Figure, finish
from benches.helpers.town import Town, sold
from sandbox.aws.package import load_template
from sandbox.aws.server import start_aws
from tests.builders import a_product
from tests.fakes.scripting import Called
from tests.knife.tables import RealTables
from tillbridge.adapters.aws import CONFIG
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.domain.errors import OutOfTime
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.store_work import work_on_store

TEMPLATE = load_template(Path(__file__).parents[1] / "template.yaml")
ALL_BUSY, AT_ONCE = 20, 5
SHIPPED = int(TEMPLATE["Parameters"]["PushConcurrency"]["Default"])
BUSY = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_BUSY
SLOTS = int(sys.argv[2]) if len(sys.argv) > 2 else min(SHIPPED, BUSY + AT_ONCE)
"""No more than AT_ONCE of the sales want a slot in the same moment."""

ROWS, SALES = 400, 30
ANSWERS_S = 8.0
"""Three calls of ten products in this time: a minute's slice needs 225 rows."""

SALES_WITHIN_S, LONGEST_S = 60.0, 90.0
MOST_S = 2.0


class Queue:
    """The queue of store work, and what takes its messages."""

    def __init__(self, client: Any) -> None:
        self.client = client
        fifo = {"FifoQueue": "true", "VisibilityTimeout": "130"}
        self.url = client.create_queue(QueueName="work.fifo", Attributes=fifo)["QueueUrl"]
        wakes = client.create_queue(QueueName="wakes")["QueueUrl"]
        self.signals = SqsSignals(client, self.url, wakes)
        self.over = threading.Event()

    @contextmanager
    def taken_by(self, slots: int, town: Town) -> Iterator[None]:
        """Let `slots` threads work on what the messages name, until the block ends."""
        threads = [threading.Thread(target=self._slot, args=(town,)) for _ in range(slots)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def _slot(self, town: Town) -> None:
        while not self.over.is_set():
            got = self.client.receive_message(
                QueueUrl=self.url, MaxNumberOfMessages=1, WaitTimeSeconds=1
            )
            for message in got.get("Messages", []):
                work_on_store(StoreId(json.loads(message["Body"])["store_id"]), town.deps)
                self.client.delete_message(
                    QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"]
                )


def main() -> int:
    """Keep the busy stores busy, sell in others, and print what the sales waited. Return 0 when 95 of a hundred
    waited no longer than MOST_S."""
    logging.disable()
    with start_aws() as aws:
        config = CONFIG.merge(Config(max_pool_connections=SLOTS * 12))
        clients = [
            aws.session().client(name, endpoint_url=aws.endpoint_url, config=config)
            for name in ("dynamodb", "sqs")
        ]
        town, queue = Town(RealTables(clients[0]), BUSY + SALES), Queue(clients[1])
        town.deps = replace(town.deps, signals=queue.signals)
        busy, quiet = town.names[:BUSY], town.names[BUSY:]
        for store in busy:
            town.fill(store, ROWS, ROWS)
            town.webs[store].script.latency = ANSWERS_S
            town.webs[store].script.begins = partial(_stops, queue)
        for store in quiet:
            town.link(store, a_product(version=1))
        with queue.taken_by(SLOTS, town):
            for store in busy:
                queue.signals.signal(store)
            waits = _sell(town, queue, quiet)
        idle = sum(1 for store in busy if not town.webs[store].log)
    gone = [each for each in waits if each < LONGEST_S]
    print(
        f"{BUSY} busy stores, {SLOTS} slots, {SALES} sales: p50 {median(waits):.2f} s, p95 {p95(waits):.2f} s, "
        f"worst {max(waits):.2f} s"
    )
    figures = [
        Figure(f"a sale beside {BUSY} busy stores, p95", p95(waits), MOST_S, "s"),
        Figure("sales that never went, or busy stores that were idle", SALES - len(gone) + idle, 0),
    ]
    return finish("slots", figures, whole=len(sys.argv) == 1)


def _stops(queue: Queue, _: Called) -> None:
    if queue.over.is_set():
        raise OutOfTime("the bench is over")


def _sell(town: Town, queue: Queue, stores: list[StoreId]) -> list[float]:
    """Sell once in each store, at random times, and return what each sale waited (s)."""
    went: dict[StoreId, float] = {}
    for store in stores:
        town.webs[store].script.begins = partial(_notes, went, store)
    dice = random.Random(7)
    began, sold_at = time.monotonic(), dict[StoreId, float]()
    for store, at in zip(
        stores, sorted(dice.uniform(5, SALES_WITHIN_S) for _ in stores), strict=True
    ):
        time.sleep(max(0.0, began + at - time.monotonic()))  # sales come at random times
        sold_at[store] = time.monotonic()
        town.sell(store, sold(2))
        queue.signals.signal(store)
    while len(went) < len(stores) and time.monotonic() < began + SALES_WITHIN_S + LONGEST_S:
        time.sleep(0.05)  # the slots tell nobody when they are done
    return [went.get(store, at + LONGEST_S) - at for store, at in sold_at.items()]


def _notes(went: dict[StoreId, float], store: StoreId, called: Called) -> None:
    if called.method == "set_stock":
        went.setdefault(store, time.monotonic())


if __name__ == "__main__":
    sys.exit(main())
