"""The ports of a POS over the mirror of one account: no call of theirs reaches the vendor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import override

from tillbridge.domain.ids import PosAccountKey, PosProductId
from tillbridge.domain.product import Product
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_feed import FEED_PAGE, PosFeed, PosPage
from tillbridge.ports.pos_mirror import MirrorReads


@dataclass(frozen=True, slots=True)
class MirrorPos(Pos):
    """An account's products, with the versions that the mirror minted."""

    mirror: MirrorReads
    account: PosAccountKey

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        return self.mirror.products(self.account, ids)


@dataclass(frozen=True, slots=True)
class MirrorFeed(PosFeed):
    """An account's changes by minted version."""

    mirror: MirrorReads
    account: PosAccountKey

    @override
    def changes(self, since: int) -> PosPage:
        page = self.mirror.changed(self.account, since, FEED_PAGE)
        end = page.products[-1].version if page.products else since
        settled = max(since, min(end, page.settled))
        return PosPage(page.products, end, len(page.products) == FEED_PAGE, settled)

    def pages(self, since: int) -> Iterator[PosPage]:
        """Yield every page above a version: what a catalogue's `changed` promises."""
        more = True
        while more:
            page = self.changes(since)
            yield page
            since, more = page.next_version, page.more
