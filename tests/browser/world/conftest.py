"""The whole local world behind a browser: the shipped template, its queues and functions, an issuer, a POS
cloud and a store."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from cli.deployment.local_world import connect_world, sandbox_account
from cli.deployment.target import Target
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.inputs import ProductInput
from sandbox.runner import LocalWorld, start_world

STORE = "demo"
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
    """A running world: its products are made by `product` and `online`."""

    world: LocalWorld
    store: StoreServer
    target: Target

    @property
    def address(self) -> str:
        return self.world.door.address

    def product(self, id_: str, name: str, price: str = "10.00", **fields: object) -> str:
        """Put a product into the POS, without an event."""
        values = {"id": id_, "name": name, "sku": f"S-{id_}", "price": price, **fields}
        self.world.pos.cloud.load([ProductInput.model_validate(values)])
        return id_

    def save(self, id_: str, **changes: str) -> None:
        """Save a change in the POS, which tells of it by an event."""
        self.world.pos.cloud.save_products([{"id": id_, **changes}])

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


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """Return a world of its own for each file: none depends on what another left."""
    store = StoreServer(quota="none", stock_delay_ms=20)
    with start_world(STORE, store=store) as world:
        target = connect_world(world, sandbox_account(STORE, store), store.token)
        yield Shop(world, store, target)


@pytest.fixture
def page(chromium: Browser, shop: Shop) -> Iterator[Page]:
    """A browser in which nobody has signed in."""
    context = chromium.new_context(base_url=shop.address, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(20_000)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def sam(page: Page) -> Page:
    """Sam, of the shop's staff, at the POS view."""
    return signed_in(page, "Sam")


def signed_in(page: Page, who: str, to: str = f"/stores/{STORE}/pos") -> Page:
    """Sign somebody in, who wanted to see the page `to`."""
    page.goto(to)
    page.get_by_role("button", name=who).click()
    expect(page).to_have_url(re.compile(rf"{re.escape(to)}$"))
    return page
