"""Each product that is not imported says why: linked, offered as a link, or impossible."""

from decimal import Decimal

import pytest

from tests.builders import STORE, a_connection, a_product
from tests.fakes.reconcile import FakeReader
from tests.fakes.store_catalogue import FakeStoreCatalogue
from tests.import_world import SOCK_SIZES, ImportWorld
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import Refused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.row_composing import web_row
from tillbridge.domain.view_state import standing


def test_a_linked_product_is_skipped_and_said_so(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP")
    world.imports_all()
    world.ask_for(lamp, request="again")
    world.import_until_quiet()
    outcome = world.imports.outcomes[STORE, "again", lamp.id]
    assert outcome.kind == "already_linked"
    assert len(world.pos.made) == 1


def test_a_product_whose_sku_the_pos_has_is_offered_as_a_link(world: ImportWorld) -> None:
    world.pos.save(a_product("p-lamp", sku="lmp-01", name="The same lamp"))
    lamp = world.sells("Lamp", "LMP-01")
    world.imports_all()
    outcome = world.imports.outcomes[STORE, "r", lamp.id]
    assert (outcome.kind, outcome.product) == ("offered", "p-lamp")
    assert f"tillbridge link p-lamp {lamp.id}" in outcome.words
    assert world.pos.made == []


def test_an_unknown_id_is_named(world: ImportWorld) -> None:
    lamp = world.sells("Lamp")
    world.web.remove(lamp.id)
    world.ask_for(lamp)
    world.import_until_quiet()
    assert world.imports.outcomes[STORE, "r", lamp.id].words == (
        f"BigCommerce has no product #{lamp.id}. Check the number."
    )


def test_a_product_with_more_variants_than_the_pos_takes_is_named_and_left_alone(
    world: ImportWorld,
) -> None:
    sizes = [
        {"sku": f"R-{n}", "option_values": [{"option_display_name": "Size", "label": str(n)}]}
        for n in range(201)
    ]
    rope = world.sells("Rope", variants=sizes)
    world.imports_all()
    outcome = world.imports.outcomes[STORE, "r", rope.id]
    assert outcome.kind == "refused"
    assert "201 variants" in outcome.words
    assert world.links.holders(STORE, [rope.id]) == {}


def test_what_the_pos_refuses_is_told_field_by_field_and_can_be_linked_later(
    world: ImportWorld,
) -> None:
    lamp = world.sells("Lamp", "LMP")
    world.pos.refused_creates["LMP"] = Refused(422, "invalid", {"product_number": "is odd"})
    world.imports_all()
    assert "product_number: is odd" in world.imports.outcomes[STORE, "r", lamp.id].words
    assert world.links.holders(STORE, [lamp.id]) == {}


@pytest.mark.parametrize(("auto", "kind"), [("auto", "linked"), ("suggest", "offered")])
def test_with_auto_link_what_is_certain_is_linked_by_the_one_writer(auto: str, kind: str) -> None:
    world = ImportWorld(a_connection(settings=Settings(auto_link=auto)))
    world.pos.save(a_product("p-lamp", sku="LMP-01"))
    lamp = world.sells("Lamp", "LMP-01")
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: kind}
    assert world.links.holders(STORE, [lamp.id]) == ({lamp.id: "p-lamp"} if auto == "auto" else {})
    assert bool(world.signals.signalled) is (auto == "auto")


def test_a_shared_product_number_alone_is_never_linked_by_itself() -> None:
    world = ImportWorld(a_connection(settings=Settings(auto_link="auto")))
    world.pos.save(a_product("p-lamp", sku="OTHER", product_number="LMP-01"))
    lamp = world.sells("Lamp", "LMP-01")
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "offered"}


def test_variants_that_differ_only_by_case_are_named_and_not_linked_to_one_another(
    world: ImportWorld,
) -> None:
    colours = [
        {"sku": sku, "option_values": [{"option_display_name": "Colour", "label": label}]}
        for sku, label in (("A", "Red"), ("B", "red"))
    ]
    socks = world.sells("Socks", variants=colours)
    world.imports_all()
    outcome = world.imports.outcomes[STORE, "r", socks.id]
    assert outcome.kind == "refused"
    assert "same options" in outcome.words


def test_of_ids_that_come_in_short_pages_only_those_that_are_nowhere_are_named(
    world: ImportWorld,
) -> None:
    world.catalogue = FakeStoreCatalogue(world.web, page=2)
    lamps = [world.sells(f"Lamp {n}", f"L-{n}") for n in range(5)]
    world.web.remove(lamps[3].id)
    world.ask_for(*lamps)
    world.import_until_quiet()
    kinds = [world.imports.kinds()[lamp.id] for lamp in lamps]
    assert kinds == ["imported", "imported", "imported", "refused", "imported"]


def test_the_web_view_shows_of_a_product_what_reconcile_shows(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP", inventory_tracking="product", price=Decimal("19.90"))
    socks = world.sells("Socks", inventory_tracking="variant", variants=SOCK_SIZES)
    lamp.levels[1] = 4
    for variant in socks.variants.values():
        variant.levels[1] = 2
    world.ask_for()
    world.import_until_quiet()
    rows = world.read_model.get(STORE, "web", [str(lamp.id), str(socks.id)])
    shown = FakeReader(world.web).products([lamp.id, socks.id])
    links = {
        link.id: link
        for link in world.links.get(STORE, [PosProductId(r.other) for r in rows.values()]).values()
    }
    assert list(rows.values()) == [standing(web_row(each), links[each.id]) for each in shown]
    assert [row.stock for row in rows.values()] == ["4", "4"]
