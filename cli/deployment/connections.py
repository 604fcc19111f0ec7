"""The stores connected to a deployment."""

from cli.cannot_run import CannotRun
from cli.deployment.target import Target, need_target
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.ids import StoreId


def choose(stack: str, store: str) -> tuple[Target, StoreId]:
    """Return the deployment and the store that the options --stack and --store name.

    Raise CannotRun as `need_target` and `the_store` do."""
    target = need_target(stack)
    return target, the_store(target, store)


def the_store(target: Target, name: str) -> StoreId:
    """Return the named store; without a name, the only connected one.

    Raise CannotRun, naming the connected stores, when that is not exactly one."""
    known = list(target.stores.all())
    if name:
        if name not in known:
            raise CannotRun(
                f"No store named '{name}' is connected. Connected: {', '.join(known) or 'none'}."
            )
        return StoreId(name)
    if len(known) != 1:
        raise CannotRun(
            f"Choose a store with --store NAME. Connected: {', '.join(known) or 'none'}."
        )
    return known[0]


def connection_of(target: Target, store: StoreId) -> Connection:
    """Return the connection of a store. Raise CannotRun when it is not connected, or not any more."""
    connection = target.stores.find(store)
    if connection is None:
        raise CannotRun(
            f"No store named '{store}' is connected any more. `tillbridge store list` has them."
        )
    return connection


def is_paused(target: Target, store: StoreId) -> bool:
    """Return whether a person has paused this store."""
    return connection_of(target, store).state is StoreState.PAUSED


def need_active(target: Target, store: StoreId) -> None:
    """Raise CannotRun when a person has paused this store, so that what is asked would only wait."""
    connection = connection_of(target, store)
    if connection.state is StoreState.PAUSED:
        words = connection.pause.words
        told = f"The store '{store}' is paused. {words} Run `tillbridge store resume` first."
        raise CannotRun(" ".join(told.split()))
