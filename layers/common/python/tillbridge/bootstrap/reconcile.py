"""The dependencies of the function `reconcile`."""

from functools import partial

from tillbridge.adapters import aws
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.exact_plans import DynamoExactPlans
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.link_list import DynamoLinkList
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.request_plans import DynamoRequestPlans
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.settings_versions import DynamoSettingsVersions
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.dead_letters import SqsDeadLetters
from tillbridge.adapters.messages.reconcile import SqsReconcileQueue, read_trigger
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.external_systems import access_tokens, new_session, of_connection
from tillbridge.bootstrap.pos_of import open_feed, open_pos
from tillbridge.bootstrap.signalling import signals
from tillbridge.domain.connection import Connection
from tillbridge.environment import environment
from tillbridge.usecases.reconcile.exact_plan import ExactDeps
from tillbridge.usecases.reconcile.session import ReconcileDeps
from tillbridge.usecases.reconcile.start_runs import StartDeps


@built_once
def reconcile_start_dependencies() -> StartDeps:
    """Return the dependencies of starting runs."""
    env, dynamodb = environment(), aws.dynamodb()
    return StartDeps(
        read=partial(read_trigger, own_account=env.own_account),
        stores=DynamoStores(dynamodb, env.stores_table),
        store_list=DynamoStoreList(dynamodb, env.stores_table),
        queue=SqsReconcileQueue(aws.sqs(), env.reconcile_queue_url),
        dead_letters=SqsDeadLetters(aws.sqs(), env.requests_dlq_url),
    )


@built_once
def reconcile_dependencies() -> ReconcileDeps:
    """Return the dependencies of a slice of a run."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    tokens = access_tokens(clock)
    web, pos = new_session(), new_session()

    def open_reader(connection: Connection, deadline_ms: int) -> BigCommerceReader:
        token = tokens.of_store(connection.store)
        return BigCommerceReader(
            connection.api_url, connection.store_hash, token, clock, deadline_ms, web
        )

    return ReconcileDeps(
        stores=DynamoStores(dynamodb, env.stores_table),
        links=DynamoLinks(dynamodb, env.links_table),
        link_list=DynamoLinkList(dynamodb, env.links_table),
        pending=DynamoPending(dynamodb, env.pending_table),
        read_model=DynamoReadModel(dynamodb, env.read_model_table),
        runs=DynamoRuns(dynamodb, env.stores_table),
        settings=DynamoSettingsVersions(dynamodb, env.stores_table),
        order_book=DynamoOrderBook(dynamodb, env.orders_table, clock),
        history=DynamoHistory(dynamodb, env.history_table),
        queue=SqsReconcileQueue(aws.sqs(), env.reconcile_queue_url),
        signals=signals(),
        clock=clock,
        open_reader=open_reader,
        open_pos=of_connection(open_pos, tokens, clock, pos),
        open_feed=of_connection(open_feed, tokens, clock, pos),
    )


@built_once
def exact_dependencies() -> ExactDeps:
    """Return the dependencies of comparing for a plan."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    return ExactDeps(
        reconcile=reconcile_dependencies(),
        plans=DynamoRequestPlans(dynamodb, env.stores_table, clock),
        exact=DynamoExactPlans(dynamodb, env.stores_table, clock),
    )
