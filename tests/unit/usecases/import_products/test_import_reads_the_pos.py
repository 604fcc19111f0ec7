"""What an import knows about the POS: read piece by piece, per store, and no more than fits."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection, a_pos_account, a_product
from tests.fakes.pos_catalogue import FakePosCatalogue
from tests.import_world import ImportWorld
from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.import_messages import Ask, PageMessage
from tillbridge.domain.product import Product
from tillbridge.ports.pos_feed import PosPage
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
    world.pos.page_size = 5
    whole = world.pos.changed

    def cut_off(since: int) -> Iterator[PosPage]:
        for place, page in enumerate(whole(since)):
            if place == 3:
                raise PosDown("There is no time left to read from the POS in this run.")
            yield page

    world.pos.changed = cut_off  # type: ignore[method-assign]
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "imported", known.id: "offered"}


@pytest.mark.parametrize("page_size", [1, 2, 500])
def test_a_record_that_commits_after_a_newer_one_was_read_is_seen(page_size: int) -> None:
    index, pos = an_index(a_product("p-1", version=1, sku="OLD", product_number=""))
    pos.page_size, pos.unsettled_from = page_size, 5
    for version in (2, 7, 8):
        pos.save(a_product(f"p-{version}", version=version, sku=f"S-{version}", product_number=""))
    index.refresh(pos)
    pos.save(
        a_product("p-late", version=6, sku="LATE", product_number="")
    )  # it got its version before 7 did
    index.refresh(pos)
    assert index.holders(["LATE"]) == {"p-late"}
    assert index.holders(["S-8", "OLD"]) == {"p-8", "p-1"}
    assert len(index) == 5, "what was read twice counts once"


def test_an_import_does_not_make_again_what_the_pos_committed_late(world: ImportWorld) -> None:
    world.pos.save(a_product("p-9", version=9, sku="S-9"))
    world.pos.unsettled_from = 5
    lamp = world.sells("Lamp", "LMP")
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "imported"}
    world.pos.save(a_product("p-late", version=7, sku="VASE"))
    vase = world.sells("Vase", "VASE")
    world.imports_all()
    assert world.imports.kinds()[vase.id] == "offered"


def test_a_read_that_was_cut_off_goes_on_where_it_stopped_though_nothing_is_settled() -> None:
    index, pos = PosIndex(), FakePosCatalogue()
    for version in range(1, 10):
        pos.save(a_product(f"p-{version}", version=version, sku=f"S-{version}", product_number=""))
    pos.page_size, pos.unsettled_from = 2, 0
    whole, asked = pos.changed, []

    def cut_off(since: int) -> Iterator[PosPage]:
        asked.append(since)
        for place, page in enumerate(whole(since)):
            if place == 2:
                raise PosDown("There is no time left to read from the POS in this run.")
            yield page

    pos.changed = cut_off  # type: ignore[method-assign]
    for _ in range(2):
        with pytest.raises(PosDown):
            index.refresh(pos)
    index.refresh(pos)
    assert asked == [0, 4, 8]
    assert len(index) == 9


def test_what_a_restored_pos_no_longer_has_is_forgotten_when_it_is_adopted(
    world: ImportWorld,
) -> None:
    world.pos.save(a_product("p-1", version=500, sku="LMP"))
    known = world.sells("Known", "LMP", category="Lighting")
    rug = world.sells("Rug", "RUG", category="Lighting")
    world.imports_all()
    assert world.imports.kinds() == {known.id: "offered", rug.id: "imported"}
    asked = world.pos.calls["department"]
    world.pos.forget(PosProductId("p-1"))  # it was made after the backup
    world.stores.begin_epoch(world.connection.pos_account)
    world.ask_for(request="again")
    world.import_until_quiet()
    assert world.imports.outcomes[STORE, "again", known.id].kind == "imported"
    assert world.pos.calls["department"] == asked + 1, "its number may be another one's by now"


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
