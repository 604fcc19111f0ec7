"""A mirror in memory; it keeps the promises of `tillbridge.ports.pos_mirror`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from uuid import uuid4

from tillbridge.domain.errors import Conflict
from tillbridge.domain.families.as_product import as_product
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.domain.polling import PollState, Reference
from tillbridge.domain.product import Product
from tillbridge.ports.pos_mirror import KeptFamily


class FakeMirror:
    """Of one account. `between`: called before each family is written."""

    def __init__(self) -> None:
        self.kept: dict[PosProductId, KeptFamily] = {}
        self.homes: dict[MemberId, PosProductId] = {}
        self.seen: dict[int, set[MemberId]] = {}
        self.now = PollState()
        self.minted = 0
        self._lock = Lock()

    def product(self, name: str) -> Product:
        """Return a product by its id."""
        kept = self.kept[PosProductId(name)]
        return as_product(kept.family, kept.version)

    def products(
        self, account: PosAccountKey, ids: Sequence[PosProductId]
    ) -> Mapping[PosProductId, Product]:
        return {each: self.product(each) for each in ids if each in self.kept}

    def changed(self, account: PosAccountKey, since: int, most: int) -> Sequence[Product]:
        return [self.product(each.product) for each in self.untold(account, since, most)]

    def state(self, account: PosAccountKey) -> PollState:
        return self.now

    def keep_state(self, account: PosAccountKey, state: PollState) -> PollState:
        with self._lock:
            if state.rev != self.now.rev:
                raise Conflict("Another poll kept its state.")
            self.now = replace(state, rev=uuid4().hex)
            return self.now

    def families_of(
        self, account: PosAccountKey, members: Collection[MemberId]
    ) -> Mapping[MemberId, PosProductId]:
        return {each: self.homes[each] for each in members if each in self.homes}

    def read(
        self, account: PosAccountKey, ids: Collection[PosProductId]
    ) -> Mapping[PosProductId, KeptFamily]:
        return {each: self.kept[each] for each in ids if each in self.kept}

    def put(self, account: PosAccountKey, changed: Sequence[KeptFamily]) -> Sequence[KeptFamily]:
        done: list[KeptFamily] = []
        for each in changed:
            with self._lock:
                there = self.kept.get(each.family.id)
                if (there.version if there else 0) != each.version:
                    continue
                self.minted += 1
                new = replace(each, version=self.minted)
                for member, item in new.family.items.items():
                    if not item.deleted or member not in self.homes:
                        self.homes[member] = new.family.id
                self.kept[new.family.id] = new
                done.append(new)
        if len(done) < len(changed):
            raise Conflict("A family was written in between.")
        return done

    def untold(self, account: PosAccountKey, after: int, most: int) -> Sequence[Reference]:
        some = sorted(
            (each for each in self.kept.values() if each.version > after),
            key=lambda each: each.version,
        )
        return [Reference(each.family.id, each.version, each.told) for each in some[:most]]

    def newest(self, account: PosAccountKey) -> int:
        return max((each.version for each in self.kept.values()), default=0)

    def note_seen(
        self, account: PosAccountKey, walk: int, page: int, members: Collection[MemberId]
    ) -> None:
        self.seen.setdefault(walk, set()).update(members)

    def unseen(self, account: PosAccountKey, walk: int) -> Iterator[MemberId]:
        seen = self.seen.get(walk, set())
        for member, home in list(self.homes.items()):
            item = self.kept[home].family.items.get(member)
            if item is not None and not item.deleted and member not in seen:
                yield member

    def forget_walk(self, account: PosAccountKey, walk: int) -> None:
        self.seen.pop(walk, None)

    def families(self, account: PosAccountKey) -> Iterator[KeptFamily]:
        yield from list(self.kept.values())
