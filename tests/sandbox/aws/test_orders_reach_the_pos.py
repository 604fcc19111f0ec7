"""The shipped function `orders`, with the rights of its role, tells the sandbox POS: a signal, a wake of its
own, and the event of a person's booking."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox.aws.build import build
from sandbox.aws.deploy import deploy
from sandbox.aws.outputs import StackOutputs
from sandbox.aws.server import LocalAws, start_aws
from sandbox.pos.bus import BusPublisher
from sandbox.pos.publisher import Entry, Publisher
from sandbox.pos.server import PosServer
from tests.booking_world import FIRST, MUG, BookingWorld, Tables
from tests.builders import a_connection, a_pos_account
from tests.knife.booking import a_shop, sold
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.entry import LaneState

DEMO = StoreId("demo")
PATIENCE_S = 60.0


@dataclass
class OnAws:
    """A shop of which everything but the drain runs on the local AWS."""

    shop: BookingWorld
    server: PosServer
    signals: SqsSignals

    def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is so."""
        ends = time.monotonic() + PATIENCE_S
        while not done():
            assert time.monotonic() < ends, (self.shop.rows, self.shop.entry())
            time.sleep(0.2)  # another process works


class Bus:
    """Puts what the sandbox POS sends on the bus of the stack, once there is one."""

    def __init__(self) -> None:
        self.real: Publisher | None = None

    def publish(self, entries: list[Entry]) -> None:
        if self.real is not None:
            self.real.publish(entries)


@pytest.fixture
def on_aws() -> Iterator[OnAws]:
    bus = Bus()
    with start_aws() as aws, PosServer(publisher=bus, store_ids=(DEMO,)) as server:
        outputs = deploy(aws, build())
        yield _shop(aws, outputs, server, bus)


def _shop(aws: LocalAws, outputs: StackOutputs, server: PosServer, bus: Bus) -> OnAws:
    def client(service: str) -> Any:
        return aws.session().client(service, endpoint_url=aws.endpoint_url)  # type: ignore[call-overload]  # any of them

    dynamodb = client("dynamodb")
    settings = Settings(web_orders=WebOrderMode.POS, web_outlet="o-main")
    account = a_pos_account(DEMO, address=server.base_url)
    connection = a_connection(DEMO, settings=settings, pos_account=account)
    DynamoStores(dynamodb, outputs.stores_table).save_connection(connection)
    token = json.dumps({"access_token": server.token})
    name = f"{outputs.secret_prefix}/pos/{account.key}"
    client("secretsmanager").create_secret(Name=name, SecretString=token)
    bus.real = BusPublisher(client("events"), outputs.bus_name)
    tables = Tables(
        DynamoPending(dynamodb, outputs.pending_table),
        DynamoOrderBook(dynamodb, outputs.orders_table, SystemClock()),
    )
    shop = a_shop(server, tables, store=DEMO)
    shop.clock.now = SystemClock().now_ms()
    signals = SqsSignals(client("sqs"), outputs.orders_queue_url, outputs.wakes_queue_url, "orders")
    return OnAws(shop, server, signals)


@pytest.mark.timeout(240)
def test_the_pos_is_told_by_the_shipped_function(on_aws: OnAws) -> None:
    shop, server = on_aws.shop, on_aws.server
    shop.order(2)
    on_aws.signals.signal(DEMO)
    on_aws.until(lambda: shop.state() is LaneState.BOOKED and not shop.rows)
    assert sold(server, MUG) == 2
    shop.order(3)
    on_aws.signals.wake(DEMO, 0)
    on_aws.until(lambda: shop.entry().answered == 2)
    server.cloud.set_booking(mode="by_person")
    shop.order(5)
    on_aws.signals.signal(DEMO)
    on_aws.until(lambda: shop.state() is LaneState.RECEIVED)
    server.cloud.book_web_orders()
    on_aws.until(lambda: shop.state() is LaneState.BOOKED)
    assert sold(server, MUG) == 5
    assert shop.entry(FIRST).accounts[0].asked is None
