"""The dependencies of the function `sweep`. It calls AWS alone."""

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.leftovers import DynamoLeftovers, TableNames
from tillbridge.adapters.dynamodb.pending_scan import DynamoPendingScan
from tillbridge.adapters.dynamodb.polled_accounts import DynamoPolledAccounts
from tillbridge.adapters.dynamodb.removals import DynamoRemovals
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.messages.canary_bus import EventBridgeCanaryBus
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.signalling import order_signals, pokes, signals
from tillbridge.environment import environment, pos_mirror_table
from tillbridge.usecases.delete_leftovers import LeftoverDeps
from tillbridge.usecases.poll_pos.accounts_due import PollingDeps
from tillbridge.usecases.sweep import SweepDeps


@built_once
def polling_dependencies() -> PollingDeps | None:
    """Return what starts polls on time, None where no POS is polled."""
    env, dynamodb, asked = environment(), aws.dynamodb(), pokes()
    if asked is None:
        return None
    store_list = DynamoStoreList(dynamodb, env.stores_table)
    accounts = DynamoPolledAccounts(dynamodb, env.stores_table, store_list)
    return PollingDeps(accounts, asked, SystemClock())


@built_once
def sweep_dependencies() -> SweepDeps:
    """Return the dependencies of `sweep`."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    store_list = DynamoStoreList(dynamodb, env.stores_table)
    tables = TableNames(
        links=env.links_table,
        pending=env.pending_table,
        stores=env.stores_table,
        read_model=env.read_model_table,
        counters=env.counters_table,
        orders=env.orders_table,
        history=env.history_table,
        pos_mirror=pos_mirror_table(),
    )
    return SweepDeps(
        pending=DynamoPendingScan(dynamodb, env.pending_table),
        stores=store_list,
        signals=signals(),
        order_signals=order_signals(),
        clock=clock,
        canaries=EventBridgeCanaryBus(aws.events, env.bus_name, clock),
        leftovers=LeftoverDeps(
            DynamoRemovals(dynamodb, env.stores_table, env.counters_table),
            DynamoLeftovers(dynamodb, tables, clock),
            store_list,
            clock,
        ),
    )
