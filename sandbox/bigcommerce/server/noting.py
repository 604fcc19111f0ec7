"""What is kept of a call that was answered: its place in the counters, and its record."""

from sandbox.bigcommerce.server.gate import Knock
from sandbox.bigcommerce.server.routing import Match
from sandbox.bigcommerce.state.record import Exchange
from sandbox.bigcommerce.state.store import Store


def count(store: Store, knock: Knock, match: Match | None, status: int) -> None:
    """Count a call by client, method and path template; one that leads nowhere by its path."""
    template = match.template if match else knock.path
    place = template if knock.version == "v3" else f"/{knock.version}{template}"
    store.traffic.count(knock.agent, f"{knock.method} {place}", status)


def record(store: Store, exchange: Exchange) -> None:
    """Write a call to the store's record, if it keeps one."""
    if store.recorder:
        store.recorder.write(exchange)
