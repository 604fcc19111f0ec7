"""The whole local world behind a browser: the shipped template, its queues and functions, an issuer, and for each
file a POS cloud and a store of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from cli.deployment.local_world import connect_world, sandbox_account
from cli.deployment.pos_side import PosSide
from cli.deployment.target import Target
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.judge import judge
from sandbox.people.directory import PEOPLE
from sandbox.pos.inputs import ProductInput
from sandbox.pos.server import PosServer
from sandbox.runner import LocalWorld, start_world
from tillbridge.domain.ids import StoreId

SECONDS = 480
"""Seconds that one test here may take: the first starts a world."""

LONG_MS = 450_000
"""How long what a killed function left may take (ms): it is taken up after 130 s."""

WORKS_MS = 60_000
"""How long a page may take to show what functions, queues and the store do meanwhile (ms)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of this folder their own time limit."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.timeout(SECONDS))


@dataclass
class Shop:
    """A store in a running world: its products are made by `product` and `online`."""

    world: LocalWorld
    store_id: StoreId
    store: StoreServer
    pos: PosServer
    target: Target

    @property
    def address(self) -> str:
        return self.world.door.address

    def product(self, id_: str, name: str, price: str = "10.00", **fields: object) -> str:
        """Put a product into the POS, without an event."""
        values = {"id": id_, "name": name, "sku": f"S-{id_}", "price": price, **fields}
        self.pos.cloud.load([ProductInput.model_validate(values)])
        return id_

    def save(self, id_: str, **changes: str) -> None:
        """Save a change in the POS, which tells of it by an event."""
        self.pos.cloud.save_products([{"id": id_, **changes}])

    def online(self, name: str, sku: str = "", **fields: object) -> int:
        """Put a product into BigCommerce, and return its number."""
        values = {"name": name, "type": "physical", "weight": 0, "price": 5, "sku": sku, **fields}
        (number,) = self.store.control.seed(products=[values])
        return int(number)

    def change_online(self, number: int, **changes: object) -> None:
        """Change a product in BigCommerce, as somebody does in its admin pages."""
        answer = requests.put(
            f"{self.store.api_url}/stores/{self.store.store_hash}/v3/catalog/products/{number}",
            json=changes,
            headers={"X-Auth-Token": self.store.token},
            timeout=10,
        )
        answer.raise_for_status()

    def as_online(self, number: int) -> dict[str, object]:
        """Return a product as BigCommerce has it."""
        found = self.store.control.snapshot()["products"]
        return next(each for each in found if each["id"] == number)


@pytest.fixture(scope="session")
def world() -> Iterator[LocalWorld]:
    """Return the world of a process: its start and the cold starts of its functions cost more than most files."""
    with start_world("demo", store=None) as world:
        yield world


@pytest.fixture(scope="module")
def shop(world: LocalWorld, request: pytest.FixtureRequest) -> Iterator[Shop]:
    """Return the store and the POS of a file, named by its STORE, with Sam on its staff alone: no file depends on what
    another left."""
    name: str = request.module.STORE
    config = StoreConfig(
        store_hash=f"hash{name}", token=f"{name}-token", quota="none", stock_delay_ms=20
    )
    with (
        StoreServer(config=config) as store,
        PosServer(0, world.events, [name]) as pos,
        pytest.MonkeyPatch.context() as patch,
    ):
        pos.cloud.judge = judge
        sam = replace(PEOPLE["sam"], words=f"staff of {name}", roles=(f"{name}:staff",))
        patch.setitem(PEOPLE, "sam", sam)
        side = PosSide(pos.base_url, pos.token)
        target = connect_world(world, sandbox_account(name, store), store.token, side)
        yield Shop(world, StoreId(name), store, pos, target)


@pytest.fixture
def page(chromium: Browser, shop: Shop) -> Iterator[Page]:
    """A browser in which nobody has signed in."""
    context = chromium.new_context(base_url=shop.address, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(20_000)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def sam(page: Page, shop: Shop) -> Page:
    """Sam, of the shop's staff, at the POS view."""
    return signed_in(page, "Sam", f"/stores/{shop.store_id}/pos")


def signed_in(page: Page, who: str, to: str) -> Page:
    """Sign somebody in, who wanted to see the page `to`."""
    page.goto(to)
    page.get_by_role("button", name=who).click()
    expect(page).to_have_url(re.compile(rf"{re.escape(to)}$"))
    return page
