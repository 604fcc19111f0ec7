"""What the ledger of slices promises, kept by the fake and by DynamoDB."""

from collections import Counter

import pytest

from tests.builders import STORE, a_slice
from tests.contract.ports.kept_stores import LIGHTHOUSE, KeptStores
from tillbridge.adapters.dynamodb.store_items import KEPT_SECONDS
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.lag_histogram import LagPath, histogram_of


def test_slices_come_back_whole_oldest_first_from_a_time_on(stores: KeptStores) -> None:
    full = a_slice(
        90_000,
        calls=Counter({"PUT /catalog/products": 3, "GET /catalog/products/{id}": 1}),
        throttled=1,
        created=2,
        updated=3,
        stocked=4,
        failed=5,
        lags={LagPath.STOCK: histogram_of([900, 1_200])},
    )
    for record in [full, a_slice(60_000), a_slice(90_001), a_slice(90_001), a_slice(1_000_000)]:
        stores.record_slice(STORE, record)
    stores.record_slice(LIGHTHOUSE, a_slice(95_000))

    kept = list(stores.slices(STORE, 90_000))

    assert kept == [full, a_slice(90_001), a_slice(90_001), a_slice(1_000_000)]


def test_a_kept_slice_no_longer_changes_with_the_one_it_was_made_of(stores: KeptStores) -> None:
    record = a_slice(calls=Counter({"GET /time": 1}))
    stores.record_slice(STORE, record)
    record.calls["GET /time"] = 9

    assert stores.slices(STORE, 0)[0].calls == {"GET /time": 1}


def test_a_slice_is_forgotten_by_dynamodb_after_thirty_days(request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    DynamoStores(client, table).record_slice(STORE, a_slice(ended_ms=1_795_262_400_123))

    (item,) = client.scan(TableName=table)["Items"]
    assert item["expires_at"] == {"N": str(1_795_262_400 + 30 * 24 * 3600)}
    assert KEPT_SECONDS == 30 * 24 * 3600
