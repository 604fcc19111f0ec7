"""A link that a later release saved: its product waits for that release, and nothing else does."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_product
from tests.faults import Faults
from tests.reconcile_world import ReconcileWorld
from tests.world import World
from tillbridge.domain.errors import SavedByNewer
from tillbridge.domain.findings import Code
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.view_rows import POS

GOOD = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"S-{n}") for n in range(5)]
BAD = a_product("p-bad", name="Bad", sku="S-BAD")


def _newer(world: World, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the products whose links a later release saved; what is put into it."""
    newer: set[str] = set()
    get, failed = world.links.get, world.links.failed

    def refuse(store: StoreId, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        if newer & set(products):
            raise SavedByNewer("This row", 2, 1)
        return get(store, products)

    def told(store: StoreId, link: Link) -> None:
        assert link.product not in newer, "it was written over"
        failed(store, link)

    monkeypatch.setattr(world.links, "get", refuse)
    monkeypatch.setattr(world.links, "failed", told)
    return newer


def _dearer(product: Product) -> Product:
    return replace(product, version=2, price=Decimal(2))


def _online(world: World, product: Product) -> object:
    (number,) = [
        n for n, found in world.web.records.products.items() if found.fields["name"] == product.name
    ]
    return world.web[number].fields["price"]


def test_a_push_leaves_it_alone_and_goes_on_when_its_release_is_back(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    world.linked(*GOOD, BAD)
    before = _online(world, BAD)
    newer = _newer(world, monkeypatch)
    newer.add(BAD.id)
    world.happens("product.saved", *map(_dearer, [*GOOD, BAD]))
    world.push()
    assert [_online(world, each) for each in GOOD] == [2] * len(GOOD)
    assert _online(world, BAD) == before
    assert world.stores.find(STORE) == world.connection, "no trouble of the store"
    listed = world.read_model.get(STORE, POS, [each.id for each in GOOD])
    assert len(listed) == len(GOOD)
    assert {fault.product for fault in faults.noted} <= {BAD.id, ""}

    newer.clear()
    world.clock.advance(900)
    world.push_until_quiet()
    assert _online(world, BAD) == 2


def test_reconcile_says_that_it_was_not_compared_and_compares_the_others(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = ReconcileWorld()
    world.linked(*GOOD, BAD)
    newer = _newer(world, monkeypatch)
    newer.add(BAD.id)
    world.online(GOOD[0].id).fields["price"] = 99
    run = world.reconcile()
    found = {(each.product, each.code) for each in world.findings(run)}
    assert (BAD.id, Code.NOT_COMPARED) in found
    assert not {code for product, code in found if product == BAD.id} - {Code.NOT_COMPARED}
    assert not [each for each in world.findings(run) if each.code is Code.ONLY_ONLINE]
    assert GOOD[0].id in {product for product, _ in found}
    assert faults.noted
