"""A poll under way: what it needs, what it knows, and what it did."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreId
from tillbridge.domain.polling import PollState
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.spending import REST, Spender
from tillbridge.ports.clock import Clock
from tillbridge.ports.pokes import Pokes
from tillbridge.ports.polled_accounts import PolledAccounts
from tillbridge.ports.pos_doors import PosDoors
from tillbridge.ports.pos_hook_secrets import PosHookSecrets
from tillbridge.ports.pos_hooks import PosHooks
from tillbridge.ports.pos_mirror import PosMirror
from tillbridge.ports.pos_news import PosNewsBus
from tillbridge.ports.pos_source import PosSource
from tillbridge.ports.reconcile_queue import ReconcileQueue
from tillbridge.ports.signals import Signals
from tillbridge.usecases.renew_pos_access import RenewDeps

log = logging.getLogger(__name__)

END_MS = 5_000
"""So long before a slice's end no further work is begun: what was read must still be kept and told."""


SPARE_MS = 30_000
"""So long after a slice's end what was read is still joined: half of what the function has beyond it."""


@dataclass(frozen=True, slots=True)
class PosHookCareDeps:
    """What the care of webhooks needs. `address`: where vendors reach this deployment, '' where they do not.
    `open_hooks` makes a client whose calls end by a deadline (epoch ms)."""

    secrets: PosHookSecrets
    doors: PosDoors
    open_hooks: Callable[[PosAccount, int], PosHooks]
    address: str


@dataclass(frozen=True, slots=True)
class PollDeps:
    """What polls need. `signals` start the drains of stores, and `runs` have their runs of reconcile go on. `open_source` makes a source whose calls end by a
    deadline (epoch ms), and `renewing` gives what renews its access until then."""

    mirror: PosMirror
    pokes: Pokes
    accounts: PolledAccounts
    bus: PosNewsBus
    signals: Signals
    runs: ReconcileQueue
    clock: Clock
    open_source: Callable[[PosAccount, int], PosSource]
    renewing: Callable[[PosAccount, int], RenewDeps]
    hooks: PosHookCareDeps
    slice_ms: int = 60_000


@dataclass(slots=True)
class PollRecord:
    """What a poll did. `parts`: rows read; `families`: those of them that changed; `told`: events; `gone`: members
    that a whole walk found to be gone; `dropped`: members whose levels came though nobody knows them; `trouble`: the
    code of what a person must act on; `waits`: why it ended early, "" where it did not; `goes_on`: more is to be read
    at once; `spent`: there was nothing to do."""

    account: PosAccountKey
    pages: int = 0
    parts: int = 0
    families: int = 0
    told: int = 0
    gone: int = 0
    dropped: int = 0
    walked: bool = False
    trouble: str = ""
    waits: str = ""
    goes_on: bool = False
    spent: bool = False


@dataclass(slots=True)
class PollSession:
    """`state` is ahead of what is stored by what `keep` did not write yet. `names`: the vendor's names by id, once
    they were asked for. `is_short`: a feed ended below its cursor. `unreadable`: families whose row was met and could
    not be read. `has_older`: rows were met that are older than what is known of their members. `connected`: the account's stores, as they were when something was told last. `was_first`: the
    account was never read whole when the poll began."""

    account: PosAccount
    deps: PollDeps
    state: PollState
    deadline_ms: int
    record: PollRecord
    names: dict[str, str] = field(default_factory=dict)
    is_short: bool = False
    has_older: bool = False
    unreadable: set[PosProductId] = field(default_factory=set)
    connected: Sequence[StoreId] = ()
    stored: PollState = field(init=False)
    was_first: bool = field(init=False)
    _has_names: bool = False
    _source: PosSource | None = None

    def __post_init__(self) -> None:
        self.stored = self.state
        self.was_first = self.is_first

    @property
    def key(self) -> PosAccountKey:
        """The account."""
        return self.account.key

    @property
    def source(self) -> PosSource:
        """The POS, opened when it is first needed: to open it may fail, as a call does."""
        if self._source is None:
            self._source = self.deps.open_source(self.account, self.deadline_ms)
        return self._source

    @property
    def is_first(self) -> bool:
        """Whether the account was never read whole, so that its families may be incomplete."""
        return not self.state.walked_ms

    def now_ms(self) -> int:
        """Return the time."""
        return self.deps.clock.now_ms()

    def is_over(self) -> bool:
        """Return whether no further work is to be begun."""
        return self.now_ms() >= self.deadline_ms - END_MS

    def is_late(self) -> bool:
        """Return whether what was begun is to be left, before the function is cut off."""
        return self.now_ms() >= self.deadline_ms + SPARE_MS

    def note(self, **changes: Any) -> None:
        """Change the state; `keep` writes it."""
        self.state = replace(self.state, **changes)

    def keep(self) -> None:
        """Write the state, if it changed. Raise Conflict when another poll wrote since this one read it."""
        if self.state != self.stored:
            self.state = self.stored = self.deps.mirror.keep_state(self.key, self.state)

    def begin_again(self, work: str) -> None:
        """Let the next slice of a work on all families begin with the first one."""
        self.note(places={name: at for name, at in self.state.places.items() if name != work})

    def leaves_quota(self) -> bool:
        """Return whether a whole walk leaves the rest of the window's calls to others."""
        left = self.source.quota_left
        return left is not None and left < REST[Spender.WALK]

    def ask_for_names(self) -> None:
        """Ask for the names of brands, vendors and departments, once a poll. A token that may not see some of them
        is no trouble of the account: people were told of it at connect, and rows tell most names themselves."""
        if self._has_names:
            return
        try:
            self.names.update(self.source.names())
        except NeedsAttention as refusal:
            if refusal.code != AttentionCode.POS_SCOPE_MISSING:
                raise
            log.warning("names not read", extra={"account": self.key, "why": str(refusal)})
        self._has_names = True
