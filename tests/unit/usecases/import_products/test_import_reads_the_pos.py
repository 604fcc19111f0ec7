"""What an import knows about the POS: read piece by piece, per store, and no more than fits."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection, a_pos_account, a_product
from tests.fakes.pos_catalogue import FakePosCatalogue
from tests.import_world import ImportWorld
from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import StoreId
from tillbridge.domain.import_messages import Ask, PageMessage
from tillbridge.domain.product import Product
from tillbridge.usecases.import_products import session
from tillbridge.usecases.import_products.pos_index import PosIndex

OTHER = StoreId("inland")


def an_index(*products: Product) -> tuple[PosIndex, FakePosCatalogue]:
    pos, index = FakePosCatalogue(), PosIndex()
    for product in products:
        pos.save(product)
    index.refresh(pos)
    return index, pos


def test_a_code_is_found_whatever_its_case_until_its_last_holder_is_gone() -> None:
    index, pos = an_index(
        a_product("p-1", version=1, sku="LMP", product_number="7"),
        a_product("p-2", version=2, sku="OTHER", product_number="lmp "),
    )
    assert index.holders(["Lmp", ""]) == {"p-1", "p-2"}
    pos.save(a_product("p-1", version=3, sku="NEW", product_number=""))
    pos.save(a_product("p-2", version=4, deleted=True))
    index.refresh(pos)
    assert index.holders(["LMP", "7", "other"]) == set()
    assert index.holders(["new"]) == {"p-1"}
    assert len(index) == 1


def test_a_pos_too_large_for_one_slice_is_read_over_several(world: ImportWorld) -> None:
    for number in range(1, 101):
        world.pos.save(a_product(f"p-{number}", version=number, sku=f"S-{number}"))
    lamp, known = world.sells("Lamp", "LMP"), world.sells("Known", "s-100")
    whole = world.pos.changed

    def cut_off(since: int) -> Iterator[Product]:
        for place, record in enumerate(whole(since)):
            if place == 15:
                raise PosDown("There is no time left to read from the POS in this run.")
            yield record

    world.pos.changed = cut_off  # type: ignore[method-assign]
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "imported", known.id: "offered"}


def test_two_stores_at_one_address_with_accounts_of_their_own_see_nothing_of_each_other(
    world: ImportWorld,
) -> None:
    address = world.connection.pos_account.address
    world.stores.save_connection(
        a_connection(OTHER, pos_account=a_pos_account(OTHER, address=address))
    )
    theirs = FakePosCatalogue()
    deps = replace(
        world.import_deps,
        open_pos=lambda connection, _: world.pos if connection.store == STORE else theirs,
    )
    world.import_deps = deps
    lamp = world.sells("Lamp", "LMP", category="Lighting")
    world.imports_all()
    world.queue.put(PageMessage("theirs", OTHER, Ask()))
    world.import_until_quiet()
    assert world.imports.outcomes[OTHER, "theirs", lamp.id].kind == "imported"
    assert [made.product_number for made in theirs.made] == ["LMP"]
    assert theirs.calls["create"] == 1


def test_what_is_known_of_other_stores_goes_when_it_is_too_much(
    world: ImportWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.stores.save_connection(a_connection(OTHER))
    monkeypatch.setattr(session, "MOST_CODES", 1)
    for store in (OTHER, STORE):
        world.sells(f"Lamp of {store}", f"L-{store}")
        world.queue.put(PageMessage(f"of {store}", store, Ask()))
        world.import_until_quiet()
    assert set(world.import_deps.warm.indexes) == {world.connection.pos_account.key}
