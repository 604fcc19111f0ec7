"""The dependencies of the function `orders`. It calls AWS and the POS."""

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.lag_hours import DynamoLagHours
from tillbridge.adapters.dynamodb.listed_orders import DynamoListedOrders
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.order_events import BusOrderEvents
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.external_systems import access_tokens, new_session, of_connection
from tillbridge.bootstrap.pos_of import open_web_orders
from tillbridge.bootstrap.signalling import order_signals, signals
from tillbridge.domain.connection import Connection
from tillbridge.environment import environment
from tillbridge.ports.pos_web_orders import PosWebOrders
from tillbridge.usecases.booking.session import BookingDeps


@built_once
def booking_dependencies() -> BookingDeps:
    """Return the dependencies of `orders`."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    tokens, http, bus = access_tokens(clock), new_session(), aws.events()
    opened = of_connection(open_web_orders, tokens, clock, http)

    def open_pos(connection: Connection, deadline_ms: int) -> PosWebOrders:
        http.close()  # a frozen function wakes with connections the other side has closed
        return opened(connection, deadline_ms)

    return BookingDeps(
        pending=DynamoPending(dynamodb, env.pending_table),
        book=DynamoOrderBook(dynamodb, env.orders_table, clock),
        listed=DynamoListedOrders(dynamodb, env.orders_table),
        stores=DynamoStores(dynamodb, env.stores_table),
        events=BusOrderEvents(lambda: bus, env.bus_name),
        history=DynamoHistory(dynamodb, env.history_table),
        hours=DynamoLagHours(dynamodb, env.history_table),
        signals=order_signals(),
        store_signals=signals(),
        clock=clock,
        open_pos=open_pos,
    )
