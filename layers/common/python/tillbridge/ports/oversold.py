"""What was sold more often than there was, kept for a year."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.oversold import Oversold


class OversoldRows(Protocol):
    """The debts of a store. Every method may raise RetryLater."""

    def note(self, store: StoreId, debts: Iterable[Oversold]) -> None:
        """Keep debts that were noticed. One that is noted twice is listed once."""
        ...

    def latest(self, store: StoreId, limit: int) -> Sequence[Oversold]:
        """Return up to `limit` debts, newest first."""
        ...
