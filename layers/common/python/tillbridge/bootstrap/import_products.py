"""The dependencies of the function `import`."""

from functools import partial

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.dead_letters import SqsDeadLetters
from tillbridge.adapters.messages.import_queue import SqsImportQueue
from tillbridge.adapters.messages.import_requests import read_import_message
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.external_systems import access_tokens, new_session, of_connection
from tillbridge.bootstrap.pos_of import open_catalogue as open_pos_catalogue
from tillbridge.bootstrap.setting_aside import set_aside
from tillbridge.bootstrap.signalling import signals
from tillbridge.bootstrap.store_catalogue import open_catalogue
from tillbridge.domain.connection import Connection
from tillbridge.environment import environment
from tillbridge.ports.pos_catalogue import PosCatalogue
from tillbridge.set_aside import SetAside
from tillbridge.usecases.import_products.route_message import RouteDeps
from tillbridge.usecases.import_products.session import ImportDeps


@built_once
def import_dependencies() -> RouteDeps:
    """Return the dependencies of `import`."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    tokens = access_tokens(clock)
    web, pos = new_session(), new_session()
    opened = of_connection(open_pos_catalogue, tokens, clock, pos)

    def open_pos(connection: Connection, deadline_ms: int) -> PosCatalogue:
        pos.close()  # a frozen function wakes with connections the other side has closed
        return opened(connection, deadline_ms)

    return RouteDeps(
        read=partial(read_import_message, own_account=env.own_account),
        dead_letters=SqsDeadLetters(aws.sqs(), env.requests_dlq_url),
        jobs=DynamoJobs(dynamodb, env.stores_table, env.pending_table, env.history_table),
        imports=ImportDeps(
            links=DynamoLinks(dynamodb, env.links_table),
            imports=DynamoImports(dynamodb, env.counters_table, env.stores_table, clock),
            counters=DynamoCounters(dynamodb, env.counters_table),
            link_requests=DynamoLinkRequests(
                dynamodb, env.pending_table, env.stores_table, env.history_table, clock
            ),
            stores=DynamoStores(dynamodb, env.stores_table),
            pending=DynamoPending(dynamodb, env.pending_table),
            signals=signals(),
            queue=SqsImportQueue(aws.sqs(), env.imports_queue_url, env.requests_queue_url),
            read_model=DynamoReadModel(dynamodb, env.read_model_table),
            history=DynamoHistory(dynamodb, env.history_table),
            clock=clock,
            open_store=partial(open_catalogue, tokens, clock, web),
            open_pos=open_pos,
        ),
    )


@built_once
def import_set_aside() -> SetAside:
    """Return what gives up the messages of `import`."""
    return set_aside(environment().requests_dlq_url)
