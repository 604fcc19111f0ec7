"""Products are created and deleted while reconcile pages through the store: none is missed or
doubled."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import STORE, a_product
from tests.examples import examples
from tests.reconcile_world import DRY, ReconcileWorld
from tillbridge.domain.findings import Code
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.ports.store_reader import WebPage

LINKED = 5

# What happens in the store between two pages: deletions, by place in the list, and creations.
meanwhile = st.lists(
    st.tuples(st.lists(st.integers(0, 30), max_size=3), st.integers(0, 3)), max_size=8
)


class Paging:
    """A world whose store changes after each page."""

    def __init__(self, unlinked: int, changes: Sequence[tuple[list[int], int]]) -> None:
        self.world = ReconcileWorld(page_size=3)
        self.world.linked(*(a_product(f"p-{n}", name=f"L{n}", sku=f"L{n}") for n in range(LINKED)))
        for number in range(unlinked):
            self.world.web.seed(f"U{number}", f"U{number}")
        self.changes = list(changes)
        self.made = 0
        self.seen: list[StoreProductId] = []
        self.always = set(self.world.web.records.products)
        self._read = self.world.reader.page
        self.world.reader.page = self.page  # type: ignore[method-assign] # - a change comes after each page

    def page(self, after: StoreProductId, changed_since_ms: int = 0) -> WebPage:
        page = self._read(after, changed_since_ms)
        self.seen += [product.id for product in page.products]
        if self.changes:
            self._change(*self.changes.pop(0))
        return page

    def _change(self, deleted: list[int], created: int) -> None:
        for place in deleted:
            there = sorted(self.world.web.records.products)
            if there:
                gone = there[place % len(there)]
                self.world.web.remove(gone)
                self.always.discard(gone)
        for _ in range(created):
            self.made += 1
            self.world.web.seed(f"new {self.made}", f"NEW-{self.made}")


@given(unlinked=st.integers(0, 12), changes=meanwhile)
@settings(max_examples=examples(150))
def test_none_is_missed_and_none_doubled(
    unlinked: int, changes: list[tuple[list[int], int]]
) -> None:
    paging = Paging(unlinked, changes)
    world = paging.world
    run = world.reconcile(DRY)
    assert len(paging.seen) == len(set(paging.seen))
    assert paging.always <= set(paging.seen)

    paging.changes.clear()
    links = world.links.get(STORE, [PosProductId(f"p-{n}") for n in range(LINKED)])
    online = world.web.records.products
    gone = {product for product, link in links.items() if link.id not in online}
    told = {f.product for f in world.findings(run) if f.code is Code.GONE_ONLINE}
    # What was deleted after it had been compared is found by the next run.
    assert told <= gone
    assert run.drift == len(told)
    again = world.reconcile(DRY)
    assert {f.product for f in world.findings(again) if f.code is Code.GONE_ONLINE} == gone
