"""POS's whose records a shopkeeper edits: a fake, the sandbox through our client, a mirror of another vendor's, and the
mirror that polls of X-Series feed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol

from sandbox.pos.server import PosServer
from tests.fakes.pos import FakePos
from tests.fakes.pos_mirror import FakePosMirror
from tests.fakes.reconcile import FakeFeed
from tests.lightspeed_lab import Lab
from tests.mirrored import ACCOUNT, an_item, take_page
from tests.poll_world import KEY, PollWorld
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.pos_cloud.feed import PosCloudFeed
from tillbridge.adapters.pos_mirror.pos import MirrorFeed, MirrorPos
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_feed import PosFeed, PosPage

WORLDS = ("fake", "sandbox", "mirror", "X-Series")


class World(Protocol):
    """A POS and its shopkeeper."""

    @property
    def pos(self) -> Pos: ...

    @property
    def feed(self) -> PosFeed: ...

    def save(self, product: str, name: str, price: str) -> None: ...

    def delete(self, product: str) -> None: ...


class FakeWorld:
    def __init__(self) -> None:
        self.fake = FakePos()
        self.pos: Pos = self.fake
        self.feed: PosFeed = FakeFeed(self.fake)
        self._version = 0

    def save(self, product: str, name: str, price: str) -> None:
        self._put(product, name=name, price=Decimal(price))

    def delete(self, product: str) -> None:
        self._put(product, name="", deleted=True)

    def _put(self, product: str, **fields: Any) -> None:
        self._version += 1
        self.fake.save(Product(PosProductId(product), self._version, **fields))


class SandboxWorld:
    def __init__(self, server: PosServer) -> None:
        self._cloud = server.cloud
        clock = SystemClock()
        self.feed: PosFeed = PosCloudFeed(
            server.base_url,
            lambda _: server.token,
            clock,
            clock.now_ms() + 60_000,
            new_http_session(),
        )
        self.pos: Pos = client_of(server)

    def save(self, product: str, name: str, price: str) -> None:
        self._cloud.save_product(product, name=name, price=price)

    def delete(self, product: str) -> None:
        self._cloud.delete_product(product)


class MirrorWorld:
    """The vendor's versions begin anew with each product: only the mirror's own are compared."""

    def __init__(self) -> None:
        self._mirror = FakePosMirror()
        self.pos: Pos = MirrorPos(self._mirror, ACCOUNT)
        self.feed: PosFeed = MirrorFeed(self._mirror, ACCOUNT)
        self._mirror.keep_state(ACCOUNT, replace(self._mirror.state(ACCOUNT), walked_ms=1))
        self._versions: dict[str, int] = {}

    def save(self, product: str, name: str, price: str) -> None:
        self._put(product, name=name, price=Decimal(price))

    def delete(self, product: str) -> None:
        self._put(product, deleted=True)

    def _put(self, product: str, **fields: Any) -> None:
        self._versions[product] = self._versions.get(product, 0) + 1
        take_page(self._mirror, [an_item(product, self._versions[product], **fields)])
        state = self._mirror.state(ACCOUNT)
        self._mirror.keep_state(ACCOUNT, replace(state, emitted=self._mirror.newest(ACCOUNT)))


class XSeriesWorld:
    """Each save is followed by a poll. Products go by the names that the shop has for them."""

    def __init__(self) -> None:
        self._lab = Lab(registers=100)  # - a poll for each save is no test of the quota
        self._polls = PollWorld(clock=self._lab.clock)
        self.pos: Pos = _PosByShopIds(MirrorPos(self._polls.mirror, KEY), self._lab)
        self.feed: PosFeed = _FeedByShopIds(MirrorFeed(self._polls.mirror, KEY), self._lab)
        self._poll()

    def save(self, product: str, name: str, price: str) -> None:
        self._lab.cloud.save_product(product, name=name, price=price)
        self._poll()

    def delete(self, product: str) -> None:
        self._lab.cloud.delete_product(product)
        self._poll()

    def _poll(self) -> None:
        self._polls.poll(open_source=lambda *_: self._lab.source())


class _PosByShopIds:
    def __init__(self, pos: Pos, lab: Lab) -> None:
        self._pos, self._lab = pos, lab

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        known = self._lab.account.book.families.every()
        asked = [PosProductId(known[each][""]) if each in known else each for each in ids]
        found = (_by_shop_id(each, self._lab) for each in self._pos.products(asked).values())
        return {each.id: each for each in found}


class _FeedByShopIds:
    def __init__(self, feed: PosFeed, lab: Lab) -> None:
        self._feed, self._lab = feed, lab

    def changes(self, since: int) -> PosPage:
        page = self._feed.changes(since)
        return replace(page, products=(*(_by_shop_id(each, self._lab) for each in page.products),))


def _by_shop_id(product: Product, lab: Lab) -> Product:
    return replace(product, id=PosProductId(lab.account.shop_unit(product.id)[0]))


def client_of(server: PosServer, token: str = "") -> PosCloud:
    clock = SystemClock()
    return PosCloud(
        server.base_url,
        lambda _: token or server.token,
        clock,
        clock.now_ms() + 60_000,
        new_http_session(),
    )


@contextmanager
def a_world(kind: str) -> Iterator[World]:
    if kind == "fake":
        yield FakeWorld()
    elif kind == "mirror":
        yield MirrorWorld()
    elif kind == "X-Series":
        yield XSeriesWorld()
    else:
        with PosServer() as server:
            yield SandboxWorld(server)
