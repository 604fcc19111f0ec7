"""The canary's product in the sandbox store: hidden, found again, deleted, and on no list of a shop's
products."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from cli.cannot_run import CannotRun
from cli.deployment import canary as switching
from cli.deployment.canary import canary_off, canary_on
from sandbox.bigcommerce.server.server import StoreServer
from tests.builders import STORE, a_connection
from tests.fakes.stores import FakeStores
from tests.sandbox.bigcommerce.conftest import Api
from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.canary import SKU
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.ports.store_api import StockItem


@dataclass(slots=True)
class Shop:
    """A connected sandbox store."""

    server: StoreServer
    api: Api
    target: Any

    @property
    def connection(self) -> Connection:
        """Return the connection as it is kept."""
        found = self.target.stores.find(STORE)
        assert isinstance(found, Connection)
        return found

    def on(self) -> StoreProductId:
        return canary_on(self.target, self.connection)

    def off(self) -> bool:
        return canary_off(self.target, self.connection)

    def there(self) -> list[int]:
        found = self.api.get(f"/catalog/products?sku={SKU}").json()["data"]
        return [each["id"] for each in found]


@pytest.fixture(scope="module")
def started() -> Iterator[StoreServer]:
    with StoreServer(quota="none", stock_delay_ms=0) as server:
        yield server


@pytest.fixture
def shop(started: StoreServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    started.control.reset()
    connection = a_connection(api_url=started.api_url, store_hash=started.store_hash)
    monkeypatch.setattr(switching, "store_token", lambda *_: started.token)
    api = Api(started)
    yield Shop(started, api, SimpleNamespace(stores=FakeStores([connection])))
    api.session.close()


def test_nobody_sees_or_buys_it_and_it_takes_a_level(shop: Shop) -> None:
    product = shop.on()
    made = shop.api.product(product)
    assert (made["is_visible"], made["availability"]) == (False, "disabled")
    assert "Tillbridge" in made["name"]
    where = (shop.server.api_url, shop.server.store_hash, lambda _: shop.server.token)
    store = BigCommerceStore(*where, SystemClock(), 2**62)
    store.set_stock([StockItem(1, 41, product=product)])
    reader = BigCommerceReader(*where, SystemClock(), 2**62)
    assert list(reader.levels(1, [product])[product].values()) == [41]


def test_on_twice_is_one_and_off_twice_is_none(shop: Shop) -> None:
    assert shop.on() == shop.on()
    assert len(shop.there()) == 1
    assert shop.off()
    assert (shop.there(), shop.connection.canary) == ([], None)
    assert not shop.off()


def test_one_that_somebody_deleted_is_made_anew_and_switched_off_all_the_same(shop: Shop) -> None:
    first = shop.on()
    shop.api.delete(f"/catalog/products/{first}")
    second = shop.on()
    assert second != first
    assert shop.connection.canary is not None
    assert shop.connection.canary.product == second
    shop.api.delete(f"/catalog/products/{second}")
    assert shop.off()
    assert shop.connection.canary is None


def test_a_lost_reply_and_a_kill_leave_none_behind(shop: Shop) -> None:
    shop.server.control.set_hazard("lost-reply", method="POST", remaining=1, how="drop")
    product = shop.on()
    assert shop.there() == [product]
    # Killed between the product and the store's row, and between the row and the product.
    shop.target.stores.set_canary(STORE, None)
    assert shop.on() == product
    shop.target.stores.set_canary(STORE, None)
    assert shop.off()
    assert shop.there() == []


def test_what_cannot_be_done_is_said(shop: Shop) -> None:
    shop.on()
    shop.server.control.set_hazard("token-dead")
    with pytest.raises(CannotRun, match="cannot be made"):
        shop.on()
    with pytest.raises(CannotRun, match="could not be deleted"):
        shop.off()
    assert shop.connection.canary is None
    shop.server.control.clear_hazards()
    assert shop.off()


def test_no_list_of_a_shops_products_shows_it(shop: Shop) -> None:
    mug = shop.api.create(sku="MUG")["id"]
    shop.on()
    base = f"{shop.server.api_url}/stores/{shop.server.store_hash}"
    clock, http = SystemClock(), new_http_session()
    token = shop.server.token
    reader = BigCommerceReader(
        shop.server.api_url, shop.server.store_hash, lambda _: token, clock, 2**62
    )
    assert [each.id for each in reader.page(StoreProductId(0)).products] == [mug]
    transport = Transport(base, lambda _: token, clock, 2**62, http)
    page = BigCommerceCatalogue(transport).page(Ask(), 0)
    assert [each.id for each in page.products] == [mug]
