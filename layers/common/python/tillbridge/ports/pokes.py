"""Pokes: somebody has reason to think that a POS account changed."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import PosAccountKey, Rev


class Pokes(Protocol):
    """One row an account in *pending*, marked anew by each poke; and the queue that starts a poll. May raise RetryLater."""

    def poke(self, account: PosAccountKey) -> None:
        """Mark the account, then signal it."""
        ...

    def marked(self, account: PosAccountKey) -> Rev | None:
        """Return the mark, None where there is none."""
        ...

    def clear(self, account: PosAccountKey, rev: Rev) -> None:
        """Delete the mark unless it was made anew meanwhile."""
        ...

    def signal_all(self, accounts: Sequence[PosAccountKey]) -> Sequence[PosAccountKey]:
        """Start a poll of each of these accounts, and return those that could not be signalled."""
        ...
