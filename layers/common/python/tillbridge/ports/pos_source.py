"""A vendor's POS, as polls read it: all that an adapter for reading must give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from tillbridge.domain.families.parts import ItemPart, LevelPart, Part
from tillbridge.domain.ids import MemberId
from tillbridge.domain.polling import Cursor


@dataclass(frozen=True, slots=True)
class SourcePage[P: Part]:
    """A page of a feed, by ascending version. `next`: where the next page begins. `asked`: how many rows were asked for.
    A page without rows is the feed's end, and only that one leaves the cursor where it is; a short one is only where the
    end may be, for vendors cap pages as they like.
    `left_out`: rows of the page without an id or a version that could be read, which are no parts."""

    parts: tuple[P, ...]
    next: Cursor
    asked: int
    left_out: int = 0

    @property
    def rows(self) -> int:
        """Return how many rows the vendor gave."""
        return len(self.parts) + self.left_out


@dataclass(frozen=True, slots=True)
class Outlet:
    """A shop, or a place with stock; one that is not `active` is closed or deleted."""

    id: str
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class PosFacts:
    """What the POS says of itself. `currency` is ISO 4217's. `tax_in_prices`: its prices include tax. `missing_scopes`:
    what our token may not, of what we need. `quota`: calls in a window of five minutes, None where it names none.
    `id`: the POS's own of the account. `kept`: what the source wants to know of the account again, as facts of it."""

    name: str
    currency: str
    tax_in_prices: bool
    registers: int = 1
    quota: int | None = None
    missing_scopes: tuple[str, ...] = ()
    id: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)


class PosSource(Protocol):
    """Each call may raise PosDown (also when our share of the quota is used up, with the wait), OutOfTime, or
    NeedsAttention when the POS refuses our token, a scope is missing or its API is not as we know it. Versions of parts are the
    vendor's own numbers; a row that cannot be read is a part whose fields are `unreadable`, a level that cannot is
    unknown (`deleted`). What is nothing that a shop sells online, such as a gift card, is told as a tombstone."""

    def levels(self, after: Cursor) -> SourcePage[LevelPart]:
        """Return the next rows of stock, tombstones too, whose version is above `after`."""
        ...

    def items(self, after: Cursor) -> SourcePage[ItemPart]:
        """Return the next rows of the catalogue, tombstones too, whose version is above `after`."""
        ...

    def item(self, member: MemberId) -> ItemPart | None:
        """Return one row of the catalogue by its id, None where the POS has none (any more). Raise PosRefused when it says
        neither."""
        ...

    def names(self) -> Mapping[str, str]:
        """Return the names of all brands, vendors and departments, by id. Asked once a day, it also looks
        whether the POS still answers as we know it, and raises NeedsAttention when it does not."""
        ...

    def outlets(self) -> Sequence[Outlet]:
        """Return every outlet, closed ones too."""
        ...

    def facts(self) -> PosFacts:
        """Return what the POS says of itself and of our token."""
        ...

    @property
    def quota_left(self) -> Decimal | None:
        """Return the share of the window's calls that was left at the last answer, 0 to 1; None before the first."""
        ...
