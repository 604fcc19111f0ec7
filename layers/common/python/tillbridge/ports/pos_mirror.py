"""The mirror: our copy of a vendor's products, one family a product, with versions of our own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tillbridge.domain.families.family import Family
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.domain.polling import PollState, Reference, Told
from tillbridge.domain.product import Product


@dataclass(frozen=True, slots=True)
class KeptFamily:
    """A family as the mirror keeps it. `version` is minted by the mirror's one writer, 0 of one that is new. `told`: what
    changed since it was last told on the bus. `unreadable`: why its row cannot be read, in words."""

    family: Family
    version: int
    told: Told = field(default_factory=Told)
    unreadable: str = ""


class MirrorReads(Protocol):
    """What pushes, imports and reconcile read. Each call may raise RetryLater, or NeedsAttention when the account is in trouble that a
    person must end (its versions went back, its token is dead)."""

    def products(
        self, account: PosAccountKey, ids: Sequence[PosProductId]
    ) -> Mapping[PosProductId, Product]:
        """Return these products by our ids, up to 100, with minted versions; unknown ones not at all."""
        ...

    def changed(self, account: PosAccountKey, since: int, most: int) -> Sequence[Product]:
        """Return the next products whose minted version is above `since`, at most `most`, by ascending version."""
        ...


class PosMirror(MirrorReads, Protocol):
    """The whole mirror, as its one writer, the function `poll`, needs it."""

    def state(self, account: PosAccountKey) -> PollState:
        """Return how far the account was polled; a new one's where it never was."""
        ...

    def keep_state(self, account: PosAccountKey, state: PollState) -> PollState:
        """Write it, and return it with its new `rev`. Raise Conflict when it is not the one that was read."""
        ...

    def families_of(
        self, account: PosAccountKey, members: Collection[MemberId]
    ) -> Mapping[MemberId, PosProductId]:
        """Return the family of each of these members that has one."""
        ...

    def read(
        self, account: PosAccountKey, ids: Collection[PosProductId]
    ) -> Mapping[PosProductId, KeptFamily]:
        """Return these families as they are kept; unknown ones not at all."""
        ...

    def put(self, account: PosAccountKey, changed: Sequence[KeptFamily]) -> Sequence[KeptFamily]:
        """Mint a version for each of these families, write them and whose members are theirs, and return them with it. Each names the
        version that was read. Raise Conflict, after the others were written, when one was written since."""
        ...

    def untold(self, account: PosAccountKey, after: int, most: int) -> Sequence[Reference]:
        """Return what is to be told above a minted version, at most `most`, by ascending version."""
        ...

    def newest(self, account: PosAccountKey) -> int:
        """Return the highest minted version, 0 where there is none."""
        ...

    def note_seen(
        self, account: PosAccountKey, walk: int, page: int, members: Collection[MemberId]
    ) -> None:
        """Note which members a page of a whole walk listed."""
        ...

    def unseen(self, account: PosAccountKey, walk: int) -> Iterator[MemberId]:
        """Yield the members that no page of the walk listed, without those that are deleted already."""
        ...

    def forget_walk(self, account: PosAccountKey, walk: int) -> None:
        """Delete the notes of a walk."""
        ...

    def families(self, account: PosAccountKey) -> Iterator[KeptFamily]:
        """Yield every family, for what concerns all of them, such as a new name of a brand."""
        ...
