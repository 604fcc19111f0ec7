"""The bus of polls in memory; it keeps the promises of `tillbridge.ports.pos_news`."""

from collections.abc import Sequence

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.pos_news import PosNews


class FakePosNews:
    """`told` is for assertions. `refuses`: the bus takes nothing."""

    def __init__(self) -> None:
        self.told: list[PosNews] = []
        self.refuses = False

    def tell(self, news: Sequence[PosNews]) -> None:
        if self.refuses:
            raise RetryLater("The bus takes no events.")
        self.told += news
