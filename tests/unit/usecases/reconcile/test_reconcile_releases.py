"""A product that failed because an unlinked BigCommerce product has its name or SKU is tried again
when that one was renamed or deleted online, and its block is kept no longer than it blocks."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_product
from tests.reconcile_world import INCREMENTAL, ReconcileWorld
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.domain.product import Product
from tillbridge.domain.run import Request
from tillbridge.domain.web_product import WebProduct


class Blocked(ReconcileWorld):
    """A lantern that the web staff's own product, `number`, keeps from being created."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.lantern: Product = a_product(name="Storm Lantern", sku="LAN-1")
        self.number = StoreProductId(0)

    def blocks(self, name: str, sku: str) -> None:
        self.number = self.web.seed(name, sku).id
        self.ask(self.lantern)
        self.push_until_quiet()
        assert self.status() is LinkStatus.FAILED
        assert [each.product for each in self.links.blocked_online(STORE)] == [self.lantern.id]

    def status(self) -> LinkStatus:
        return self.link(self.lantern).status


BY_NAME, BY_SKU = ("Storm Lantern", "OTHER"), ("Other", "LAN-1")


@pytest.mark.parametrize("held", [BY_NAME, BY_SKU], ids=["name", "sku"])
@pytest.mark.parametrize("end", ["deleted", "renamed"])
def test_what_became_free_online_is_pushed_by_the_next_run(held: tuple[str, str], end: str) -> None:
    world = Blocked()
    world.blocks(*held)
    if end == "deleted":
        world.web.remove(world.number)
    else:
        web = world.web[world.number]
        web.fields |= {"name": "Another", "sku": "ANOTHER"}
        for variant in web.variants.values():
            variant.sku = "ANOTHER"
    world.reconcile()
    world.push_until_quiet()
    assert world.status() is LinkStatus.LINKED
    assert list(world.links.blocked_online(STORE)) == []


@pytest.mark.parametrize("held", [BY_NAME, BY_SKU], ids=["name", "sku"])
def test_what_is_still_held_costs_no_call_that_writes(held: tuple[str, str]) -> None:
    world = Blocked()
    world.blocks(*held)
    world.reconcile()
    assert world.pending.rows == []
    assert [each.product for each in world.links.blocked_online(STORE)] == [world.lantern.id]


def test_what_cannot_be_read_online_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    world = Blocked()
    world.blocks(*BY_NAME)
    odd = WebProduct(world.number, name="", unreadable="price is no number that can be used")
    monkeypatch.setattr(world.reader, "products", lambda _: [odd])
    world.reconcile()
    assert world.pending.rows == []


def test_an_incremental_run_releases_too_and_a_dry_run_does_not() -> None:
    world = Blocked()
    world.blocks(*BY_NAME)
    world.reconcile()
    world.web.remove(world.number)
    world.reconcile(Request(dry_run=True))
    assert world.pending.rows == []
    world.reconcile(INCREMENTAL)
    assert [row.product for row in world.pending.rows] == [world.lantern.id]


def test_a_block_of_a_product_that_was_pushed_since_is_forgotten_and_marks_nothing() -> None:
    world = Blocked()
    world.blocks(*BY_NAME)
    world.lantern = replace(world.lantern, name="Storm Lantern II", version=2)
    world.ask(world.lantern)
    world.push_until_quiet()
    assert world.status() is LinkStatus.LINKED
    assert list(world.links.blocked_online(STORE)) == []
    world.reconcile()
    assert world.pending.rows == []


def test_a_product_that_is_unlinked_leaves_no_block() -> None:
    world = Blocked()
    world.blocks(*BY_NAME)
    unlink = LinkRequest("r-1", 0, STORE, LinkRequestKind.UNLINK, world.lantern.id, None, 1)
    world.link_requests.put([unlink])
    world.push_until_quiet()
    assert list(world.links.blocked_online(STORE)) == []


def test_a_run_with_no_block_reads_no_product_for_it() -> None:
    world = ReconcileWorld()
    before = world.reader.record.calls.total()
    world.reconcile()
    walked = world.reader.record.calls
    assert walked["GET /catalog/products"] - before == 1
