"""What is promised of removed stores: they count as not connected, come back whole, and in the end nothing is left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import STORE, a_connection, a_link, a_pos_account, a_product
from tests.contract.ports.kept_stores import KeptStores, a_full_connection
from tests.fakes.clock import FakeClock
from tests.fakes.removals import FakeRemovals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.knife.tables import RealTables
from tests.local_tables import MakeTable, items_in
from tests.mirrored import an_item
from tests.world import World
from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import new_item
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.adapters.dynamodb.leftovers import DynamoLeftovers, TableNames
from tillbridge.adapters.dynamodb.polled_accounts import DynamoPolledAccounts
from tillbridge.adapters.dynamodb.pos_doors import DynamoPosDoors
from tillbridge.adapters.dynamodb.removals import DynamoRemovals
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.pos_mirror.table import DynamoPosMirror
from tillbridge.domain.connection import Pause, StoreState
from tillbridge.domain.families.placing import placed, with_placed
from tillbridge.domain.hooks.pos_access import PosDoor
from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import Place
from tillbridge.domain.polling import PollNote, PollState
from tillbridge.domain.pos_account import PosKind
from tillbridge.domain.removal import KEPT_MS, RemovedEntry
from tillbridge.ports.imports import Outcome
from tillbridge.ports.removals import Removals
from tillbridge.ports.store_list import StoreList
from tillbridge.usecases.delete_leftovers import LeftoverDeps, delete_leftovers

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PIER = StoreId("account")
"""A name with which every key of a POS account's counter begins."""


@dataclass
class Kept:
    """The ports that know of removed stores."""

    stores: KeptStores
    list: StoreList
    removals: Removals


@pytest.fixture
def kept(stores: KeptStores, request: pytest.FixtureRequest) -> Kept:
    if isinstance(stores, FakeStores):
        return Kept(stores, FakeStoreList(stores), FakeRemovals(stores))
    assert isinstance(stores, DynamoStores)
    client, table = stores._client, stores._table
    counters = request.getfixturevalue("make_table")("CountersTable")
    return Kept(stores, DynamoStoreList(client, table), DynamoRemovals(client, table, counters))


def test_a_removed_store_counts_as_not_connected_everywhere(kept: Kept) -> None:
    kept.stores.save_connection(a_full_connection())
    kept.stores.save_connection(a_connection(PIER))
    assert kept.removals.remove(STORE, "mina", 7)
    assert kept.stores.find(STORE) is None
    assert kept.stores.with_compared(STORE)[0] is None
    assert list(kept.stores.all()) == [PIER]
    assert [entry.store for entry in kept.list.entries()] == [PIER]
    assert set(kept.list.connections([STORE, PIER])) == {PIER}
    assert set(kept.list.figures([STORE, PIER]).stores) == {PIER}
    assert not kept.stores.save_new(a_connection(store_hash="other"))
    assert not kept.stores.save_again(a_full_connection(), a_full_connection())
    assert kept.removals.removed() == [RemovedEntry(STORE, 7, "mina")]
    removal = kept.removals.removal(STORE)
    assert removal == kept.stores.removal(STORE)
    assert removal is not None
    assert (removal.at_ms, removal.by, removal.connection) == (7, "mina", a_full_connection())
    assert kept.removals.removal(PIER) is None


def test_of_two_who_remove_a_store_the_first_is_named(kept: Kept) -> None:
    assert not kept.removals.remove(STORE, "mina", 7), "it is not connected"
    kept.stores.save_connection(a_connection())
    assert kept.removals.remove(STORE, "mina", 7)
    assert not kept.removals.remove(STORE, "sam", 8)
    removal = kept.removals.removal(STORE)
    assert removal is not None
    assert removal.by == "mina"


@pytest.mark.parametrize("paused", [True, False])
def test_a_store_comes_back_with_everything_and_out_of_trouble(kept: Kept, paused: bool) -> None:
    before = replace(a_full_connection(), title="Harbour & Sons")
    kept.stores.save_connection(before)
    if paused:
        kept.stores.pause(STORE, Pause("Mia", "moving", 7))
    kept.removals.remove(STORE, "sam", 8)
    removal = kept.removals.removal(STORE)
    assert removal is not None
    made = replace(removal.connection, api_url="https://moved.example")
    assert kept.stores.save_back(made, removal)
    assert not kept.stores.save_back(made, removal), "once"
    found = kept.stores.find(STORE)
    assert found is not None
    assert found.state is (StoreState.PAUSED if paused else StoreState.ACTIVE)
    assert (found.api_url, found.failures, found.attention_code) == ("https://moved.example", 0, "")
    same = ("settings", "hooks", "title", "pos_account", "connected_ms", "channel_id")
    assert [getattr(found, name) for name in same] == [getattr(before, name) for name in same]
    assert (kept.removals.removed(), list(kept.stores.all())) == ([], [STORE])
    assert kept.removals.remove(STORE, "mina", 9), "and can be removed again"


def test_a_store_whose_deleting_began_does_not_come_back(kept: Kept) -> None:
    kept.stores.save_connection(a_connection())
    kept.removals.remove(STORE, "mina", 7)
    (entry,), removal = kept.removals.removed(), kept.removals.removal(STORE)
    assert removal is not None
    assert not kept.removals.begin_deleting(replace(entry, at_ms=6)), "it was removed again since"
    assert kept.removals.begin_deleting(entry)
    kept.removals.keep_place(entry, ("history", "harbour#p#1", "2"))
    assert kept.removals.removed() == [
        replace(entry, going=True, place=("history", "harbour#p#1", "2"))
    ]
    kept.removals.note_clean(entry)
    assert kept.removals.removed()[0].clean
    assert not kept.stores.save_back(removal.connection, removal)
    assert kept.stores.find(STORE) is None
    kept.removals.forget(entry)
    kept.removals.forget(entry)
    assert kept.removals.removed() == []


# --- nothing is left -------------------------------------------------------------------------------


@dataclass
class Full:
    """Real tables, full of what pushes, imports and orders of two stores leave."""

    client: "DynamoDBClient"
    names: TableNames
    clock: FakeClock

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield the keys of all rows."""
        for name in TableNames.__slots__:
            for item in items_in(self.client, getattr(self.names, name)):
                yield item["pk"]["S"], item["sk"]["S"]

    def of(self, store: StoreId) -> set[tuple[str, str]]:
        """Return the keys of rows that name a store."""
        counted = keys.sku_counter("")["pk"]["S"]
        return {
            (pk, sk)
            for pk, sk in self
            if store in (pk.partition("#")[0], sk) and not (sk == "sku" and pk.startswith(counted))
        }


def _filled(client: "DynamoDBClient", make_table: MakeTable) -> Full:
    tables = RealTables(client)
    world = tables.furnished(World())
    world.ask(*(a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(3)))
    world.ask(a_product("p-bad", name="", sku="BAD"))
    world.push_until_quiet()
    world._pushed.clear()  # nobody asks at the end what became of what is deleted here
    made = tables.newest
    counters, orders = make_table("CountersTable"), make_table("OrdersTable")
    names = TableNames(
        links=made["LinksTable"],
        pending=made["PendingTable"],
        stores=made["StoresTable"],
        read_model=made["ReadModelTable"],
        counters=counters,
        orders=orders,
        history=made["HistoryTable"],
        pos_mirror=make_table("PosMirrorTable"),
    )
    stores = DynamoStores(client, names.stores)
    polled = a_pos_account("import", kind=PosKind.LIGHTSPEED_X)
    stores.save_connection(a_connection(PIER, store_hash="p1", pos_account=polled))
    _polled(client, names, polled.key)
    imports = DynamoImports(client, counters, names.stores, world.clock)
    for store in (STORE, PIER):
        imports.begin(store, StoreProductId(7), ["P1"])
        imports.report(store, "r-1", [Outcome(StoreProductId(7), "imported")])
        _raw(client, names, store)
    bulk.write_all(client, counters, [new_item(keys.sku_counter(a), {}) for a in (STORE, "import")])
    return Full(client, names, world.clock)


def _polled(client: "DynamoDBClient", names: TableNames, account: PosAccountKey) -> None:
    """Leave what polls of a POS account do."""
    versions = DynamoCounters(client, names.counters, keys.version_counter, first=1)
    mirror = DynamoPosMirror(client, names.pos_mirror, versions)
    chair = an_item("chair")
    mirror.put(account, with_placed({}, placed([chair], {})))
    mirror.note_seen(account, 1, 1, [chair.member])
    mirror.keep_state(account, PollState())
    accounts = DynamoPolledAccounts(client, names.stores, DynamoStoreList(client, names.stores))
    accounts.note(account, PollNote())
    doors = DynamoPosDoors(client, names.stores)
    doors.keep("a" * 22, PosDoor(account, PosKind.LIGHTSPEED_X))
    doors.keep("b" * 22, PosDoor(account, PosKind.LIGHTSPEED_X))
    doors.keep("c" * 22, PosDoor(PosAccountKey("other"), PosKind.LIGHTSPEED_X))


def _raw(client: "DynamoDBClient", names: TableNames, store: StoreId) -> None:
    """Put a row into each kind of partition that a store has."""
    link = a_link("p#1")
    product = PosProductId("#odd")
    rows: dict[str, list[keys.Key]] = {
        names.links: [keys.key(store, keys.link(link.product)), keys.key(store, keys.holder(9))],
        names.pending: [keys.key(keys.partition_of(store, place), "s00#x") for place in Place],
        names.read_model: [
            key
            for side in ("pos", "web")
            for key in (
                keys.key(keys.copy_partition(store, side), product),
                keys.detail(store, side, product),
                keys.search_term(store, side, "lamp", product),
            )
        ],
        names.orders: [
            keys.key(store, "order#1"),
            keys.listed_orders(store),
            keys.key(keys.open_orders(store), "1"),
            keys.key(keys.oversold(store), "1"),
        ],
        names.history: [
            keys.key(keys.product_history(store, product), "1"),
            keys.key(keys.web_history(store, StoreProductId(7)), "1"),
            keys.key(keys.calls_of(store), "1"),
        ],
        names.stores: [keys.key(store, f"{keys.JOB}j-1"), keys.key(store, f"{keys.PLAN}p-1")],
    }
    for table, wanted in rows.items():
        bulk.write_all(client, table, [new_item(key, {}) for key in wanted])


@pytest.mark.parametrize(("gone", "slices"), [(STORE, "many"), (PIER, "one")])
def test_after_thirty_days_no_row_of_any_table_has_the_stores_key(
    gone: StoreId, slices: str, dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    full = _filled(dynamodb, make_table)
    other = PIER if gone == STORE else STORE
    before = full.of(other)
    assert len(full.of(gone)) > 20
    removals = DynamoRemovals(dynamodb, full.names.stores, full.names.counters)
    leftovers = DynamoLeftovers(dynamodb, full.names, Late() if slices == "many" else full.clock)
    deps = LeftoverDeps(
        removals, leftovers, DynamoStoreList(dynamodb, full.names.stores), full.clock
    )
    assert removals.remove(gone, "mina", full.clock.now_ms())
    kept = full.of(gone)
    full.clock.advance(KEPT_MS / 1_000 - 1)
    delete_leftovers(deps)
    assert full.of(gone) == kept, "it may still come back"
    full.clock.advance(1)
    rounds = 0
    while removals.removed():
        delete_leftovers(deps)
        rounds += 1
    assert full.of(gone) == set()
    account = "import" if gone == PIER else STORE
    left = set(full)
    assert ("#accounts", account) not in left
    assert not [row for row in left if row[0] in (f"account#{account}", f"#of#{account}")]
    doors = DynamoPosDoors(dynamodb, full.names.stores)
    assert doors.find("c" * 22) is not None, "that of another account"
    if gone == PIER:
        assert not [row for row in left if "import" in row]
        assert doors.find("a" * 22) is doors.find("b" * 22) is None
    assert full.of(other) == before, "nothing of another store"
    assert rounds > 1 if slices == "many" else rounds == 1


class Late(FakeClock):
    """A clock by which the time of a slice is over at each look, so that deleting takes many."""

    def now_ms(self) -> int:
        return super().now_ms() + 2 * KEPT_MS
