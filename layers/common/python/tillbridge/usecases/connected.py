"""Whether a store is connected, also when its connection cannot be read."""

from tillbridge.domain.errors import UnreadableStore
from tillbridge.domain.ids import StoreId
from tillbridge.ports.stores import Stores


def is_connected(stores: Stores, store: StoreId) -> bool:
    """Return whether a store is connected. One whose connection cannot be read is: its work is kept
    and signalled, and its own slice says what is wrong."""
    try:
        return stores.find(store) is not None
    except UnreadableStore:
        return True
