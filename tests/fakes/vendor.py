"""A vendor's POS as it answers whoever connects it: facts and outlets alone."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.ids import MemberId
from tillbridge.domain.polling import Cursor
from tillbridge.ports.pos_source import Outlet, PosFacts, SourcePage

QUAY = PosFacts("Quay Gifts", "USD", tax_in_prices=False, registers=2, quota=650, id="r-1")


class FakeVendor:
    """`told` and `shops` are what it answers, `sold` is its first page; `trouble` is raised instead, `unnamed` where
    names are asked for."""

    def __init__(self, told: PosFacts = QUAY) -> None:
        self.told = told
        self.shops: list[Outlet] = [Outlet("o-1", "Harbour"), Outlet("o-2", "Pier", active=False)]
        self.sold: tuple[ItemPart, ...] = ()
        self.trouble: Exception | None = None
        self.unnamed: Exception | None = None

    def facts(self) -> PosFacts:
        if self.trouble:
            raise self.trouble
        return self.told

    def outlets(self) -> Sequence[Outlet]:
        if self.trouble:
            raise self.trouble
        return self.shops

    def levels(self, after: Cursor) -> SourcePage[LevelPart]:
        return SourcePage((), after, 1)

    def items(self, after: Cursor) -> SourcePage[ItemPart]:
        return SourcePage(self.sold, after, 1)

    def item(self, member: MemberId) -> ItemPart | None:
        raise NotImplementedError

    def names(self) -> Mapping[str, str]:
        if self.unnamed:
            raise self.unnamed
        return {}

    @property
    def quota_left(self) -> Decimal | None:
        return Decimal(1)
