"""How far a POS account was polled, and what the next poll is to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.ids import MemberId, PosProductId

Cursor = NewType("Cursor", int)
"""The vendor's version (or time) after which a feed is read on; 0 is its beginning. Within the account's epoch."""


PAGES = 10
"""Pages of a feed that are read at most before they are joined and kept: what fits the function's memory."""


@dataclass(frozen=True, slots=True)
class Cursors:
    """Where both feeds are read on."""

    levels: Cursor = Cursor(0)
    items: Cursor = Cursor(0)


@dataclass(frozen=True, slots=True)
class Walk:
    """A whole walk under way: everything is read again from the beginning. `number` tells its notes of what it saw
    from those of an earlier one; `items_done` says that the catalogue was read to an end that it has seen.
    `waits_at`: the lowest version of a level whose product was made meanwhile, 0 without one. `tail`: where its last
    rows begin, from which what was committed late is looked for. `unreadable`: families whose row could not be read."""

    number: int
    started_ms: int
    at: Cursors = Cursors()
    items_done: bool = False
    waits_at: int = 0
    tail: Cursors = Cursors()
    unreadable: tuple[PosProductId, ...] = ()


@dataclass(frozen=True, slots=True)
class PosHookCare:
    """When the account's webhooks were last looked after (epoch ms), for which keys and address (`as_of`), and what they
    tell of since, in the vendor's words. `trouble`: why nothing, in words; "" while all is well."""

    checked_ms: int = 0
    as_of: str = ""
    topics: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class PollState:
    """The memory of an account's polls. Its one writer is the function `poll`.

    `rev` is a token, new with each write. `earlier`: the cursors of former polls with their times (epoch ms),
    oldest first, from which the overlap is read. `emitted`: the minted version up to which everything was told on the
    bus. `polls` counts polls. `hooked_ms`: when a webhook last came, and `hooks` how they are subscribed to. `unplaced`:
    members whose level came before they did, and how often they were met.
    `outlets_ms`: when outlets were last asked for (epoch ms), `outlets` those that are listed, and `closed` those whose
    units are not offered: closed, deleted, or not listed at all; `doubted`: those that the last list lacked, once. `to_retell`:
    outlets that were closed or opened, and whose products are still to be told.
    `places`: how far each work on all families came, by its name; what is not there begins, or is done.
    `short_ms`: when a feed was first found to end below its cursor (epoch ms), 0 while none does; `older_ms`: when a
    whole walk first met a row older than the one that is known, 0 while none is.
    `page_sizes`: the longest pages that the vendor gave, by feed; it may cap them. `at_once`: so many pages of a feed are joined
    at a time; half as many after a slice whose time that took. `quota_left`: percent of the
    window's calls that were left after the last poll, None where the vendor tells none. `trouble` is the code of what a
    person must act on, with `words`, both "" while all is well."""

    rev: str = ""
    epoch: int = 0
    cursors: Cursors = Cursors()
    earlier: tuple[tuple[int, Cursors], ...] = ()
    walk: Walk | None = None
    walked_ms: int = 0
    named_ms: int = 0
    polled_ms: int = 0
    hooked_ms: int = 0
    hooks: PosHookCare = PosHookCare()
    polls: int = 0
    emitted: int = 0
    unplaced: Mapping[MemberId, int] = field(default_factory=dict)
    page_sizes: Mapping[str, int] = field(default_factory=dict)
    at_once: int = PAGES
    outlets_ms: int = 0
    outlets: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    to_retell: tuple[str, ...] = ()
    places: Mapping[str, PosProductId] = field(default_factory=dict)
    short_ms: int = 0
    older_ms: int = 0
    quota_left: int | None = None
    trouble: str = ""
    words: str = ""

    @property
    def is_open(self) -> bool:
        """Return whether any outlet is known to be open."""
        return not {*self.outlets} <= {*self.closed}


@dataclass(frozen=True, slots=True)
class PollNote:
    """What others than polls need to know of an account without the mirror. `good_ms`: when the last good poll ended
    or, before the first, when the first was tried; `due_ms`: when the next one is due, and `not_before_ms`: before when
    the POS wants no call, whoever asks (epoch ms). `trouble` as in the account's `PollState`."""

    good_ms: int = 0
    due_ms: int = 0
    not_before_ms: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Which events tell of a family's newest version."""

    items: bool = False
    levels: bool = False

    def __or__(self, other: "Told") -> "Told":
        """Return what either tells."""
        return Told(self.items or other.items, self.levels or other.levels)


@dataclass(frozen=True, slots=True)
class Reference:
    """A product, its minted version, and what changed in it since it was last told."""

    product: PosProductId
    version: int
    told: Told


FIRST_READING = (
    "The POS is being read whole. You need not do anything: Tillbridge goes on as soon as all "
    "products are known."
)
"""What people read until a first whole walk is over: families may be known in part."""


def usable(state: PollState, epoch: int) -> PollState:
    """Return the state of an account in this epoch, when the products that were read by then may be used. Raise
    NeedsAttention when a person must act first; PosDown until the account was read whole, and again until it was read
    whole in a new epoch: what was read in the one before is neither the newest nor, any more, trouble."""
    if state.epoch < epoch:
        raise PosDown(FIRST_READING)
    if state.trouble:
        raise NeedsAttention(state.trouble, state.words)
    if not state.walked_ms:
        raise PosDown(FIRST_READING)
    return state
