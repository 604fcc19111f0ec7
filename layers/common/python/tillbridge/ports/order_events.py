"""The bus on which others hear of web orders."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.web_orders.order_events import OrderEvent


class OrderEvents(Protocol):
    """Tells whoever listens. The same event may be told twice; it has the same id then."""

    def tell(self, events: Sequence[OrderEvent]) -> None:
        """Put events on the bus. Raise RetryLater when it did not take all of them."""
        ...
