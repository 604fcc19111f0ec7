"""The dependencies of the function `poll`. It calls AWS and the POS."""

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.polled_accounts import DynamoPolledAccounts
from tillbridge.adapters.dynamodb.pos_doors import DynamoPosDoors
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.grants_in_secrets import GrantsInSecrets
from tillbridge.adapters.messages.pokes import AwsPokes
from tillbridge.adapters.messages.pos_news import BusPosNews
from tillbridge.adapters.messages.reconcile import SqsReconcileQueue
from tillbridge.adapters.pos_hook_secrets import PosHooksInSecrets
from tillbridge.adapters.pos_mirror.table import DynamoPosMirror
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.external_systems import access_tokens, new_session
from tillbridge.bootstrap.pos_of import open_access, open_hooks, open_source
from tillbridge.bootstrap.pos_openers import Reach
from tillbridge.bootstrap.signalling import signals
from tillbridge.domain.pos_account import PosAccount, token_command
from tillbridge.environment import environment, hooks_address, pos_mirror_table, pos_polls_queue_url
from tillbridge.ports.pos_hooks import PosHooks
from tillbridge.ports.pos_source import PosSource
from tillbridge.usecases.poll_pos.session import PollDeps, PosHookCareDeps
from tillbridge.usecases.renew_pos_access import RenewDeps, WarmGrants


@built_once
def poll_dependencies() -> PollDeps:
    """Return the dependencies of `poll`."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    tokens, http = access_tokens(clock), new_session()

    def reach(account: PosAccount, deadline_ms: int) -> Reach:
        token = tokens.of_pos(account.key, token_command(account))
        return Reach(account, token, clock, deadline_ms, http)

    def source(account: PosAccount, deadline_ms: int) -> PosSource:
        http.close()  # a frozen function wakes with connections the other side has closed
        return open_source(reach(account, deadline_ms))

    def hooks(account: PosAccount, deadline_ms: int) -> PosHooks:
        return open_hooks(reach(account, deadline_ms))

    secrets = PosHooksInSecrets(aws.secretsmanager(), env.secret_prefix, clock)
    doors = DynamoPosDoors(dynamodb, env.stores_table)
    grants, warm = GrantsInSecrets(aws.secretsmanager(), env.secret_prefix), WarmGrants()

    def renewing(account: PosAccount, deadline_ms: int) -> RenewDeps:
        return RenewDeps(grants, open_access(account.kind, http, clock), clock, deadline_ms, warm)

    versions = DynamoCounters(dynamodb, env.counters_table, keys.version_counter, first=1)
    store_list = DynamoStoreList(dynamodb, env.stores_table)
    claims = env.claim_buckets.partition(",")[0]  # ours is the first
    return PollDeps(
        mirror=DynamoPosMirror(dynamodb, pos_mirror_table(), versions),
        pokes=AwsPokes(dynamodb, env.pending_table, aws.sqs(), pos_polls_queue_url()),
        accounts=DynamoPolledAccounts(dynamodb, env.stores_table, store_list),
        bus=BusPosNews(aws.events, env.bus_name, aws.s3, claims),
        signals=signals(),
        runs=SqsReconcileQueue(aws.sqs(), env.reconcile_queue_url),
        clock=clock,
        open_source=source,
        renewing=renewing,
        hooks=PosHookCareDeps(secrets, doors, hooks, hooks_address()),
    )
