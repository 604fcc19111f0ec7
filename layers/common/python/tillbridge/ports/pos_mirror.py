"""The mirror: our copy of a vendor's products, one family a product, with versions of our own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.domain.polling import PollState, Reference
from tillbridge.domain.product import Product

__all__ = ["KeptFamily", "MirrorPage", "MirrorReads", "PosMirror"]


@dataclass(frozen=True, slots=True)
class MirrorPage:
    """Products by ascending minted version. `settled`: up to which version everything is written; one that is being
    written above it may appear below what was read."""

    products: tuple[Product, ...]
    settled: int


class MirrorReads(Protocol):
    """What pushes, imports and reconcile read. Each call may raise RetryLater."""

    def products(
        self, account: PosAccountKey, ids: Sequence[PosProductId]
    ) -> Mapping[PosProductId, Product]:
        """Return these products by our ids, up to 100, with minted versions; unknown ones not at all. None has stock
        of an outlet that is closed (`PollState.closed`).

        Raise NeedsAttention when the account is in trouble that a person must end (its versions went back, its token is
        dead), PosDown until it was walked through once."""
        ...

    def changed(self, account: PosAccountKey, since: int, most: int) -> MirrorPage:
        """Return the next products whose minted version is above `since`: `most` of them, fewer only where no more
        are left. Raise like `products`."""
        ...

    def named(self, account: PosAccountKey, name: str) -> PosProductId | None:
        """Return the product of this name that is not deleted, None where there is none. Names that look the same are
        one (domain/names.py): no two families of a POS may share a name. Raise like `products`."""
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


class PosMirror(MirrorReads, Protocol):
    """The whole mirror, as its one writer, the function `poll`, needs it. It reads while the account is in trouble."""

    def state(self, account: PosAccountKey) -> PollState:
        """Return how far the account was polled; a new one's where it never was."""
        ...

    def keep_state(self, account: PosAccountKey, state: PollState) -> PollState:
        """Write it, and return it with its new `rev`. Raise Conflict when it is not the one that was read."""
        ...

    def put(self, account: PosAccountKey, changed: Sequence[KeptFamily]) -> Sequence[KeptFamily]:
        """Mint a version for each of these families, in this order; write them, then the index of their joining members;
        and return them with their versions. Each names the version that was read.

        Raise Conflict, after the others were written, when one was written since. One that a newer release wrote is
        logged and left alone, and not returned; nor is one that is too large, of which nothing changes that is kept."""
        ...

    def begin_above(self, account: PosAccountKey, version: int) -> None:
        """Mint no version up to this one: of a mirror that is built anew, whatever one before may have minted."""
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
        """Note which members a page of a whole walk listed. `page` is its own number, from 0, the same when it is read
        again."""
        ...

    def unseen(self, account: PosAccountKey, walk: int) -> Iterator[MemberId]:
        """Yield the members that no page of the walk listed, without those that are deleted already."""
        ...

    def forget_walks(self, account: PosAccountKey, number: int) -> None:
        """Delete the notes of this walk and of those before it, which may have been cut off."""
        ...

    def families(
        self, account: PosAccountKey, after: PosProductId | None = None
    ) -> Iterator[KeptFamily]:
        """Yield every family, or those behind the one of this id, in an order that stays: for what concerns all of them,
        such as a new name of a brand."""
        ...
