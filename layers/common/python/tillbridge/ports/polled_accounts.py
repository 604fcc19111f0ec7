"""The POS accounts that are polled, and the stores behind them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.polling import PollNote
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_trouble import PosTrouble


class PolledAccounts(Protocol):
    """Each method may raise RetryLater. An account that nobody polled yet has an empty note."""

    def find(self, account: PosAccountKey) -> tuple[PosAccount | None, PollNote]:
        """Return an account, None where there is none, and its note, in one request."""
        ...

    def all(self) -> Sequence[tuple[PosAccount, PollNote]]:
        """Return every account of a kind that is polled, with its note. One that cannot be read is left out, and
        logged."""
        ...

    def stores_of(self, account: PosAccountKey) -> Sequence[StoreId] | None:
        """Return the connected stores of an account, by name, paused ones among them; None where none ever was. It reads
        no other store."""
        ...

    def note(self, account: PosAccountKey, note: PollNote) -> None:
        """Write an account's note. Its one writer is the function `poll`."""
        ...

    def tell(self, stores: Sequence[StoreId], trouble: PosTrouble | None) -> None:
        """Have people read at each of these stores what trouble its account is in; None: it is in none any more."""
        ...

    def keep_facts(self, account: PosAccountKey, facts: Mapping[str, str]) -> None:
        """Write these facts, which the POS says of itself, beside others; nothing where the account is gone."""
        ...
