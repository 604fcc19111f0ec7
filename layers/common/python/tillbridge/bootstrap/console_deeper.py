"""What the pages behind the lists ask. These adapters are loaded by the first of those pages: most calls of the
console are lists, files and jobs, and each start pays for all that it loads (docs/performance.md)."""

from dataclasses import dataclass
from functools import cache

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.before_images import DynamoBeforeImages
from tillbridge.adapters.dynamodb.call_lines import DynamoCallLines
from tillbridge.adapters.dynamodb.exact_plans import DynamoExactPlans
from tillbridge.adapters.dynamodb.lag_hours import DynamoLagHours
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.order_list import DynamoOrderList
from tillbridge.adapters.dynamodb.oversold import DynamoOversold
from tillbridge.adapters.dynamodb.products_kept import DynamoProductsKept, Tables
from tillbridge.adapters.dynamodb.removals import DynamoRemovals
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.settings_versions import DynamoSettingsVersions
from tillbridge.adapters.dynamodb.waiting_rows import DynamoWaitingRows
from tillbridge.adapters.messages.dead_letter_boxes import SqsDeadLetterBoxes
from tillbridge.environment import environment, pos_polls_queue_url
from tillbridge.ports.before_images import BeforeImages
from tillbridge.ports.call_lines import CallLines
from tillbridge.ports.dead_letter_boxes import DeadLetterBoxes
from tillbridge.ports.exact_plans import ExactPlans
from tillbridge.ports.lag_hours import LagHours
from tillbridge.ports.open_lines import OpenLines
from tillbridge.ports.order_list import OrderList
from tillbridge.ports.oversold import OversoldRows
from tillbridge.ports.products_kept import ProductsKept
from tillbridge.ports.removals import Removals
from tillbridge.ports.replaced import Replaced
from tillbridge.ports.runs import Runs
from tillbridge.ports.settings_versions import SettingsVersions
from tillbridge.ports.waiting_rows import WaitingRows


@dataclass(frozen=True, slots=True)
class DeeperPorts:
    """Ports of `ConsoleDeps`, by the same names."""

    calls: CallLines
    hours: LagHours
    runs: Runs
    exact: ExactPlans
    removals: Removals
    replaced: Replaced
    befores: BeforeImages
    orders: OrderList
    oversold: OversoldRows
    open_lines: OpenLines
    settings: SettingsVersions
    waiting: WaitingRows
    products: ProductsKept
    dead_letters: DeadLetterBoxes


@cache
def deeper_ports() -> DeeperPorts:
    """Return them, built on first call."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    stores, pending = env.stores_table, env.pending_table
    return DeeperPorts(
        calls=DynamoCallLines(dynamodb, env.history_table),
        hours=DynamoLagHours(dynamodb, env.history_table),
        runs=DynamoRuns(dynamodb, stores),
        exact=DynamoExactPlans(dynamodb, stores, clock),
        removals=DynamoRemovals(dynamodb, stores, env.counters_table),
        replaced=DynamoReplaced(dynamodb, stores, clock),
        befores=DynamoBeforeImages(dynamodb, stores, clock),
        orders=DynamoOrderList(dynamodb, env.orders_table),
        oversold=DynamoOversold(dynamodb, env.orders_table),
        open_lines=DynamoOrderBook(dynamodb, env.orders_table, clock),
        settings=DynamoSettingsVersions(dynamodb, stores),
        waiting=DynamoWaitingRows(dynamodb, pending),
        products=DynamoProductsKept(
            dynamodb, Tables(env.links_table, pending, stores, env.read_model_table)
        ),
        dead_letters=SqsDeadLetterBoxes(
            aws.peoples_sqs, env.pos_events_queue_url, polls=bool(pos_polls_queue_url())
        ),
    )
