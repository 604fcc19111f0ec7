"""Sixteen importers at once, on real tables and one POS: each SKU is issued once, each department
made once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from sandbox.pos.publisher import ListPublisher
from sandbox.pos.server import PosServer
from tests.builders import a_connection, a_pos_account, a_web_product
from tests.contract.ports.conftest import MakeTable
from tests.fakes.clock import FakeClock
from tests.fakes.history import FakeHistory
from tests.fakes.import_queue import FakeImportQueue
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.read_model import FakeReadModel
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import Ask, BatchMessage
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_catalogue import Page
from tillbridge.usecases.import_products.import_message import import_message
from tillbridge.usecases.import_products.session import ImportDeps, Warm

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

IMPORTERS = 16
EACH = 200
A_MESSAGE = 25


class _NothingToRead:
    """Refuses every read: the messages carry what was read."""

    def page(self, ask: Ask, after: int) -> Page:
        raise AssertionError(f"{ask} was read again after {after}")


@pytest.mark.timeout(240)
def test_sixteen_importers_of_200_products_issue_3200_skus_and_double_no_department(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    counters, links = make_table("CountersTable"), make_table("LinksTable")
    stores, pending = make_table("StoresTable"), make_table("PendingTable")
    clock = SystemClock()
    names = [StoreId(f"store-{number}") for number in range(IMPORTERS)]
    with PosServer(publisher=ListPublisher(), store_ids=tuple(names)) as pos:

        def open_pos(connection: Connection, deadline_ms: int) -> PosCloudCatalogue:
            calls = PosCalls(
                connection.pos_account.address,
                lambda _: pos.token,
                clock,
                deadline_ms,
                new_http_session(),
            )
            return PosCloudCatalogue(calls)

        def run(store: StoreId) -> None:
            shared = a_pos_account("one", address=pos.base_url)
            connection = a_connection(store, pos_account=shared, store_hash=f"hash-{store}")
            deps = ImportDeps(
                links=DynamoLinks(dynamodb, links),
                imports=DynamoImports(dynamodb, counters, stores, clock),
                counters=DynamoCounters(dynamodb, counters),
                link_requests=FakeLinkRequests(),
                stores=FakeStores([connection]),
                pending=DynamoPending(dynamodb, pending),
                signals=FakeSignals(),
                queue=(queue := FakeImportQueue()),
                read_model=FakeReadModel(),
                history=FakeHistory(),
                clock=clock,
                open_store=lambda *_: _NothingToRead(),
                open_pos=open_pos,
                warm=Warm(),
            )
            for first in range(0, EACH, A_MESSAGE):
                queue.put(BatchMessage("r", store, _products(store, first)))
            while queue.waiting or queue.delayed:
                queue.time_passes()
                import_message(queue.waiting.popleft(), deps)

        with ThreadPoolExecutor(IMPORTERS) as pool:
            list(pool.map(run, names))

        made = pos.cloud.catalogue.live()
        assert len(made) == IMPORTERS * EACH
        skus = [product.sku for product in made]
        assert len(set(skus)) == IMPORTERS * EACH
        departments = [named.name for named in pos.cloud.catalogue.departments.since(0)]
        assert sorted(departments) == sorted(f"Department {n}" for n in range(10))
        assert [v.name for v in pos.cloud.catalogue.vendors.since(0)] == ["No Vendor"]
        remembered = DynamoImports(dynamodb, counters, stores, FakeClock())
        for store in names:
            kinds = [each.kind for each in remembered.outcomes(store, "r")]
            assert kinds == ["imported"] * EACH


def _products(store: str, first: int) -> tuple[WebProduct, ...]:
    return tuple(
        a_web_product(
            1 + number,
            f"{store} lamp {number}",
            sku=f"{store}-{number}",
            price=Decimal(10),
            category=f"Department {number % 10}",
        )
        for number in range(first, first + A_MESSAGE)
    )
