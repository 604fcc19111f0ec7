"""Every link of a store, listed."""

from collections.abc import Iterator
from typing import Protocol

from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId


class LinkList(Protocol):
    """The links of a store, for work that walks all of its products."""

    def holders_of(self, store: StoreId) -> Iterator[tuple[StoreProductId, PosProductId]]:
        """Yield every linked BigCommerce product with its POS product, in no order."""
        ...
