"""The dependencies of the function `push`."""

from functools import partial

from tillbridge.adapters import aws
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.bigcommerce.hooks import BigCommerceHooks
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.before_images import DynamoBeforeImages
from tillbridge.adapters.dynamodb.call_lines import DynamoCallLines
from tillbridge.adapters.dynamodb.exact_plans import DynamoExactPlans
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.lag_hours import DynamoLagHours
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.oversold import DynamoOversold
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.hook_secrets import SecretsOfHooks
from tillbridge.adapters.messages.order_events import BusOrderEvents
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.external_systems import access_tokens, new_session, of_connection
from tillbridge.bootstrap.pos_of import open_pos
from tillbridge.bootstrap.signalling import order_signals, signals
from tillbridge.bootstrap.store_catalogue import open_catalogue
from tillbridge.domain.connection import Connection
from tillbridge.environment import environment, hooks_address
from tillbridge.usecases.hooks_in_slice import HookCareDeps
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.push.slice.history import Kept
from tillbridge.usecases.push.slice.session import PushDeps
from tillbridge.usecases.store_work import StoreWorkDeps


@built_once
def push_dependencies() -> StoreWorkDeps:
    """Return the dependencies of `push`."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    tokens = access_tokens(clock)
    web, pos = new_session(), new_session()

    def open_store(connection: Connection, deadline_ms: int) -> BigCommerceStore:
        token = tokens.of_store(connection.store)
        return BigCommerceStore(
            connection.api_url, connection.store_hash, token, clock, deadline_ms, web
        )

    def open_reader(connection: Connection, deadline_ms: int) -> BigCommerceReader:
        token = tokens.of_store(connection.store)
        return BigCommerceReader(
            connection.api_url, connection.store_hash, token, clock, deadline_ms, web
        )

    def open_hooks(connection: Connection, deadline_ms: int) -> BigCommerceHooks:
        token = tokens.of_store(connection.store)
        return BigCommerceHooks(
            connection.api_url, connection.store_hash, token, clock, deadline_ms, web
        )

    return StoreWorkDeps(
        push=PushDeps(
            plans=DynamoExactPlans(dynamodb, env.stores_table, clock),
            pending=DynamoPending(dynamodb, env.pending_table),
            links=DynamoLinks(dynamodb, env.links_table),
            stores=DynamoStores(dynamodb, env.stores_table),
            read_model=DynamoReadModel(dynamodb, env.read_model_table),
            order_book=DynamoOrderBook(dynamodb, env.orders_table, clock),
            order_events=BusOrderEvents(aws.events, env.bus_name),
            orders=order_signals(),
            clock=clock,
            history=Kept(
                DynamoHistory(dynamodb, env.history_table),
                DynamoCallLines(dynamodb, env.history_table),
                DynamoOversold(dynamodb, env.orders_table),
                DynamoLagHours(dynamodb, env.history_table),
            ),
            befores=DynamoBeforeImages(dynamodb, env.stores_table, clock),
        ),
        linking=LinkingDeps(
            requests=DynamoLinkRequests(
                dynamodb, env.pending_table, env.stores_table, env.history_table, clock
            ),
            replaced=DynamoReplaced(dynamodb, env.stores_table, clock),
            open_catalogue=partial(open_catalogue, tokens, clock, web),
        ),
        signals=signals(),
        open_store=open_store,
        open_reader=open_reader,
        open_pos=of_connection(open_pos, tokens, clock, pos),
        hooks=HookCareDeps(
            open_hooks,
            SecretsOfHooks(aws.secretsmanager(), env.secret_prefix, clock),
            hooks_address(),
        ),
    )
