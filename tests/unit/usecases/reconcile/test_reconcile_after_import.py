"""An imported product differs from what a push would send, and is no drift."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tests.builders import STORE, some_stock
from tests.fakes.history import FakeHistory
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.reconcile import FakeFeed, FakeLinkList, FakeQueue, FakeReader, FakeRuns
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.import_world import SOCK_SIZES, ImportWorld
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.run import Request
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
from tillbridge.usecases.reconcile.session import ReconcileDeps


def drift(world: ImportWorld) -> Sequence[Finding]:
    """Return the drift that a full run finds."""
    runs = FakeRuns()
    deps = ReconcileDeps(
        stores=world.stores,
        links=world.links,
        link_list=FakeLinkList(world.links),
        pending=world.pending,
        read_model=world.read_model,
        runs=runs,
        settings=FakeSettingsVersions(world.stores),
        order_book=FakeOrderBook(),
        history=FakeHistory(),
        queue=FakeQueue(),
        signals=world.signals,
        clock=world.clock,
        open_reader=lambda *_: FakeReader(world.web),
        open_pos=lambda *_: world.pos,
        open_feed=lambda *_: FakeFeed(world.pos),
    )
    run = reconcile_store(STORE, Request(full=True), deps)
    assert run is not None
    return [finding for finding in runs.findings(STORE, run) if finding.drift]


def test_held_values_and_images_that_cannot_be_sent_are_no_drift() -> None:
    world = ImportWorld()
    long = f"https://shop.example/{'a' * 300}.jpg"
    world.sells("Bell", "B-1", gtin="40A", upc="123", cost_price=Decimal("1.5"))
    world.sells("Lamp", "L-1", description="x" * 70_000, images=[{"image_url": long}])
    world.sells("Socks", variants=SOCK_SIZES)
    world.imports_all()
    assert drift(world) == []


def test_a_generated_sku_that_waits_for_the_first_change_is_no_drift() -> None:
    world = ImportWorld()
    world.sells("Lamp")
    world.imports_all()
    assert drift(world) == []


def test_stock_that_the_pos_has_not_counted_since_it_came_in_is_no_drift() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp", "LMP", inventory_tracking="product")
    lamp.levels[1] = 20
    world.imports_all()
    world.pos.save(replace(world.in_pos(lamp), stock=(some_stock(0),)))  # none of it counted yet
    assert drift(world) == []
    world.pos.edit(world.link_of(lamp).product, stock=(some_stock(3),))
    (finding,) = drift(world)
    assert [(each.field, each.pos) for each in finding.differences] == [("stock", "3")]


def test_a_change_of_such_a_product_that_nobody_told_of_is_missed() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp")
    world.imports_all()
    world.pos.edit(world.link_of(lamp).product, price=Decimal(25))
    (finding,) = drift(world)
    assert finding.code is Code.MISSED
    assert {each.field for each in finding.differences} == {"price", "sku"}
