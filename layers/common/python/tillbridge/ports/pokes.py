"""Pokes: somebody has reason to think that a POS account changed."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import PosAccountKey, Rev
from tillbridge.domain.poke_mark import PokeMark


class Pokes(Protocol):
    """One row an account in *pending*, marked anew by each poke; and the queue that starts a poll. May raise RetryLater."""

    def poke(self, account: PosAccountKey, *, hooked_ms: int = 0) -> None:
        """Mark the account, then signal it. `hooked_ms`: when the webhook came that pokes it (epoch ms); 0: it was
        none, and what the mark knows of webhooks stays."""
        ...

    def marked(self, account: PosAccountKey) -> PokeMark | None:
        """Return the mark, None where there is none."""
        ...

    def clear(self, account: PosAccountKey, rev: Rev) -> None:
        """Delete the mark unless it was made anew meanwhile."""
        ...

    def signal_all(self, accounts: Sequence[PosAccountKey]) -> Sequence[PosAccountKey]:
        """Start a poll of each of these accounts, and return those that could not be signalled."""
        ...
