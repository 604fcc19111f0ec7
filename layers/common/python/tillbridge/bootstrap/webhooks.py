"""The dependencies of the function `webhooks`. It calls AWS alone, and reads no token."""

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.pos_doors import DynamoPosDoors
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.hook_secrets import SecretsOfHooks
from tillbridge.adapters.messages.hook_bodies import read_hook
from tillbridge.adapters.pos_hook_secrets import PosHooksInSecrets
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.pos_signatures import genuine
from tillbridge.bootstrap.signalling import pokes, signals
from tillbridge.environment import environment
from tillbridge.usecases.take_hook import HookDeps
from tillbridge.usecases.take_pos_hook import PosHookDeps


@built_once
def webhook_dependencies() -> HookDeps:
    """Return what the webhooks of BigCommerce need."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    return HookDeps(
        read=read_hook,
        stores=DynamoStores(dynamodb, env.stores_table),
        secrets=SecretsOfHooks(aws.secretsmanager(), env.secret_prefix, clock),
        pending=DynamoPending(dynamodb, env.pending_table),
        signals=signals(),
        clock=clock,
    )


@built_once
def pos_hook_dependencies() -> PosHookDeps:
    """Return what the webhooks of a vendor's POS need."""
    env, clock = environment(), SystemClock()
    return PosHookDeps(
        doors=DynamoPosDoors(aws.dynamodb(), env.stores_table),
        secrets=PosHooksInSecrets(aws.secretsmanager(), env.secret_prefix, clock),
        pokes=pokes(),
        genuine=genuine,
        clock=clock,
    )
