"""A person removes a store in the console, and sees which were removed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.errors import CannotAsk, TillbridgeError, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person, Right
from tillbridge.domain.removal import Removal, RemovedEntry
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.what_waits import WhatWaits, what_waits
from tillbridge.usecases.remove_store import RemoveDeps, RemovedNow, remove_store, users_of

PATIENCE_S = 15.0
"""How long a slice that is under way is waited for: a page has half a minute in all, and what such a slice still
does is what it would have done a moment before."""

NO_TOKEN = "the console reads no token. Delete its API account in BigCommerce: that ends them."  # noqa: S105 - words


@dataclass(frozen=True, slots=True)
class BeforeRemoving:
    """What a person should know first. `waits`: what will not be sent. `shared`: other stores that have the POS account,
    and go on with it. `left`: what of ours stays in BigCommerce, because nobody but the command line can take it off."""

    connection: Connection
    waits: WhatWaits
    shared: Sequence[StoreId]
    left: Sequence[str]


def before_removing(deps: ConsoleDeps, store: StoreId) -> BeforeRemoving:
    """Return what removing a store would come to. Raise UnknownStore, RetryLater."""
    connection = deps.stores.as_told(store)
    if connection is None:
        raise UnknownStore(store)
    users = users_of(deps.store_list, deps.removals, connection.pos_account.key) - {store}
    return BeforeRemoving(
        connection, what_waits(deps, store), sorted(users), tuple(_left_of(connection))
    )


def remove(deps: ConsoleDeps, person: Person, store: StoreId, typed: str) -> RemovedNow:
    """Remove a store whose name a person typed, as the command line does; but what of ours is in BigCommerce stays
    there, for which the console lacks the token. One that is removed already is left as it is. Raise CannotAsk for
    another name, UnknownStore, RetryLater."""
    if typed != store:
        raise CannotAsk("That is not its name. Nothing was done.")
    how = RemoveDeps(
        deps.stores,
        deps.store_list,
        deps.removals,
        deps.clock,
        _cannot_take_off,
        deps.tokens.drop,
        PATIENCE_S,
    )
    return remove_store(how, store, person.name)


def removed_stores(deps: ConsoleDeps, person: Person) -> Sequence[RemovedEntry]:
    """Return the removed stores that a person may see, by name. May raise RetryLater."""
    return [each for each in deps.removals.removed() if person.may(Right.SEE, each.store)]


def _left_of(connection: Connection) -> list[str]:
    hooks = connection.settings.web_orders is not WebOrderMode.OFF
    return [*(["Its webhooks"] if hooks else []), *(["Its canary"] if connection.canary else [])]


def _cannot_take_off(removal: Removal) -> dict[str, Callable[[], str]]:
    return dict.fromkeys(_left_of(removal.connection), _without_token)


def _without_token() -> str:
    raise TillbridgeError(NO_TOKEN)
