"""An X-Series account in this process, and our source over it on the same clock."""

from collections.abc import Collection, Iterator
from typing import Any

from sandbox.lightspeed_x.lab.control import Control
from sandbox.lightspeed_x.server.in_process import ADDRESS, InProcess
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.config import AccountConfig
from sandbox.pos.cloud import PosCloud
from sandbox.pos.model import Outlet
from sandbox.pos.publisher import ListPublisher
from tests.fakes.clock import FakeClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.prices import Terms
from tillbridge.adapters.lightspeed_x.source import LightspeedSource
from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.ids import MemberId
from tillbridge.domain.polling import Cursor
from tillbridge.domain.spending import Spender
from tillbridge.ports.pos_source import PosSource, SourcePage

TERMS = Terms("USD", tax_in_prices=False)
START = Cursor(0)


class Lab:
    """A shop, its account, and a clock that stands still; `control` does to the account what must not happen."""

    def __init__(self, outlets: int = 2, **config: Any) -> None:
        self.clock = FakeClock()
        names = ("o-main", "o-west", *(f"o-{n}" for n in range(2, outlets)))
        shops = [Outlet(name, f"Shop {n}") for n, name in enumerate(names[:outlets])]
        self.cloud = PosCloud(ListPublisher(), (), outlets=shops)
        seconds = AccountConfig(clock=lambda: self.clock.now_ms() / 1_000, **config)
        self.account = Account(self.cloud, seconds)
        self.control = Control(self.account)
        self.http = new_http_session()
        self.http.mount(ADDRESS, InProcess(self.account))

    def source(
        self,
        terms: Terms | None = TERMS,
        *,
        granted: Collection[str] | None = None,
        spender: Spender = Spender.POLL,
        token: str | None = None,
    ) -> LightspeedSource:
        """Return a source with a minute of time, as each poll opens one."""
        secret = token or self.account.config.token
        deadline = self.clock.now_ms() + 60_000
        calls = LightspeedCalls(
            ADDRESS, lambda _: secret, self.clock, deadline, self.http, spender=spender
        )
        return LightspeedSource(calls, terms, granted)

    def member(self, product: str, variant: str = "") -> MemberId:
        """Return X-Series' id of a product of the shop, or of a variant of it."""
        return MemberId(self.account.member_id(product, variant or None))

    def asked(self) -> dict[str, int]:
        """Return how often each method and path was asked since the last time."""
        counted = dict(self.account.calls.counted())
        self.account.calls.clear()
        return counted


def item_pages(source: PosSource, after: Cursor = START) -> Iterator[SourcePage[ItemPart]]:
    """Yield the pages of the catalogue up to one that is not full."""
    while True:
        page = source.items(after)
        yield page
        if page.rows < page.asked:
            return
        after = page.next


def level_pages(source: PosSource, after: Cursor = START) -> Iterator[SourcePage[LevelPart]]:
    """Yield the pages of stock up to one that is not full."""
    while True:
        page = source.levels(after)
        yield page
        if page.rows < page.asked:
            return
        after = page.next


def every_item(source: PosSource, after: Cursor = START) -> list[ItemPart]:
    """Return the parts of those pages."""
    return [part for page in item_pages(source, after) for part in page.parts]


def every_level(source: PosSource, after: Cursor = START) -> list[LevelPart]:
    """Return the parts of those pages."""
    return [part for page in level_pages(source, after) for part in page.parts]
