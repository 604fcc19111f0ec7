"""The dependencies of the function `webhooks`. It calls AWS alone, and reads no token."""

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.hook_secrets import SecretsOfHooks
from tillbridge.adapters.messages.hook_bodies import read_hook
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.signalling import signals
from tillbridge.environment import environment
from tillbridge.usecases.take_hook import HookDeps


@built_once
def webhook_dependencies() -> HookDeps:
    """Return the dependencies of `webhooks`."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    return HookDeps(
        read=read_hook,
        stores=DynamoStores(dynamodb, env.stores_table),
        secrets=SecretsOfHooks(aws.secretsmanager(), env.secret_prefix, clock),
        pending=DynamoPending(dynamodb, env.pending_table),
        signals=signals(),
        clock=clock,
    )
