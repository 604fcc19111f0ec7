"""People's requests about links, which wait for the store's one writer."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.link_asks import LinkAnswer, LinkAsk


class LinkAsks(Protocol):
    """Raises RetryLater."""

    def put(self, ask: LinkAsk) -> None:
        """Keeps a request until it is answered; one that was answered already stays answered."""
        ...

    def waiting(self, store: StoreId) -> Sequence[LinkAsk]:
        """Requests without an answer, oldest first; strongly consistent."""
        ...

    def answer(self, ask: LinkAsk, answers: Sequence[LinkAnswer]) -> None:
        """Keeps the answers for 30 days; the request no longer waits. Idempotent."""
        ...
