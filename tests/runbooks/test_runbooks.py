"""Six nights: an alarm rings by what its function wrote, somebody types what docs/operations.md says to type for it, the
trouble is gone, and the alarm falls silent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.bigcommerce.state.config import ALL_SCOPES, StoreConfig
from sandbox.pos.claim_check import MemoryObjects, claim_check
from sandbox.pos.clock import utc_now
from sandbox.pos.events import envelope
from sandbox.pos.faults import FaultPlan
from tests.builders import a_change, a_connection
from tests.runbooks.night import (
    MINUTE_MS,
    PRODUCTS,
    STORE,
    Night,
    a_night,
    as_json,
    forget_everything,
    to_type,
)
from tillbridge.adapters.dynamodb import keys
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane

pytestmark = pytest.mark.timeout(300)
"""The first test starts the world."""

HOUR_MS = 60 * MINUTE_MS


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    with (
        pytest.MonkeyPatch.context() as patch,
        a_night(patch, tmp_path_factory.mktemp("home")) as world,
    ):
        yield world


def test_a_token_was_revoked(night: Night, tmp_path: Path) -> None:
    night.web.make_token(StoreConfig().token, None)
    night.sells("p-1")
    night.until(lambda: night.state() is StoreState.NEEDS_ATTENTION, "the store needs attention")
    at_ms = night.sweeps()
    assert night.rings("AttentionAlarm", at_ms)

    night.web.make_token("a-new-token", ALL_SCOPES)
    token = tmp_path / "token.txt"
    token.write_text("a-new-token")
    listed, *_ = [night.types(line) for line in to_type("AttentionAlarm", FILE=str(token))]
    assert "needs_attention" in listed
    night.until_in_step("p-1")
    assert not night.rings("AttentionAlarm", night.sweeps(5))


def test_a_store_was_paused_and_forgotten(night: Night) -> None:
    night.types("tillbridge store pause --why holidays")
    night.sells("p-2")
    assert not night.rings("PausedAlarm", night.sweeps(23 * 60)), (
        "a pause of hours is nobody's business"
    )
    assert night.rings("PausedAlarm", night.sweeps(25 * 60))
    assert night.online("p-2") != night.in_the_shop("p-2")

    listed, status, *_ = [night.types(line) for line in to_type("PausedAlarm")]
    assert "holidays" in listed
    assert "Paused" in status
    night.until_in_step("p-2")
    assert not night.rings("PausedAlarm", night.sweeps(25 * 60 + 10))


def test_the_pos_was_down_for_an_hour(night: Night) -> None:
    night.pos.faults.set(FaultPlan(down=True))
    night.sells("p-3")
    night.until(lambda: bool(connection_of(night).failures), "push met the silent POS")
    times = [night.sweeps(minutes) for minutes in (20, 25, 30)]
    assert night.rings("OldestStockAlarm", times[-1])
    assert not night.rings("OldestContentAlarm", times[-1])
    assert not night.rings("AttentionAlarm", times[-1]), "nobody has to do anything"

    night.pos.faults.set(FaultPlan())
    for line in to_type("OldestStockAlarm"):
        night.types(line)
    night.until_in_step("p-3")
    night.until(lambda: not connection_of(night).failures, "the store is out of trouble")
    assert not night.rings("OldestStockAlarm", night.sweeps(35))


def connection_of(night: Night) -> Connection:
    there = night.target.stores.find(STORE)
    assert there is not None
    return there


def test_dead_letters_filled(night: Night) -> None:
    """The POS named a file of changes that it had not uploaded yet."""
    objects = MemoryObjects()
    told = claim_check(objects, "late.ndjson.gz", [{"product_id": "p-4", "version": 0}])
    bucket = night.target.outputs["claim_bucket_name"]
    data = told | {"dataref": f"s3://{bucket}/late.ndjson.gz"}
    imported = {
        "import_id": "i",
        "file_name": "f.csv",
        "rows": 1,
        "created": 0,
        "updated": 1,
        "failed": 0,
    }
    entry = envelope(
        "product.imported",
        STORE,
        data | {"import": imported},
        sequence=9_999,
        occurred_at=utc_now(),
    )
    night.world.events.publish([entry])
    clock_ms = night.sweeps()
    night.until(lambda: night.messages("PosEventsDlq") > 0, "intake puts it aside")
    night.counts_messages("PosEventsDlq", clock_ms)
    assert night.rings("PosEventsDlqAlarm", clock_ms)

    (letter,) = _letters(night)
    (body,) = objects.objects.values()
    night.target.client("s3").put_object(Bucket=bucket, Key="late.ndjson.gz", Body=body)
    for line in to_type("PosEventsDlqAlarm", ID=letter):
        night.types(line)
    night.until(lambda: night.messages("PosEventsQueue") == 0, "intake takes it again")
    assert night.messages("PosEventsDlq") == 0
    night.counts_messages("PosEventsDlq", clock_ms + MINUTE_MS)
    assert not night.rings("PosEventsDlqAlarm", clock_ms + MINUTE_MS)


def _letters(night: Night) -> list[str]:
    listed = as_json(night.types("tillbridge dead-letters --json"))
    return [each["id"] for each in listed["dead_letters"]]


def test_the_table_of_links_was_lost(night: Night) -> None:
    assert forget_everything(night.target, "links_table") >= PRODUCTS
    night.types("tillbridge reconcile --full")
    night.until(lambda: night.reads_log("reconcile") > 0, "the run tells its figures")
    assert night.rings("LinksLostAlarm", night.when("links_lost"))

    for line in to_type("LinksLostAlarm"):
        night.types(line)
    night.until(lambda: night.reads_log("reconcile") > 0, "the run tells its figures")
    night.sells("p-5")
    night.until_in_step("p-5")
    assert not night.rings("LinksLostAlarm", night.when("links_lost") + HOUR_MS - 1)


def test_a_release_was_taken_back(night: Night) -> None:
    """A row of a store that a later release wrote is refused for that store alone, in words."""
    market, there = StoreId("market"), connection_of(night)
    elsewhere = a_connection(market, api_url=there.api_url, pos_account=there.pos_account)
    night.target.stores.save_connection(elsewhere)
    night.target.pending.mark([a_change(store=market, product=PosProductId("p-0"))])
    _writes(night, market, shape=99, state="of tomorrow")
    night.sweeps()
    night.sells("p-0")
    night.until_in_step("p-0")
    night.until(lambda: night.reads_log("push") > 0 and "faults" in night.named(), "push tells it")
    assert night.rings("FaultsAlarm", night.when("faults"))
    assert _waits(night, market)

    listed, *_ = [night.types(line, store=STORE) for line in to_type("FaultsAlarm")]
    assert "market" in listed
    assert "demo" in listed
    _writes(night, market, shape=1, state="active")  # the later release is deployed again
    faults_ms = night.when("faults")
    night.types("tillbridge store resume", store=market)
    night.until(lambda: not _waits(night, market), "what waited is worked on")
    night.reads_log("push")
    assert night.when("faults") == faults_ms
    assert not night.rings("FaultsAlarm", faults_ms + 5 * MINUTE_MS)


def _waits(night: Night, store: StoreId) -> bool:
    return bool(night.target.pending.of(store, Lane.CONTENT, [PosProductId("p-0")]))


def _writes(night: Night, store: StoreId, shape: int, state: str) -> None:
    """Write what a later release would, or what this one does."""
    night.target.client("dynamodb").update_item(
        TableName=night.target.outputs["stores_table"],
        Key=keys.key(store, keys.CONNECTION),
        UpdateExpression="SET v = :v, #state = :state",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":v": {"N": str(shape)}, ":state": {"S": state}},
    )
