"""A person gives a store a title. Its name stays: it is the key of all rows, secrets and addresses."""

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.store_names import as_title, title_refusal
from tillbridge.ports.stores import Stores


def rename_store(stores: Stores, store: StoreId, title: str) -> Connection:
    """Give a store a title, and return it; a blank one is its name again. Raise UnknownStore, RetryLater, or CannotAsk
    for what is no title and where somebody else gave it one at the same time."""
    if why := title_refusal(title):
        raise CannotAsk(why)
    wanted = as_title(title, store)
    seen = _found(stores, store)
    if wanted != seen.title and not stores.rename(store, wanted, seen.title):
        now = _found(stores, store)
        if now.title != wanted:
            raise CannotAsk(
                f"Somebody else named '{store}' “{now.shown_name}” at the same time. Look, and try again."
            )
    return _found(stores, store)


def _found(stores: Stores, store: StoreId) -> Connection:
    connection = stores.find(store)
    if connection is None:
        raise UnknownStore(store)
    return connection
