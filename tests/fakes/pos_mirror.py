"""The mirror in memory; it keeps the promises of `tillbridge.ports.pos_mirror`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from threading import RLock

from tillbridge.domain.errors import Conflict
from tillbridge.domain.families.as_product import as_product
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.domain.names import name_key
from tillbridge.domain.polling import PollState, Reference, usable
from tillbridge.domain.product import Product
from tillbridge.ports.pos import BATCH
from tillbridge.ports.pos_mirror import KeptFamily, MirrorPage

type _Of[T] = dict[PosAccountKey, T]


class FakePosMirror:
    """Families in dicts by account. `puts` counts the families of each put. `epoch`: that of the account whose products are
    read."""

    def __init__(self) -> None:
        self.puts: list[int] = []
        self.epoch = 0
        self._families: _Of[dict[PosProductId, KeptFamily]] = {}
        self._index: _Of[dict[MemberId, PosProductId]] = {}
        self._states: _Of[PollState] = {}
        self._next: _Of[int] = {}
        self._seen: dict[tuple[PosAccountKey, int, int], frozenset[MemberId]] = {}
        self._tokens = count(1)
        self._lock = RLock()

    def products(
        self, account: PosAccountKey, ids: Sequence[PosProductId]
    ) -> Mapping[PosProductId, Product]:
        assert len(ids) <= BATCH, f"{len(ids)} ids in one read; the port takes {BATCH}"
        if not ids:
            return {}
        state = self._readable(account)
        return {each: _product(kept, state) for each, kept in self.read(account, ids).items()}

    def changed(self, account: PosAccountKey, since: int, most: int) -> MirrorPage:
        state = self._readable(account)
        above = [kept for kept in self._by_version(account) if kept.version > since]
        newer = [_product(kept, state) for kept in above[:most]]
        return MirrorPage(tuple(newer), state.emitted)

    def named(self, account: PosAccountKey, name: str) -> PosProductId | None:
        self._readable(account)
        there = ((p.id, p) for p in map(_product, self.families(account)) if not p.deleted)
        wanted = name_key(name)
        same = sorted(id_ for id_, p in there if wanted and name_key(p.name) == wanted)
        return next(iter(same), None)

    def families_of(
        self, account: PosAccountKey, members: Collection[MemberId]
    ) -> Mapping[MemberId, PosProductId]:
        index = self._index.get(account, {})
        return {each: index[each] for each in members if each in index}

    def read(
        self, account: PosAccountKey, ids: Collection[PosProductId]
    ) -> Mapping[PosProductId, KeptFamily]:
        families = self._families.get(account, {})
        return {each: families[each] for each in ids if each in families}

    def state(self, account: PosAccountKey) -> PollState:
        return self._states.get(account, PollState())

    def keep_state(self, account: PosAccountKey, state: PollState) -> PollState:
        with self._lock:
            if self.state(account).rev != state.rev:
                raise Conflict("This row changed before it could be written.")
            self._states[account] = replace(state, rev=f"rev-{next(self._tokens)}")
            return self._states[account]

    def put(self, account: PosAccountKey, changed: Sequence[KeptFamily]) -> Sequence[KeptFamily]:
        races = []
        written = []
        with self._lock:
            self.puts.append(len(changed))
            there = self._families.setdefault(account, {})
            for kept in changed:
                version = self._next.get(account, 1)
                self._next[account] = version + 1
                id_ = kept.family.id
                if (there[id_].version if id_ in there else 0) != kept.version:
                    races.append(id_)
                    continue
                there[id_] = replace(kept, version=version, joining=frozenset())
                self._index.setdefault(account, {}).update(dict.fromkeys(kept.joining, id_))
                written.append(there[id_])
        if races:
            raise Conflict(f"The mirror's row of {races[0]} changed before it could be written.")
        return written

    def begin_above(self, account: PosAccountKey, version: int) -> None:
        with self._lock:
            self._next[account] = max(self._next.get(account, 1), version + 1)

    def untold(self, account: PosAccountKey, after: int, most: int) -> Sequence[Reference]:
        newer = [kept for kept in self._by_version(account) if kept.version > after]
        return [Reference(kept.family.id, kept.version, kept.told) for kept in newer[:most]]

    def newest(self, account: PosAccountKey) -> int:
        return max((kept.version for kept in self.families(account)), default=0)

    def note_seen(
        self, account: PosAccountKey, walk: int, page: int, members: Collection[MemberId]
    ) -> None:
        self._seen[account, walk, page] = frozenset(members)

    def unseen(self, account: PosAccountKey, walk: int) -> Iterator[MemberId]:
        pages = (some for (of, n, _), some in self._seen.items() if (of, n) == (account, walk))
        seen = frozenset[MemberId]().union(*pages)
        for member, family in sorted(self._index.get(account, {}).items()):
            part = self._families[account][family].family.items.get(member)
            if member not in seen and part is not None and not part.deleted:
                yield member

    def notes(self, account: PosAccountKey) -> frozenset[tuple[int, int]]:
        """Return which pages of which walks are noted."""
        return frozenset((walk, page) for of, walk, page in self._seen if of == account)

    def forget_walks(self, account: PosAccountKey, number: int) -> None:
        for key in [key for key in self._seen if key[0] == account and key[1] <= number]:
            del self._seen[key]

    def families(
        self, account: PosAccountKey, after: PosProductId | None = None
    ) -> Iterator[KeptFamily]:
        there = sorted(self._families.get(account, {}).items())
        return iter([kept for id_, kept in there if after is None or id_ > after])

    def _by_version(self, account: PosAccountKey) -> list[KeptFamily]:
        return sorted(self.families(account), key=lambda kept: kept.version)

    def _readable(self, account: PosAccountKey) -> PollState:
        return usable(self.state(account), self.epoch)


def _product(kept: KeptFamily, state: PollState | None = None) -> Product:
    known = state or PollState()
    return as_product(
        kept.family, kept.version, kept.unreadable, known.closed, any_open=known.is_open
    )
