"""The counters and the record of answered calls."""

from sandbox.bigcommerce.server.gate import IncomingCall
from sandbox.bigcommerce.server.routing import Match
from sandbox.bigcommerce.state.record import Exchange
from sandbox.bigcommerce.state.store import Store


def count(store: Store, incoming: IncomingCall, match: Match | None, status: int) -> None:
    """Count a call by client, method and path template, or by its path if no template matches."""
    template = match.template if match else incoming.path
    place = template if incoming.version == "v3" else f"/{incoming.version}{template}"
    store.traffic.count(incoming.agent, f"{incoming.method} {place}", status)


def record(store: Store, exchange: Exchange) -> None:
    """Write a call to the store's file of recorded traffic, if it has one."""
    if store.recorder:
        store.recorder.write(exchange)
