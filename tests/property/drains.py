"""However marks, reads, clears and postponements of drains interleave, no mark is lost."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.builders import a_change
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.ports.pending import PendingRows

NOW = 1_000_000
PRODUCTS = ["p-lantern", "p-jumper"]
products = st.sampled_from(PRODUCTS)
drains = st.integers(0, 1)


class Drains(RuleBasedStateMachine):
    """Two drains read, and later clear or postpone what they read, while marks come in.

    `owed`: the highest version marked since a drain last read the product: until that is read,
    nothing may take the row away. `force` is owed likewise."""

    def __init__(self, pending: PendingRows) -> None:
        super().__init__()
        self.pending = pending
        self.store = StoreId(uuid4().hex)
        self.read: dict[int, list[PendingRow]] = {0: [], 1: []}
        self.owed: dict[str, int] = {}
        self.forced: set[str] = set()
        self.order = 0

    @rule(product=products, version=st.integers(0, 9), force=st.booleans())
    def mark(self, product: str, version: int, force: bool) -> None:
        self.order += 1
        self.pending.mark(
            [a_change(product, store=self.store, version=version, force=force, order=self.order)]
        )
        self.owed[product] = max(version, self.owed.get(product, 0))
        if force:
            self.forced.add(product)

    @rule(drain=drains)
    def reads_what_is_due(self, drain: int) -> None:
        self.read[drain] = list(self.pending.due(self.store, Lane.CONTENT, NOW, 10))

    @rule(drain=drains)
    def clears_what_it_read(self, drain: int) -> None:
        current = {row.product: row.rev for row in self._rows()}
        self.pending.clear(self.read[drain])
        for row in self.read[drain]:
            if current.get(row.product) == row.rev:
                # It had read the last mark, so nothing is owed any more.
                assert row.version >= self.owed.pop(row.product)
                assert row.force or row.product not in self.forced
                self.forced.discard(row.product)

    @rule(drain=drains, seconds=st.integers(-5, 5))
    def postpones_what_it_read(self, drain: int, seconds: int) -> None:
        waits = NOW + seconds * 1_000
        self.pending.postpone(
            replace(row, attempts=row.attempts + 1, not_before_ms=waits) for row in self.read[drain]
        )

    @invariant()
    def what_is_owed_is_there(self) -> None:
        there = {str(row.product): row for row in self._rows()}
        for product, version in self.owed.items():
            assert there[product].version >= version
            assert there[product].force or product not in self.forced

    @invariant()
    def what_is_there_comes_due(self) -> None:
        later = self.pending.due(self.store, Lane.CONTENT, NOW + 60_000, 10)
        assert {row.product for row in later} == set(self.owed)

    def _rows(self) -> Sequence[PendingRow]:
        return self.pending.of(self.store, Lane.CONTENT, PRODUCTS)


def drains_of(pending: PendingRows) -> type[Drains]:
    """Return the machine over these rows; each run has a store of its own."""

    class DrainsOf(Drains):
        def __init__(self) -> None:
            super().__init__(pending)

    return DrainsOf
