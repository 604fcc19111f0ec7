"""How the polls of a POS account are, by what they noted."""

from dataclasses import dataclass
from typing import Protocol

from cli.deployment.polls import MOST_UNTOLD, mirror, pokes, stores_by_account
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.polling import PollState
from tillbridge.domain.pos_account import PosAccount
from tillbridge.ports.pokes import Pokes


class Counts(Protocol):
    """How many products the mirror has of an account."""

    @property
    def families(self) -> int:
        """Return all of them."""
        ...

    @property
    def unreadable(self) -> int:
        """Return those that cannot be sold online, as they are."""
        ...


class Mirror(Protocol):
    """What is read of a mirror."""

    def state(self, account: PosAccountKey) -> PollState:
        """Return the memory of an account's polls."""
        ...

    def untold(self, account: PosAccountKey, after: int, most: int) -> list[object]:
        """Return what is still to be told on the bus."""
        ...

    def counted(self, account: PosAccountKey) -> Counts:
        """Return how many products there are."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How the polls of an account are at `now_ms`. `asked`: a poll was asked for and has not begun; `untold`: products
    whose change the stores have not been told of, MOST_UNTOLD at most."""

    account: PosAccount
    stores: tuple[StoreId, ...]
    state: PollState
    asked: bool
    untold: int
    families: int
    unreadable: int
    now_ms: int


def standing_of(target: Target, account: PosAccount) -> Standing:
    """Return how the polls of an account are. May raise RetryLater."""
    stores = tuple(stores_by_account(target).get(account.key, ()))
    return gathered(mirror(target), pokes(target), account, stores, SystemClock().now_ms())


def gathered(
    kept: Mirror, asked: Pokes, account: PosAccount, stores: tuple[StoreId, ...], now_ms: int
) -> Standing:
    """Return how the polls of an account are, from what is kept of them."""
    state = kept.state(account.key)
    count = kept.counted(account.key)
    return Standing(
        account,
        stores,
        state,
        asked.marked(account.key) is not None,
        len(kept.untold(account.key, state.emitted, MOST_UNTOLD)),
        count.families,
        count.unreadable,
        now_ms,
    )
