"""The connected stores, and what is remembered of each."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, Pause
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.removal import Removal
from tillbridge.domain.safety_stock import LearnedSafety
from tillbridge.domain.slices import Turn


class Stores(Protocol):
    """The connections, their state, and small caches."""

    def find(self, store: StoreId) -> Connection | None:
        """Return the connection with its POS account, or None when no such store is connected. Raise
        UnreadableStore when it was stored in a shape that cannot be read."""
        ...

    def as_told(self, store: StoreId) -> Connection | None:
        """Return what `find` returns, with the trouble of its POS account (domain/pos_trouble.py), at no request more:
        for pages that show it. Nobody writes it back."""
        ...

    def with_compared(self, store: StoreId) -> tuple[Connection | None, int]:
        """Return what `as_told` returns and, of the same moment at no request more, when both sides were compared
        last (epoch ms; while the first run of a store is under way its beginning, 0 before)."""
        ...

    def all(self) -> Sequence[StoreId]:
        """Return the id of every connected store, by name."""
        ...

    def removal(self, store: StoreId) -> Removal | None:
        """Return that a store was removed, and by whom; None of any other."""
        ...

    def set_state(self, connection: Connection) -> None:
        """Write state, attention, not_before and failures; settings stay as they are. A store that
        a person paused meanwhile stays paused."""
        ...

    def pause(self, store: StoreId, pause: Pause) -> bool:
        """Pause a store, and forget what it waited for. Return whether this paused it: of a store that is paused
        already, or not connected, everything stays."""
        ...

    def resume(self, store: StoreId) -> bool:
        """Make a store active, and forget why it was paused or needed attention, and what it waited for. Return
        whether it is connected."""
        ...

    def rename(self, store: StoreId, title: str, seen: str) -> bool:
        """Give a store a title. Return False, with nothing written, when it has another than was `seen`, or is not
        connected."""
        ...

    def categories(self, store: StoreId) -> Mapping[str, int]:
        """Return the remembered category ids by the key of the name."""
        ...

    def remember_categories(self, store: StoreId, categories: Mapping[str, int]) -> None:
        """Add to the remembered categories."""
        ...

    def remember_ignored(self, store: StoreId, fields: Collection[str]) -> None:
        """Add to the fields that the store's batch of variants ignores (`Connection.ignored`)."""
        ...

    def keep_canary(self, store: StoreId, canary: Canary) -> None:
        """Keep how far the round of a canary is, unless it was switched off or made anew meanwhile."""
        ...

    def keep_money(self, store: StoreId, money: MoneyFormat) -> None:
        """Keep how a store writes prices; nothing is kept of one that was disconnected."""
        ...

    def keep_safety(self, store: StoreId, safety: LearnedSafety) -> None:
        """Keep the safety stock that a store learned. Nothing is kept of a store that was disconnected, or
        that learns none any more; how much it may keep at most stays as it is set."""
        ...

    def begin_slice(
        self, store: StoreId, token: str, now_ms: int, until_ms: int, sent_ms: int = 0
    ) -> Turn:
        """Make `token` the store's one writer until `until_ms`. When another slice is the writer at
        `now_ms`, return until when. When the signal, sent at `sent_ms`, is spent by what the last slice
        left (`is_spent` in domain/slices.py), return that and change nothing. Of several callers at once, only one becomes the writer. The
        turn is unsure when the slice before never ended, or ended unsure; it was killed when it never
        ended, or was told so itself and ended unsure."""
        ...

    def end_slice(self, store: StoreId, token: str, left: Turn) -> None:
        """Let the next slice write, and tell it what is `left`: `unsure`, with it `killed_ms`,
        `oldest_next`, `settled_ms`, `after_ms`, `hooks_checked_ms`, `hooks_rearmed_ms`, `orders` and `hour`. A slice that began after
        this one's time was over stays the writer."""
        ...

    def begin_epoch(self, account: PosAccount) -> None:
        """Raise the epoch of a POS account by one, unless somebody did since `account` was read."""
        ...

    def note_went_back(self, store: StoreId, products: Sequence[PosProductId]) -> None:
        """Remember that the POS shows these in an older version than was pushed: MOST_WENT_BACK
        of them, enough to say that it is many (domain/went_back.py)."""
        ...

    def settle_went_back(self, store: StoreId, products: Sequence[PosProductId] = ()) -> None:
        """Forget these; all of them when none is named."""
        ...

    def went_back(self, store: StoreId) -> Sequence[PosProductId]:
        """Return what is remembered of `note_went_back`, by id."""
        ...
