"""The bus on which polls tell what changed in a POS."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.pos_news import PosNews


class PosNewsBus(Protocol):
    """Tells the functions that read a POS's events. The same event may be told twice; it has the same id then."""

    def tell(self, news: Sequence[PosNews]) -> None:
        """Put every event on the bus. Raise RetryLater when one was not taken: then all may be told again."""
        ...
