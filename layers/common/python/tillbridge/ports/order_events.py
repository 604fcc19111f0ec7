"""The bus on which others hear of web orders."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.outward_events import OutwardEvent


class OrderEvents(Protocol):
    """Tells whoever listens. The same event may be told twice; it has the same id then."""

    def tell(self, events: Sequence[OutwardEvent]) -> Sequence[OutwardEvent]:
        """Put events on the bus. Return those that it did not take. One that is too long for any bus is
        logged, and does not count as such, since to try again would never help."""
        ...
