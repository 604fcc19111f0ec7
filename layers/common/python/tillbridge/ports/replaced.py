"""What the first push after a link replaced in the store."""

from typing import Protocol

from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.web_product import WebProduct


class Replaced(Protocol):
    """Kept 90 days. Raises RetryLater."""

    def keep(self, store: StoreId, product: PosProductId, before: WebProduct) -> None:
        """Keeps the BigCommerce product as it was before it was linked to this POS product."""
        ...

    def find(self, store: StoreId, product: PosProductId) -> WebProduct | None:
        """How it was, or None when nothing was kept or it is too long ago."""
        ...
