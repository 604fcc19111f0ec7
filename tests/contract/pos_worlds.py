"""POS's whose records a shopkeeper edits: a fake, the sandbox through our client, and a mirror of another vendor's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol

from sandbox.pos.server import PosServer
from tests.fakes.pos import FakePos
from tests.fakes.pos_mirror import FakePosMirror
from tests.fakes.reconcile import FakeFeed
from tests.mirrored import ACCOUNT, an_item, take_page
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.pos_cloud.feed import PosCloudFeed
from tillbridge.adapters.pos_mirror.pos import MirrorFeed, MirrorPos
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_feed import PosFeed

WORLDS = ("fake", "sandbox", "mirror")


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
    else:
        with PosServer() as server:
            yield SandboxWorld(server)
