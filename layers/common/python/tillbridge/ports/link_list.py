"""Every link of a store, listed; and what reconcile alone writes to links."""

from collections.abc import Iterator
from typing import Protocol

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId


class LinkList(Protocol):
    """Links as a whole walk needs them."""

    def holders_of(self, store: StoreId) -> Iterator[tuple[StoreProductId, PosProductId]]:
        """Every BigCommerce product that is linked, in no order, with its POS product."""
        ...
