"""What the first push after a link replaced in the store."""

from typing import Protocol

from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.web_product import WebProduct


class Replaced(Protocol):
    """BigCommerce products as they were, kept for 90 days. Every call may raise RetryLater."""

    def keep(self, store: StoreId, product: PosProductId, before: WebProduct) -> None:
        """Keep the BigCommerce product as it was before it was linked to this POS product."""
        ...

    def find(self, store: StoreId, product: PosProductId) -> WebProduct | None:
        """Return the product as it was, or None when nothing was kept or it was too long ago."""
        ...
