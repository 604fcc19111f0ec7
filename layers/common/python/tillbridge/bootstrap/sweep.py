"""The dependencies of the function `sweep`. It calls AWS alone."""

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.pending_scan import DynamoPendingScan
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.messages.canary_bus import EventBridgeCanaryBus
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.signalling import order_signals, signals
from tillbridge.environment import environment
from tillbridge.usecases.sweep import SweepDeps


@built_once
def sweep_dependencies() -> SweepDeps:
    """Return the dependencies of `sweep`."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    return SweepDeps(
        pending=DynamoPendingScan(dynamodb, env.pending_table),
        stores=DynamoStoreList(dynamodb, env.stores_table),
        signals=signals(),
        order_signals=order_signals(),
        clock=clock,
        canaries=EventBridgeCanaryBus(aws.events, env.bus_name, clock),
    )
